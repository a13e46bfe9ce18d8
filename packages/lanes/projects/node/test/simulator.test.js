import assert from "node:assert/strict";
import { mkdtemp, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { it } from "node:test";
import { NotFoundError, openEngine, run } from "@dryharbor/sdk";
import { createSimulator } from "@dryharbor/simulator";
import { agent, serve } from "@dryharbor/simulator/node";
import Docker from "dockerode";

/** Two containers in a network of their own. */
async function setUp(engine) {
  await engine.networks.create({ Name: "backend" });
  const sleeper = { Image: "busybox", Cmd: ["sleep", "3600"], HostConfig: { NetworkMode: "backend" } };
  await run(engine, sleeper, { name: "redis", detach: true });
  await run(engine, sleeper, { name: "web", detach: true });
}

it("networks and names", async () => {
  const simulator = createSimulator();
  await setUp(simulator.engine);
  assert.deepEqual(await simulator.engine.dns.resolve("web", { name: "redis" }), {
    status: "found",
    records: ["172.18.0.2"],
  });
  await assert.rejects(simulator.engine.networks.inspect("nowhere"), NotFoundError);
  await simulator.close();
});

it("the engine by its name finds the simulator", async () => {
  const engine = await openEngine("simulator:28.5");
  await setUp(engine);
  assert.equal((await engine.system.version()).Version.slice(0, 4), "28.5");
  await engine.close();
});

it("programs that are loaded later", async () => {
  const simulator = createSimulator();
  await setUp(simulator.engine);
  const docker = new Docker({ protocol: "http", host: "simulator", agent: agent(simulator) });
  const exec = await docker.getContainer("web").exec({
    Cmd: ["sh", "-c", "nslookup redis | awk '/^Address/ { print $NF }' | tail -n 1"],
    AttachStdout: true,
    Tty: true,
  });
  const output = [];
  for await (const piece of await exec.start({ hijack: true, Tty: true })) output.push(piece);
  assert.match(Buffer.concat(output).toString(), /172\.18\.0\.2/);
  await simulator.close();
});

it("dockerode on a unix socket", async () => {
  const directory = await mkdtemp(join(tmpdir(), "lane-"));
  const simulator = createSimulator();
  const served = await serve(simulator, { host: `unix://${directory}/docker.sock` });
  const docker = new Docker({ socketPath: `${directory}/docker.sock` });
  await docker.createNetwork({ Name: "backend" });
  const container = await docker.createContainer({ Image: "busybox", Cmd: ["echo", "hello"], Tty: true });
  await container.start();
  assert.equal((await container.wait()).StatusCode, 0);
  assert.equal(String(await container.logs({ stdout: true })), "hello\r\n");
  assert.equal((await simulator.engine.networks.inspect("backend")).Driver, "bridge");
  await served.close();
  await simulator.close();
  await rm(directory, { recursive: true });
});
