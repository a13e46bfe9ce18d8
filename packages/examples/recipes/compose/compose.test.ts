import { execFile } from "node:child_process";
import { fileURLToPath } from "node:url";
import { promisify } from "node:util";
import { createSimulator } from "@dryharbor/simulator";
import { serve } from "@dryharbor/simulator/node";
import { afterAll, beforeAll, expect, test } from "vitest";
import { findCompose } from "./find-compose.js";

const compose = await findCompose();
const simulator = createSimulator();
let served: Awaited<ReturnType<typeof serve>>;
beforeAll(async () => {
  served = await serve(simulator, { host: "tcp://127.0.0.1:0", publish: true });
});
afterAll(async () => {
  await served.close();
  await simulator.close();
});

/** Runs docker compose on the project of this folder, against the simulator. */
async function dockerCompose(...words: string[]): Promise<string> {
  const [program, ...first] = compose!;
  const { stdout } = await promisify(execFile)(program!, [...first, ...words], {
    cwd: fileURLToPath(new URL(".", import.meta.url)),
    env: { ...process.env, DOCKER_HOST: served.host, COMPOSE_PROJECT_NAME: "shop" },
  });
  return stdout.trim();
}

test("docker compose brings the project up, and takes it down", { timeout: 120_000 }, async ({ skip }) => {
  skip(compose === undefined, "this machine has no docker compose");
  await dockerCompose("up", "--detach", "--quiet-pull", "--wait");

  // What the browser of a customer sees, through the published port.
  const page = await fetch(`http://${await dockerCompose("port", "web", "80")}/`);
  expect(await page.text()).toContain("Welcome to nginx!");
  // What is inside answers to the simulator's own calls, too.
  expect((await simulator.engine.dns.resolve("shop-web-1", { name: "db" })).status).toBe("found");

  await dockerCompose("down");
  expect(await simulator.engine.containers.list({ all: true })).toEqual([]);
});
