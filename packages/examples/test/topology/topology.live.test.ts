import { type Engine, openEngine, run } from "@dryharbor/sdk";
import { reachability, reachabilityTable, type Topology, topology } from "@dryharbor/sdk/topology";
import { createSimulator, releaseNames } from "@dryharbor/simulator";
import { afterAll, beforeAll, describe, expect, it } from "vitest";

// The same networks on a real engine and on the simulator: what is there, and who reaches whom, is the same.

const targets = (process.env.DRYHARBOR_ENGINES ?? "").split(",").filter(Boolean);
const names = {
  containers: ["live-redis", "live-web", "live-linked", "live-apart"],
  networks: ["live-backend", "live-frontend", "live-inner"],
};

describe.each(targets)("topology and reachability of %s", (target) => {
  let real: Engine;
  let simulated: Engine;
  beforeAll(async () => {
    real = await openEngine(target);
    const { Version } = await real.system.version();
    const release = releaseNames.find((name) => Version.startsWith(`${name}.`));
    simulated = createSimulator({ ...(release && { release }) }).engine;
    await clean(real);
    for (const engine of [real, simulated]) await setUp(engine);
  });
  afterAll(async () => {
    await clean(real);
    await real.close();
  });

  it("are the simulator's", { timeout: 120_000 }, async () => {
    expect(ours(await topology(real))).toEqual(ours(await topology(simulated)));
    const options = { containers: names.containers };
    const [seen, played] = [await reachability(real, options), await reachability(simulated, options)];
    expect(reachabilityTable(seen)).toBe(reachabilityTable(played));
    const left = await real.containers.list({ all: true, filters: { label: ["dryharbor.probe"] } });
    expect(left, "containers that reachability has asked from").toEqual([]);
  });
});

async function setUp(engine: Engine): Promise<void> {
  const listening = (port: number) => ({
    Image: "busybox",
    Cmd: ["nc", "-ll", "-p", `${port}`, "-e", "true"],
  });
  for (const [index, Name] of names.networks.entries()) {
    const subnet = { Subnet: `10.213.${index + 50}.0/24`, Gateway: `10.213.${index + 50}.1` };
    await engine.networks.create({ Name, Internal: Name === "live-inner", IPAM: { Config: [subnet] } });
  }
  const [backend, frontend, inner] = names.networks as [string, string, string];
  const detach = { detach: true } as const;
  const exposed = { ExposedPorts: { "6379/tcp": {} }, HostConfig: { NetworkMode: backend } };
  await run(engine, { ...listening(6379), ...exposed }, { name: "live-redis", ...detach });
  await engine.networks.connect(frontend, { Container: "live-redis", EndpointConfig: { Aliases: ["db"] } });
  const published = {
    ExposedPorts: { "3000/tcp": {} },
    HostConfig: { NetworkMode: frontend, PortBindings: { "3000/tcp": [{ HostPort: "32123" }] } },
  };
  await run(engine, { ...listening(3000), ...published }, { name: "live-web", ...detach });
  const linked = {
    HostConfig: { NetworkMode: backend },
    NetworkingConfig: { EndpointsConfig: { [backend]: { Links: ["live-redis:cache"] } } },
  };
  await run(engine, { ...listening(80), ...linked }, { name: "live-linked", ...detach });
  await run(
    engine,
    { ...listening(80), HostConfig: { NetworkMode: inner } },
    { name: "live-apart", ...detach },
  );
}

async function clean(engine: Engine): Promise<void> {
  for (const { Id, Names } of await engine.containers.list({ all: true })) {
    if (names.containers.some((name) => Names.includes(`/${name}`))) {
      await engine.containers.remove(Id, { force: true });
    }
  }
  for (const { Id, Name } of await engine.networks.list()) {
    if (names.networks.includes(Name)) await engine.networks.remove(Id);
  }
}

/** The part that the set-up has made, without ids. */
function ours({ networks, containers }: Topology): object {
  return {
    networks: networks
      .filter(({ name }) => names.networks.includes(name))
      .map((each) => ({ ...each, id: "" })),
    containers: containers
      .filter(({ name }) => names.containers.includes(name))
      .map((each) => ({
        ...each,
        id: "",
        endpoints: each.endpoints.map((endpoint) => ({ ...endpoint, networkId: "" })),
      })),
  };
}
