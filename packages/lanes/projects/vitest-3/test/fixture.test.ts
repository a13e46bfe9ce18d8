import { existsSync } from "node:fs";
import { openEngine } from "@dryharbor/sdk";
import { createSimulator } from "@dryharbor/simulator";
import { test } from "@dryharbor/simulator/vitest";
import Docker from "dockerode";
import { afterAll, describe } from "vitest";

const networks: string[] = [];

test.for([1, 2])("each test has a simulator of its own, run %i", async (_, { engine, expect }) => {
  const { Id } = await engine.networks.create({ Name: "backend" });
  networks.push(Id);
  expect(new Set(networks).size).toBe(1);
});

test("calls, faults and the agent", async ({ simulator, faults, agent, expect }) => {
  await faults.add({ call: "networks.list", times: 1, error: { status: 500, message: "on purpose" } });
  const docker = new Docker({ protocol: "http", host: "simulator", agent } as Docker.DockerOptions);
  await expect(docker.listNetworks()).rejects.toThrow("on purpose");
  expect(await docker.listNetworks()).toHaveLength(3);
  expect(simulator.calls).toContainEqual(expect.objectContaining({ call: "networks.list" }));
});

describe("with options", () => {
  test.scoped({ simulatorOptions: { release: "20.10", seed: 7 } });

  test("it is what they say", async ({ engine, simulator, expect }) => {
    expect(simulator.release).toBe("20.10");
    const { Id } = await engine.networks.create({ Name: "backend" });
    expect(networks).not.toContain(Id);
  });
});

describe("with a simulator that is shared", () => {
  const shared = createSimulator();
  test.scoped({ simulator: shared });

  test("it is the one", async ({ simulator, expect }) => {
    expect(simulator).toBe(shared);
  });
});

describe("on a socket", () => {
  let socket = "";
  afterAll(() => {
    if (socket === "" || existsSync(socket)) throw new Error("the socket is still there");
  });

  test("other clients reach it", async ({ dockerHost, engine, expect }) => {
    socket = new URL(dockerHost).pathname;
    await engine.networks.create({ Name: "backend" });
    const client = await openEngine(dockerHost);
    expect((await client.networks.inspect("backend")).Name).toBe("backend");
    await client.close();
  });
});
