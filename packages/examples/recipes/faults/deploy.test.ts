import { run } from "@dryharbor/sdk";
import { test } from "@dryharbor/simulator/vitest";
import { expect } from "vitest";
import { deploy } from "./deploy.js";

const full = { status: 500, message: "no space left on device" };

test("goes on where the engine fails once", async ({ engine, faults }) => {
  const fault = await faults.add({
    call: "containers.start",
    where: { container: "web" },
    times: 1,
    error: full,
  });
  await deploy(engine);
  expect(fault.struck).toBe(1);
  expect(await engine.containers.list()).toHaveLength(2);
});

test("leaves nothing behind where the engine goes on failing", async ({ engine, faults }) => {
  await faults.add({ call: "containers.start", where: { container: "web" }, error: full });
  await expect(deploy(engine)).rejects.toThrow("no space left on device");
  expect(await engine.containers.list({ all: true })).toEqual([]);
  expect(await engine.networks.list({ filters: { name: ["shop"] } })).toEqual([]);
});

test("a broken way between containers", async ({ engine, faults, simulator }) => {
  await deploy(engine);
  expect(await simulator.reach("web", "db", { port: 6379 })).toMatchObject({ reached: true });
  const fault = await faults.add({ between: ["web", "db"], partition: true });
  expect(await simulator.reach("web", "db", { port: 6379 })).toMatchObject({ reached: false });
  await fault.remove();
  expect(await simulator.reach("web", "db", { port: 6379 })).toMatchObject({ reached: true });
});

test("a name that nobody answers for", async ({ engine, faults }) => {
  await deploy(engine);
  await faults.add({ name: "db", answer: "SERVFAIL" });
  expect((await engine.dns.resolve("web", { name: "db" })).status).toBe("server-failure");
  const asker = { Image: "busybox", Cmd: ["nslookup", "db"], HostConfig: { NetworkMode: "shop" } };
  expect((await run(engine, asker)).stdout).toContain("server can't find db: SERVFAIL");
});
