import { execFile } from "node:child_process";
import { createRequire } from "node:module";
import { fileURLToPath } from "node:url";
import { promisify } from "node:util";
import { expect, it } from "vitest";
import recipe from "../../recipes/jest/jest.config.json" with { type: "json" };

// The recipes for other runners of tests, each by its runner.

const run = promisify(execFile);
const folder = (name: string) => fileURLToPath(new URL(`../../recipes/${name}`, import.meta.url));
const environment = { PATH: process.env.PATH, NO_COLOR: "1", HOME: process.env.HOME };

it("jest", { timeout: 180_000 }, async () => {
  // Here packages are their sources.
  const config = {
    ...recipe,
    rootDir: folder("jest"),
    testEnvironmentOptions: { customExportConditions: ["@dryharbor/source", "node", "require", "default"] },
  };
  const jest = createRequire(import.meta.url).resolve("jest/bin/jest");
  const options = ["--config", JSON.stringify(config), "--json", "--runInBand", "--no-cache"];
  const { stdout } = await run(process.execPath, [jest, ...options], {
    cwd: folder("jest"),
    env: environment,
  });
  const { numPassedTests, numTotalTests } = JSON.parse(stdout);
  expect({ numPassedTests, numTotalTests }).toEqual({ numPassedTests: 2, numTotalTests: 2 });
});

it("node:test", { timeout: 120_000 }, async () => {
  const conditions = ["--conditions=@dryharbor/source", "--import", import.meta.resolve("tsx")];
  const test = ["--test", "--test-reporter=tap", "shop.test.ts"];
  const { stdout } = await run(process.execPath, [...conditions, ...test], {
    cwd: folder("node-test"),
    env: environment,
  });
  expect(stdout).toMatch(/^# pass 2$/m);
  expect(stdout).toMatch(/^# tests 2$/m);
});
