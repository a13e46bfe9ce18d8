import { defineConfig } from "vitest/config";

const liveTests = "packages/*/{src,test}/**/*.live.test.ts";

export default defineConfig({
  // Packages see each other's source, not what was last built.
  ssr: { resolve: { conditions: ["@dryharbor/source"] } },
  test: {
    passWithNoTests: true,
    projects: [
      {
        extends: true,
        test: {
          name: "unit",
          include: ["packages/*/{src,test}/**/*.test.ts"],
          exclude: [liveTests],
          // A trace of thousands of comparisons takes its time where many share a machine.
          testTimeout: 60_000,
        },
      },
      // Real engines are switched on by naming them. They are shared by all live tests, and a test may ask
      // for an empty one, so these files run one at a time and after everything else.
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
              },
            },
          ]
        : []),
    ],
  },
});
