import { defineConfig } from "vitest/config";

const liveTests = "packages/*/{src,test,recipes}/**/*.live.test.ts";
const laneTests = "packages/lanes/test/*.lane.test.ts";
/** Recipes for other runners of tests, which a test runs. */
const testsOfOthers = "packages/examples/recipes/{jest,node-test}/**";

export default defineConfig({
  // Packages import each other's source, so no build is needed.
  ssr: { resolve: { conditions: ["@dryharbor/source"] } },
  test: {
    passWithNoTests: true,
    // Vitest leaves one processor out, which is half of a small machine.
    maxWorkers: "100%",
    projects: [
      {
        extends: true,
        test: {
          name: "unit",
          include: ["packages/*/{src,test,recipes}/**/*.test.ts", "docs/test/*.test.ts"],
          exclude: [liveTests, laneTests, testsOfOthers],
          // The tests of a worker share the modules that they load, which saves two thirds of the time. No test
          // changes a module.
          isolate: false,
          // A trace of thousands of comparisons is slow where many processes share a machine.
          testTimeout: 60_000,
        },
      },
      // Live tests need real engines, which DRYHARBOR_ENGINES names. They share these engines, and some need
      // an empty one, so their files run one at a time and after all others.
      ...(process.env.DRYHARBOR_ENGINES
        ? [
            {
              extends: true as const,
              test: {
                name: "live",
                include: [liveTests],
                fileParallelism: false,
                sequence: { groupOrder: 1 },
                testTimeout: 600_000,
                hookTimeout: 60_000,
                // An engine on a busy machine may be late. What the simulator does otherwise, it does again.
                retry: 1,
              },
            },
          ]
        : []),
      // Lanes are fresh projects that install the packed packages. DRYHARBOR_LANES names some, or all.
      ...(process.env.DRYHARBOR_LANES
        ? [
            {
              extends: true as const,
              test: {
                name: "lanes",
                include: [laneTests],
                globalSetup: "packages/lanes/src/pack.ts",
                maxConcurrency: 2,
                sequence: { groupOrder: 2 },
                testTimeout: 1_200_000,
              },
            },
          ]
        : []),
    ],
  },
});
