const { ConflictError, openEngine, run } = require("@dryharbor/sdk");
const { createSimulator } = require("@dryharbor/simulator");
const { agent, serve } = require("@dryharbor/simulator/node");
const Docker = require("dockerode");
const { mkdtemp, rm } = require("node:fs/promises");
const { tmpdir } = require("node:os");
const { join } = require("node:path");

let simulator;
beforeEach(() => {
  simulator = createSimulator();
});
afterEach(() => simulator.close());

test("networks and names", async () => {
  const { engine } = simulator;
  await engine.networks.create({ Name: "backend" });
  await expect(engine.networks.create({ Name: "backend" })).rejects.toThrow(ConflictError);
  const sleeper = { Image: "busybox", Cmd: ["sleep", "3600"], HostConfig: { NetworkMode: "backend" } };
  await run(engine, sleeper, { name: "redis", detach: true });
  expect(await engine.dns.resolve("redis", { name: "redis" })).toEqual({
    status: "found",
    records: ["172.18.0.2"],
  });
});

test("dockerode by an agent, and a program that is loaded later", async () => {
  const docker = new Docker({ protocol: "http", host: "simulator", agent: agent(simulator) });
  const Cmd = ["awk", 'BEGIN { print "six times seven is", 6 * 7 }'];
  const container = await docker.createContainer({ Image: "busybox", Cmd, Tty: true });
  await container.start();
  await container.wait();
  expect(String(await container.logs({ stdout: true }))).toBe("six times seven is 42\r\n");
});

test("an engine by its name", async () => {
  const engine = await openEngine("simulator:20.10");
  expect(await engine.networks.list()).toHaveLength(3);
  await engine.close();
});

test("a server on a socket", async () => {
  const directory = await mkdtemp(join(tmpdir(), "lane-"));
  const served = await serve(simulator, { host: `unix://${directory}/docker.sock` });
  const docker = new Docker({ socketPath: `${directory}/docker.sock` });
  expect(String(await docker.ping())).toBe("OK");
  await served.close();
  await rm(directory, { recursive: true });
});
