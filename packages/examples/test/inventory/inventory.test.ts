import { snapshotOf } from "@dryharbor/sdk";
import { inventory, recreate } from "@dryharbor/sdk/inventory";
import { differences, type Topology, topology } from "@dryharbor/sdk/topology";
import { createSimulator, releaseNames } from "@dryharbor/simulator";
import { describe, expect, it } from "vitest";
import { leftOut, setUp } from "./set-up.js";

describe.each(releaseNames)("the inventory of %s", (release) => {
  it("becomes a simulator with the same networks, addresses, names and ports", async () => {
    await using simulator = createSimulator({ release });
    await setUp(simulator.engine);
    const read = await snapshotOf(simulator.engine);
    expect(read.leftOut).toEqual(leftOut);
    await using copy = createSimulator({ snapshot: read.snapshot });
    expect(copy.release).toBe(release);
    expect(differences(await topology(simulator.engine), await topology(copy.engine))).toEqual([]);
    expect(await copy.engine.dns.resolve("from-web", { name: "store" })).toMatchObject({ status: "found" });
    const { Config, HostConfig } = await copy.engine.containers.inspect("from-db");
    expect(Config.Env).toContain("A=1");
    expect(HostConfig.Binds).toEqual(["from-data:/data"]);
    const linked = (await inventory(copy.engine)).containers.find(({ name }) => name === "from-linked");
    expect(linked!.request.HostConfig).toMatchObject({
      Links: ["from-old:o"],
      RestartPolicy: { Name: "always" },
    });
  });

  it("can be carried out on another release", async () => {
    await using simulator = createSimulator({ release });
    await setUp(simulator.engine);
    for (const other of releaseNames) {
      await using copy = createSimulator({ release: other });
      expect(await recreate(copy.engine, await inventory(simulator.engine)), other).toEqual([]);
      expect(places(await topology(copy.engine)), other).toEqual(places(await topology(simulator.engine)));
    }
  });
});

it("tells what cannot be carried over, and makes all else", async () => {
  await using simulator = createSimulator();
  const { engine } = simulator;
  await engine.containers.create({ Image: "busybox", Cmd: ["true"] }, { name: "made" });
  const read = await inventory(engine);
  await using copy = createSimulator();
  const [made] = read.containers;
  const told = await recreate(copy.engine, {
    ...read,
    networks: [{ Name: "wrong", Driver: "nope" }, { Name: "right" }],
    containers: [
      {
        ...made!,
        name: "lost",
        request: { ...made!.request, HostConfig: { NetworkMode: "wrong" } },
        state: "running",
      },
      { ...made!, connect: { wrong: {}, right: {} }, state: "running" },
    ],
  });
  expect(told).toEqual([
    expect.stringMatching(/^The network wrong cannot be made: /),
    expect.stringMatching(/^The container lost cannot be started: /),
    expect.stringMatching(/^The container made cannot be started: .*network wrong not found/),
  ]);
  const { networks, containers } = await topology(copy.engine);
  expect(networks.map(({ name }) => name)).toContain("right");
  expect(containers.map(({ name }) => name)).toEqual(["lost", "made"]);
});

it("calls an image without a name by what its id begins with", async () => {
  await using simulator = createSimulator();
  const { engine } = simulator;
  await engine.containers.create({ Image: "busybox", Cmd: ["true"] }, { name: "box" });
  const Id = await engine.containers.commit("box");
  await engine.containers.create({ Image: Id.Id, Cmd: ["true"] }, { name: "anonymous" });
  const { containers, leftOut } = await inventory(engine);
  const name = `untagged:${Id.Id.slice("sha256:".length, "sha256:".length + 12)}`;
  expect(containers.map(({ request }) => request.Image)).toEqual(["busybox", name]);
  expect(leftOut).toEqual([`The image ${name} has no name: it is called that here.`]);
});

it("plays the newest release that is not newer than the engine", async () => {
  await using simulator = createSimulator({ release: "28.5" });
  const { engine } = simulator;
  const played = async (Version: string) => {
    const version = async () => ({ ...(await engine.system.version()), Version });
    const { snapshot, leftOut } = await snapshotOf({ ...engine, system: { ...engine.system, version } });
    await using copy = createSimulator({ snapshot });
    return [copy.release, ...leftOut];
  };
  expect(await played("27.5.1")).toEqual(["26.1", "The engine is 27.5.1, and the simulator plays 26.1."]);
  expect((await played("19.03.1"))[0]).toBe("20.10");
  expect((await played("99.0"))[0]).toBe(releaseNames.at(-1));
  expect(await played("28.5.9")).toEqual(["28.5"]);
});

/** Where containers are and what they are called there, which is the same on all releases. */
function places({ containers }: Topology): unknown {
  return containers.map(({ name, state, endpoints }) => [
    name,
    state,
    ...endpoints.map(({ network, ipv4, aliases, links }) => ({
      network,
      ipv4,
      // 20.10 shows the host name among them.
      aliases: aliases.filter((alias) => alias !== "www"),
      links,
    })),
  ]);
}
