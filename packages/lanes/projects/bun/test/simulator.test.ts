import { afterEach, beforeEach, expect, test } from "bun:test";
import { mkdtemp, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { ConflictError, openEngine, run } from "@dryharbor/sdk";
import { createSimulator, type Simulator } from "@dryharbor/simulator";
import { agent, serve } from "@dryharbor/simulator/node";
import Docker from "dockerode";

let simulator: Simulator;
beforeEach(() => {
  simulator = createSimulator();
});
afterEach(() => simulator.close());

test("networks and names", async () => {
  const { engine } = simulator;
  await engine.networks.create({ Name: "backend" });
  expect(engine.networks.create({ Name: "backend" })).rejects.toThrow(ConflictError);
  const sleeper = { Image: "busybox", Cmd: ["sleep", "3600"], HostConfig: { NetworkMode: "backend" } };
  await run(engine, sleeper, { name: "redis", detach: true });
  expect(await engine.dns.resolve("redis", { name: "redis" })).toEqual({
    status: "found",
    records: ["172.18.0.2"],
  });
});

test("an engine by its name", async () => {
  const engine = await openEngine("simulator:20.10");
  expect(await engine.networks.list()).toHaveLength(3);
  await engine.close();
});

test("dockerode by an agent, and a program that is loaded later", async () => {
  const docker = new Docker({
    protocol: "http",
    host: "simulator",
    agent: agent(simulator),
  } as Docker.DockerOptions);
  const container = await docker.createContainer({
    Image: "busybox",
    Cmd: ["awk", 'BEGIN { print "six times seven is", 6 * 7 }'],
    Tty: true,
  });
  await container.start();
  await container.wait();
  expect(String(await container.logs({ stdout: true }))).toBe("six times seven is 42\r\n");
});

test("dockerode and Bun's own client on a socket", async () => {
  const directory = await mkdtemp(join(tmpdir(), "lane-"));
  const socketPath = `${directory}/docker.sock`;
  const served = await serve(simulator, { host: `unix://${socketPath}` });
  await new Docker({ socketPath }).createNetwork({ Name: "backend" });
  const response = await fetch("http://docker/networks/backend", { unix: socketPath });
  expect(await response.json()).toMatchObject({ Name: "backend", Driver: "bridge" });
  await served.close();
  await rm(directory, { recursive: true });
});

test("the command", async () => {
  const command = Bun.spawn([
    "bun",
    "--bun",
    "dryharbor",
    "shell",
    "-c",
    "docker network ls --format '{{.Name}}'",
  ]);
  expect(await new Response(command.stdout).text()).toBe("bridge\nhost\nnone\n");
  expect(await command.exited).toBe(0);
});
