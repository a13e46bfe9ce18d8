import { createSimulator, type Simulator } from "@dryharbor/simulator";
import { agent } from "@dryharbor/simulator/node";
import Docker, { type DockerOptions } from "dockerode";
import { afterEach, beforeEach, expect, test } from "vitest";
import { rollOut } from "./rollout.js";

let simulator: Simulator;
let docker: Docker;
beforeEach(async () => {
  simulator = createSimulator();
  // An agent carries Node's HTTP to the simulator: nothing listens, and nothing is patched.
  docker = new Docker({ protocol: "http", host: "simulator", agent: agent(simulator) } as DockerOptions);
  await docker.createNetwork({ Name: "shop" });
  const options = {
    name: "web",
    Image: "busybox",
    Cmd: ["sleep", "3600"],
    HostConfig: { NetworkMode: "shop" },
  };
  await docker.createContainer(options).then((container) => container.start());
});
afterEach(() => simulator.close());

test("the new version has the name and the network of the old one", async () => {
  await rollOut(docker, "web", "nginx:1.27");
  const { Config, State, NetworkSettings } = await docker.getContainer("web").inspect();
  expect(Config.Image).toBe("nginx:1.27");
  expect(State.Running).toBe(true);
  expect(Object.keys(NetworkSettings.Networks)).toEqual(["shop"]);
  expect(await docker.listContainers({ all: true })).toHaveLength(1);
});

test("the old version runs on where the image cannot be had", async () => {
  await simulator.faults.add({ call: "images.pull", error: { status: 500, message: "registry is down" } });
  await expect(rollOut(docker, "web", "nginx:1.27")).rejects.toThrow("registry is down");
  expect((await docker.getContainer("web").inspect()).State.Running).toBe(true);
});
