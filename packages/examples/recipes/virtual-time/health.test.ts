import { type Engine, run } from "@dryharbor/sdk";
import { createSimulator, type Simulator, type VirtualTime, virtualTime } from "@dryharbor/simulator";
import { afterEach, beforeEach, expect, test } from "vitest";

// Minutes of health checks and restarts pass in milliseconds, and always the same.

const second = 1_000;
let time: VirtualTime;
let simulator: Simulator;
let engine: Engine;
beforeEach(() => {
  time = virtualTime();
  simulator = createSimulator({ time });
  engine = simulator.engine;
});
afterEach(() => simulator.close());

test("a container without its lock file becomes unhealthy after three checks", async () => {
  const Healthcheck = { Test: ["CMD", "test", "-f", "/lock"], Interval: 30e9, Retries: 3 };
  const request = { Image: "busybox", Cmd: ["sleep", "3600"], Healthcheck };
  await run(engine, request, { name: "web", detach: true });
  const status = async () => (await engine.containers.inspect("web")).State.Health?.Status;

  await time.advance(80 * second);
  expect(await status()).toBe("starting");
  await time.advance(20 * second);
  expect(await status()).toBe("unhealthy");
});

test("a container that fails is started again, after longer and longer waits", async () => {
  const request = {
    Image: "busybox",
    Cmd: ["sh", "-c", "sleep 1; exit 1"],
    HostConfig: { RestartPolicy: { Name: "on-failure", MaximumRetryCount: 5 } },
  };
  await run(engine, request, { name: "job", detach: true });
  await time.advance(60 * second);
  const { RestartCount, State } = await engine.containers.inspect("job");
  expect({ RestartCount, ExitCode: State.ExitCode }).toEqual({ RestartCount: 5, ExitCode: 1 });
});
