import { type Engine, run } from "@dryharbor/sdk";
import { draw, mermaid, svg, topology } from "@dryharbor/sdk/topology";
import { createSimulator, releaseNames } from "@dryharbor/simulator";
import { describe, expect, it } from "vitest";

const sleeper = { Image: "busybox", Cmd: ["sleep", "1000"] };

/** The networks of the course: `redis` on two of them, a web server that the host publishes, a link. */
async function setUp(engine: Engine): Promise<void> {
  await engine.networks.create({
    Name: "backend",
    IPAM: { Config: [{ Subnet: "10.1.0.0/24", Gateway: "10.1.0.1" }] },
  });
  await engine.networks.create({
    Name: "frontend",
    IPAM: { Config: [{ Subnet: "10.2.0.0/24", Gateway: "10.2.0.1" }] },
  });
  const exposed = { ExposedPorts: { "6379/tcp": {} }, HostConfig: { NetworkMode: "backend" } };
  await run(engine, { ...sleeper, ...exposed }, { name: "redis", detach: true });
  await engine.networks.connect("frontend", { Container: "redis", EndpointConfig: { Aliases: ["db"] } });
  await run(
    engine,
    {
      ...sleeper,
      ExposedPorts: { "3000/tcp": {} },
      HostConfig: { NetworkMode: "frontend", PortBindings: { "3000/tcp": [{ HostPort: "3000" }] } },
      NetworkingConfig: { EndpointsConfig: { frontend: { Links: ["redis:cache"] } } },
    },
    { name: "web", detach: true },
  );
  await run(engine, { Image: "busybox", Cmd: ["sh", "-c", "exit 3"] }, { name: "done" });
}

describe.each(releaseNames)("the topology of %s", (release) => {
  it("has networks, containers, addresses, names and ports", async () => {
    const { engine } = createSimulator({ release });
    await setUp(engine);
    const { networks, containers } = await topology(engine);
    expect(networks.map(({ name }) => name)).toEqual(["bridge", "host", "none", "backend", "frontend"]);
    expect(networks.at(-1)).toMatchObject({
      driver: "bridge",
      internal: false,
      subnets: [{ subnet: "10.2.0.0/24", gateway: "10.2.0.1" }],
    });
    expect(containers).toMatchObject([
      {
        name: "redis",
        image: "busybox",
        state: "running",
        endpoints: [
          { network: "backend", ipv4: "10.1.0.2", aliases: [], links: [] },
          { network: "frontend", ipv4: "10.2.0.2", aliases: ["db"], links: [] },
        ],
        ports: [{ port: 6379, protocol: "tcp", published: [] }],
      },
      {
        name: "web",
        endpoints: [{ network: "frontend", ipv4: "10.2.0.3", links: [{ target: "redis", alias: "cache" }] }],
        ports: [{ port: 3000, published: expect.arrayContaining([{ address: "0.0.0.0", port: 3000 }]) }],
      },
      { name: "done", state: "exited", exitCode: 3, endpoints: [{ network: "bridge" }], ports: [] },
    ]);
    expect(containers[2]!.endpoints[0]).not.toHaveProperty("ipv4");
  });

  it("tells links of the default bridge, health, and whose network a container uses", async () => {
    const { engine } = createSimulator({ release });
    const check = { Test: ["CMD", "true"], Interval: 1e9 };
    await run(engine, { ...sleeper, Healthcheck: check }, { name: "old", detach: true });
    await run(
      engine,
      { ...sleeper, HostConfig: { Links: ["old:server"] } },
      { name: "linking", detach: true },
    );
    await run(
      engine,
      { ...sleeper, HostConfig: { NetworkMode: "container:old" } },
      { name: "side", detach: true },
    );
    const { containers } = await topology(engine);
    expect(containers.map(({ name }) => name)).toEqual(["old", "linking", "side"]);
    expect(containers[0]!.health).toBe("starting");
    expect(containers[1]!.endpoints[0]!.links).toEqual([{ target: "old", alias: "server" }]);
    expect(containers[2]).toMatchObject({ sharesNetworkOf: "old", endpoints: [] });
  });

  it("leaves out a container that goes away meanwhile", async () => {
    const { engine } = createSimulator({ release });
    await setUp(engine);
    const containers = {
      ...engine.containers,
      async list(options: Parameters<typeof engine.containers.list>[0]) {
        const listed = await engine.containers.list(options);
        await engine.containers.remove("web", { force: true });
        return listed;
      },
    };
    const seen = await topology({ networks: engine.networks, containers });
    expect(seen.containers.map(({ name }) => name)).toEqual(["redis", "done"]);
  });
});

it("draws lanes and berths", async () => {
  const { engine } = createSimulator();
  await setUp(engine);
  expect(draw(await topology(engine))).toBe(`\
                     backend      frontend
                     bridge       bridge
                     10.1.0.0/24  10.2.0.0/24
         gateway ────● 10.1.0.1 ──● 10.2.0.1
         redis ──────● 10.1.0.2 ──● 10.2.0.2
           6379/tcp  │            │ alias db
 3000 ▶  web ────────┼────────────● 10.2.0.3
                     │            │ link cache → redis

 ○ 1 container does not run
`);
});

it("marks what has changed, and shows what is gone", async () => {
  const { engine } = createSimulator();
  await setUp(engine);
  const since = await topology(engine);
  await engine.networks.disconnect("frontend", { Container: "redis" });
  await engine.containers.pause("redis");
  await engine.containers.remove("web", { force: true });
  await engine.networks.create({
    Name: "new",
    Internal: true,
    IPAM: { Config: [{ Subnet: "10.3.0.0/24", Gateway: "10.3.0.1" }] },
  });
  expect(draw(await topology(engine), { since, width: 60 })).toBe(`\
                     backend      frontend
                     bridge       bridge
                     10.1.0.0/24  10.2.0.0/24
         gateway ────● 10.1.0.1 ──● 10.2.0.1
        ~redis ──────● 10.1.0.2 ─-× 10.2.0.2
           paused    │            │ alias db
           6379/tcp  │            │
-3000 ▶ -web ────────┼───────────-× 10.2.0.3
                     │            │ link cache → redis

                    +new
                     bridge, internal
                     10.3.0.0/24
         gateway ───+● 10.3.0.1

 ○ 1 container does not run
`);
});

it("is drawn as Mermaid and as SVG", async () => {
  const { engine } = createSimulator();
  await setUp(engine);
  const since = await topology(engine);
  await engine.networks.disconnect("backend", { Container: "redis" });
  const now = await topology(engine);
  expect(mermaid(now, { since })).toBe(`\
flowchart LR
  network0{{"backend<br>bridge<br>10.1.0.0/24"}}
  network1{{"frontend<br>bridge<br>10.2.0.0/24"}}
  host(["the host"])
  container0["redis<br>6379/tcp"]
  network0 -- "#45; 10.1.0.2" --- container0
  network1 -- "10.2.0.2<br>alias db" --- container0
  container1["web"]
  network1 -- "10.2.0.3<br>link cache #8594; redis" --- container1
  host -- "3000" --> container1
`);
  const picture = svg(now, { since, title: "The <shop>", id: "shop" });
  expect(picture).toContain('aria-labelledby="shop-title shop-desc"');
  expect(picture).toContain('<title id="shop-title">The &#60;shop&#62;</title>');
  expect(picture).toContain(
    '<desc id="shop-desc">Network backend (bridge, 10.1.0.0/24): redis 10.1.0.2 (gone). ' +
      "Network frontend (bridge, 10.2.0.0/24): redis 10.2.0.2, alias db; web 10.2.0.3, link cache → redis. " +
      "The host publishes 3000 of web. done exited (3).</desc>",
  );
});
