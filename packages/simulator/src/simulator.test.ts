import { virtualTime } from "@dryharbor/kernel/host";
import { describe, expect, it } from "vitest";
import { releaseNames } from "./core/releases/row.js";
import { createSimulator, type SimulatorOptions } from "./simulator.js";

async function story(options: SimulatorOptions): Promise<unknown> {
  const { engine } = createSimulator({ time: virtualTime(), ...options });
  await engine.networks.create({ Name: "n" });
  const { Id } = await engine.containers.create({
    Image: "busybox",
    Cmd: ["sleep", "9"],
    HostConfig: { NetworkMode: "n" },
  });
  await engine.containers.start(Id);
  return [await engine.containers.inspect(Id), await engine.networks.list()];
}

describe("a simulator", () => {
  it.each(releaseNames)("plays %s", async (release) => {
    const simulator = createSimulator({ release });
    expect(simulator.release).toBe(release);
    expect((await simulator.engine.system.version()).Version).toMatch(new RegExp(`^${release}\\.`));
  });

  it("plays the newest release unless told otherwise", () => {
    expect(createSimulator().release).toBe("29");
  });

  it("gives the same answers to the same calls, seed and time", async () => {
    expect(await story({})).toEqual(await story({}));
    expect(await story({ seed: 7 })).toEqual(await story({ seed: 7 }));
    expect(await story({ seed: 7 })).not.toEqual(await story({ seed: 8 }));
  });

  it("says what to do where an option makes no sense", () => {
    const refused = (options: object) => () => createSimulator(options as SimulatorOptions);
    expect(refused({ release: "27.0" })).toThrow(
      'the simulator plays no release "27.0": choose one of 20.10, 26.1, 28.5',
    );
    expect(refused({ seed: 0.5 })).toThrow("the seed must be a whole number, not 0.5");
    expect(refused({ images: { "UPPER CASE": {} } })).toThrow(/cannot be the name of an image/);
    expect(refused({ release: "27.0" })).toThrow(expect.objectContaining({ name: "UsageError" }));
  });

  it("has clients of every API version that the release speaks", async () => {
    const simulator = createSimulator({ release: "28.5" });
    await simulator.engine.containers.create(
      {
        Image: "busybox",
        Cmd: ["true"],
        NetworkingConfig: { EndpointsConfig: { bridge: { GwPriority: 3 } } },
      },
      { name: "c1" },
    );
    const old = simulator.connect({ apiVersion: "1.43" });
    expect((await old.containers.inspect("c1")).Id).toBe(
      (await simulator.engine.containers.inspect("c1")).Id,
    );
    expect(() => simulator.connect({ apiVersion: "1.99" })).toThrow(
      'release 28.5 speaks API versions 1.24 to 1.51, not "1.99"',
    );
    expect(() => simulator.connect({ apiVersion: "new" })).toThrow(/speaks API versions/);
  });

  it("ends with its block", async () => {
    let left: ReturnType<typeof createSimulator>;
    {
      await using simulator = createSimulator();
      left = simulator;
    }
    await expect(left.engine.system.ping()).rejects.toMatchObject({ name: "UsageError" });
  });
});
