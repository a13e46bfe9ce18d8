import { execFile } from "node:child_process";
import { fileURLToPath } from "node:url";
import { promisify } from "node:util";
import { serve } from "@dryharbor/simulator/node";
import { test } from "@dryharbor/simulator/vitest";
import { expect } from "vitest";

const file = (path: string) => fileURLToPath(new URL(path, import.meta.url));

test("getting started: the shop on the engine that DOCKER_HOST names", async ({ simulator, engine }) => {
  const served = await serve(simulator, { host: "tcp://127.0.0.1:0" });
  const program = [file("../../../../tools/run.mjs"), file("../../recipes/start.ts")];
  const env = { ...process.env, DOCKER_HOST: served.host };
  const { stdout } = await promisify(execFile)(process.execPath, program, { env });
  expect(stdout).toBe("The shop is open at http://localhost:8080/\n");
  expect((await engine.containers.list()).map(({ Names }) => Names[0])).toEqual(["/web", "/db"]);
  await served.close();
});
