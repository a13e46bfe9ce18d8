import { type Engine, NotFoundError, run, UsageError } from "@dryharbor/sdk";
import { reachability, reachabilityTable } from "@dryharbor/sdk/topology";
import { createSimulator, releaseNames } from "@dryharbor/simulator";
import { describe, expect, it } from "vitest";

/** `redis` on two networks, `web` on one of them with a published port, `linked` with a private name, `apart` alone. */
async function setUp(engine: Engine): Promise<void> {
  const listening = (port: number) => ({
    Image: "busybox",
    Cmd: ["nc", "-ll", "-p", `${port}`, "-e", "true"],
  });
  for (const [index, name] of ["backend", "frontend", "other"].entries()) {
    const subnet = { Subnet: `10.${index + 1}.0.0/24`, Gateway: `10.${index + 1}.0.1` };
    await engine.networks.create({ Name: name, IPAM: { Config: [subnet] } });
  }
  await run(
    engine,
    {
      ...listening(6379),
      ExposedPorts: { "6379/tcp": {}, "53/udp": {} },
      HostConfig: { NetworkMode: "backend" },
    },
    { name: "redis", detach: true },
  );
  await engine.networks.connect("frontend", { Container: "redis", EndpointConfig: { Aliases: ["db"] } });
  await run(
    engine,
    {
      ...listening(3000),
      ExposedPorts: { "3000/tcp": {} },
      HostConfig: { NetworkMode: "frontend", PortBindings: { "3000/tcp": [{ HostPort: "8080" }] } },
    },
    { name: "web", detach: true },
  );
  await run(
    engine,
    {
      ...listening(80),
      HostConfig: { NetworkMode: "backend" },
      NetworkingConfig: { EndpointsConfig: { backend: { Links: ["redis:cache"] } } },
    },
    { name: "linked", detach: true },
  );
  await run(
    engine,
    { ...listening(80), HostConfig: { NetworkMode: "other" } },
    { name: "apart", detach: true },
  );
}

describe.each(releaseNames)("reachability on %s", (release) => {
  it("says who resolves and reaches whom, on which port", async () => {
    const { engine } = createSimulator({ release });
    await setUp(engine);
    const { containers, from, host } = await reachability(engine);
    expect(containers).toEqual(["redis", "web", "linked", "apart"]);
    const [, web, linked, apart] = from;
    expect(web).toEqual({
      container: "web",
      ended: false,
      to: [
        {
          container: "redis",
          names: [
            { name: "redis", answer: { status: "found", records: ["10.2.0.2"] } },
            { name: "db", answer: { status: "found", records: ["10.2.0.2"] } },
          ],
          addresses: [
            {
              network: "backend",
              address: "10.1.0.2",
              ping: "silent",
              ports: [{ port: 6379, answer: "silent" }],
            },
            {
              network: "frontend",
              address: "10.2.0.2",
              ping: "answers",
              ports: [{ port: 6379, answer: "answers" }],
            },
          ],
        },
        expect.objectContaining({ container: "linked" }),
        expect.objectContaining({ container: "apart" }),
      ],
    });
    expect(linked!.to[0]!.names.map(({ name, answer: { status } }) => [name, status === "found"])).toEqual([
      ["redis", true],
      ["db", false],
      ["cache", true],
    ]);
    expect(apart!.to[0]!.names.every(({ answer }) => answer.status !== "found")).toBe(true);
    expect(host!.to[1]).toEqual({
      container: "web",
      addresses: [
        {
          network: "frontend",
          address: "10.2.0.3",
          ping: "answers",
          ports: [{ port: 3000, answer: "answers" }],
        },
      ],
      published: expect.arrayContaining([
        { address: "127.0.0.1", port: 8080, containerPort: 3000, answer: "answers" },
      ]),
    });
  });

  it("tries the ports and the containers that it is told", async () => {
    const { engine } = createSimulator({ release });
    await setUp(engine);
    const options = { containers: ["linked", "redis"], ports: [80, 6379], ping: false, host: false };
    const { containers, from, host } = await reachability(engine, options);
    expect(containers).toEqual(["linked", "redis"]);
    expect(from[1]!.to).toMatchObject([
      {
        container: "linked",
        addresses: [
          {
            network: "backend",
            ports: [
              { port: 80, answer: "answers" },
              { port: 6379, answer: "refused" },
            ],
          },
        ],
      },
    ]);
    expect(from[1]!.to[0]!.addresses[0]).not.toHaveProperty("ping");
    expect(host).toBeUndefined();
    await expect(reachability(engine, { containers: ["nobody"] })).rejects.toThrow(NotFoundError);
  });
});

describe("a container that ends meanwhile", () => {
  it.each([
    ["is gone", (engine: Engine) => engine.containers.remove("web", { force: true })],
    ["has stopped", (engine: Engine) => engine.containers.kill("web")],
  ])("and %s is told", async (_, end) => {
    const { engine } = createSimulator();
    await setUp(engine);
    let ending: Promise<unknown> | undefined;
    const dns: Engine["dns"] = {
      ...engine.dns,
      async resolveAll(container, queries, options) {
        ending ??= end(engine);
        await ending;
        return engine.dns.resolveAll(container, queries, options);
      },
    };
    const { from } = await reachability({ ...engine, dns });
    expect(from.map(({ container, ended }) => [container, ended])).toEqual([
      ["redis", false],
      ["web", true],
      ["linked", false],
      ["apart", false],
    ]);
    expect(from[1]!.to).toEqual([]);
  });

  it("is not told of one that runs and cannot be asked", async () => {
    const { engine } = createSimulator();
    await setUp(engine);
    const traffic = {
      ...engine.traffic,
      probe: () => Promise.reject(new UsageError("no image to ask from")),
    };
    await expect(reachability({ ...engine, traffic })).rejects.toThrow("no image to ask from");
  });
});

it("is shown as a table", async () => {
  const { engine } = createSimulator();
  await setUp(engine);
  await run(engine, { Image: "busybox", Cmd: ["true"] }, { name: "done" });
  const seen = await reachability(engine, { containers: ["redis", "web", "linked", "apart", "done"] });
  expect(reachabilityTable(seen)).toBe(`\
from      redis                  web                   linked        apart         done
          name   ping    6379    name  ping    3000    name  ping    name  ping    name
redis     -      -       -       yes   yes     yes     yes   yes     no    silent  no
web       yes    yes     yes     -     -       -       no    silent  no    silent  no
linked    yes    yes     yes     no    silent  silent  -     -       no    silent  no
apart     no     silent  silent  no    silent  silent  no    silent  -     -       no
done      ended
the host  -      yes     yes     -     yes     yes     -     yes     -     yes     -
the host to 127.0.0.1:8080, published by web for 3000: yes
the host to [::1]:8080, published by web for 3000: yes
`);
});

it("costs one visit for names and one for traffic a container", async () => {
  const { engine } = createSimulator();
  await setUp(engine);
  const visits: string[] = [];
  const counted = <Arguments extends unknown[], Result>(
    name: string,
    call: (...args: Arguments) => Result,
  ) => {
    return (...args: Arguments) => {
      visits.push(name);
      return call(...args);
    };
  };
  const { dns, traffic } = engine;
  const counting: Engine = {
    ...engine,
    dns: { ...dns, resolveAll: counted("dns", dns.resolveAll) },
    traffic: {
      probe: counted("traffic", traffic.probe),
      probeFromHost: counted("host", traffic.probeFromHost),
    },
  };
  await reachability(counting);
  expect(visits.sort()).toEqual([
    "dns",
    "dns",
    "dns",
    "dns",
    "host",
    "traffic",
    "traffic",
    "traffic",
    "traffic",
  ]);
});
