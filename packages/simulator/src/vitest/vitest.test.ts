import { existsSync } from "node:fs";
import { openEngine } from "@dryharbor/sdk";
import Docker from "dockerode";
import { afterAll, describe } from "vitest";
import { createSimulator } from "../simulator.js";
import { test } from "./index.js";

const networks: string[] = [];

test.for([1, 2])("each test has a simulator of its own, run %i", async (_, { engine, simulator, expect }) => {
  expect(simulator.release).toBe("29");
  expect((await engine.networks.list()).map(({ Name }) => Name).sort()).toEqual(["bridge", "host", "none"]);
  const { Id } = await engine.networks.create({ Name: "backend" });
  networks.push(Id);
  // Each test starts from the same seed.
  expect(new Set(networks).size).toBe(1);
});

describe("with options", () => {
  const images = { "redis:7": { config: { Cmd: ["sleep", "9"] } } };
  test.override({ simulatorOptions: { release: "20.10", seed: 7, images } });

  test("it is what they say", async ({ engine, simulator, expect }) => {
    expect(simulator.release).toBe("20.10");
    const { Id } = await engine.networks.create({ Name: "backend" });
    expect(networks).not.toContain(Id);
    expect((await engine.images.list()).flatMap(({ RepoTags }) => RepoTags)).toEqual(["redis:7"]);
  });
});

describe("with faults", () => {
  const shared = createSimulator();
  test.override({ simulator: shared });

  test("they strike", async ({ engine, faults, expect }) => {
    await faults.add({ call: "networks.list", drop: "before" });
    await expect(engine.networks.list()).rejects.toThrow("a fault has dropped the connection");
  });

  test("and are gone with their test", async ({ engine, faults, expect }) => {
    expect(faults.list()).toEqual([]);
    expect(await engine.networks.list()).toHaveLength(3);
  });
});

test("a Node HTTP client reaches it through the agent", async ({ agent, engine, expect }) => {
  await engine.networks.create({ Name: "backend" });
  const docker = new Docker({ protocol: "http", host: "simulator", agent } as Docker.DockerOptions);
  expect((await docker.getNetwork("backend").inspect()).Name).toBe("backend");
});

describe("on a socket", () => {
  let last = "";
  afterAll(() => {
    if (existsSync(new URL(last).pathname)) throw new Error(`${last} is still there`);
  });

  test("other processes reach it", async ({ dockerHost, engine, expect }) => {
    last = dockerHost;
    await engine.networks.create({ Name: "backend" });
    await using client = await openEngine(dockerHost);
    expect((await client.networks.inspect("backend")).Name).toBe("backend");
  });
});
