import type { Program } from "@dryharbor/kernel";
import { describe, expect, it } from "vitest";
import { createSimulator, releaseNames, type Simulator } from "../../index.js";

// What docs/engine-facts.md, section 8, says of packets, asked of `reach`, which asks what programs ask.

const server: Program = async ({ network }) => {
  network.listen(80, { address: "::" });
  network.udp({ port: 53 });
  await new Promise(() => {});
  return 0;
};

interface Options {
  readonly networks?: Readonly<
    Record<string, { readonly IPv4Address?: string; readonly IPv6Address?: string }>
  >;
  readonly mode?: string;
  readonly publish?: readonly string[];
  readonly links?: readonly string[];
}

async function run(
  { engine }: Simulator,
  name: string,
  { networks, mode, publish = [], links = [] }: Options = {},
): Promise<void> {
  const [first = ["bridge", {}], ...others] = Object.entries(networks ?? {});
  const ports = publish.map((text): [string, { HostIp: string; HostPort: string }[]] => {
    const [HostIp = "", HostPort = ""] = text.includes("/") ? text.split("/") : ["", text];
    return ["80/tcp", [{ HostIp, HostPort }]];
  });
  await engine.containers.create(
    {
      Image: "busybox",
      // A container in another's namespace cannot listen where that one does.
      Cmd: mode?.startsWith("container:") ? ["sleep", "1000"] : ["server"],
      ...(mode === undefined && { ExposedPorts: { "80/tcp": {} } }),
      HostConfig: {
        NetworkMode: mode ?? first[0],
        PortBindings: Object.fromEntries(ports),
        Links: [...links],
      },
      ...(mode === undefined &&
        first[0] !== "bridge" && {
          NetworkingConfig: { EndpointsConfig: { [first[0]]: { IPAMConfig: first[1] } } },
        }),
    },
    { name },
  );
  for (const [network, IPAMConfig] of others)
    await engine.networks.connect(network, { Container: name, EndpointConfig: { IPAMConfig } });
  await engine.containers.start(name);
}

async function harbour(release: (typeof releaseNames)[number]): Promise<Simulator> {
  const simulator = createSimulator({ release, programs: { server } });
  const { networks } = simulator.engine;
  const subnets = (v4: string, v6: string) => ({ Config: [{ Subnet: v4 }, { Subnet: v6 }] });
  await networks.create({ Name: "one", EnableIPv6: true, IPAM: subnets("10.1.0.0/24", "fd01::/64") });
  await networks.create({ Name: "two", EnableIPv6: true, IPAM: subnets("10.2.0.0/24", "fd02::/64") });
  await networks.create({ Name: "inner", Internal: true, IPAM: { Config: [{ Subnet: "10.3.0.0/24" }] } });
  await networks.create({
    Name: "shy",
    Options: { "com.docker.network.bridge.enable_icc": "false" },
    IPAM: { Config: [{ Subnet: "10.4.0.0/24" }] },
  });
  await networks.create({
    Name: "bare",
    Options: { "com.docker.network.bridge.enable_ip_masquerade": "false" },
    IPAM: { Config: [{ Subnet: "10.5.0.0/24" }] },
  });
  await run(simulator, "web", {
    networks: { one: { IPv4Address: "10.1.0.2", IPv6Address: "fd01::2" } },
    publish: ["8080"],
  });
  await run(simulator, "peer", { networks: { one: { IPv4Address: "10.1.0.3", IPv6Address: "fd01::3" } } });
  await run(simulator, "far", { networks: { two: { IPv4Address: "10.2.0.2", IPv6Address: "fd02::2" } } });
  await run(simulator, "both", {
    networks: { one: { IPv4Address: "10.1.0.4" }, two: { IPv4Address: "10.2.0.4" } },
  });
  await run(simulator, "hidden", { networks: { inner: { IPv4Address: "10.3.0.2" } }, publish: ["8081"] });
  await run(simulator, "hidden2", { networks: { inner: { IPv4Address: "10.3.0.3" } } });
  await run(simulator, "shy1", { networks: { shy: { IPv4Address: "10.4.0.2" } } });
  await run(simulator, "shy2", { networks: { shy: { IPv4Address: "10.4.0.3" } } });
  await run(simulator, "bare1", { networks: { bare: { IPv4Address: "10.5.0.2" } }, publish: ["8085"] });
  await run(simulator, "local", {
    networks: { one: { IPv4Address: "10.1.0.5" } },
    publish: ["127.0.0.1/8082"],
  });
  await run(simulator, "none", { mode: "none" });
  await run(simulator, "onhost", { mode: "host" });
  await run(simulator, "shared", { mode: "container:peer" });
  return simulator;
}

const v20 = "20.10";
const all = (reason: string): Record<string, string> =>
  Object.fromEntries(releaseNames.map((name) => [name, reason]));
const since26 = (before: string, after: string) => ({ ...all(after), [v20]: before });
const since28 = (before: string, after: string) => ({ ...all(after), [v20]: before, "26.1": before });

/** From, to, port (0 for a ping), and the reason by release. */
const cases: readonly [string, string, number, Record<string, string>][] = [
  // One network.
  ["peer", "web", 80, all("answers")],
  ["peer", "web", 0, all("answers")],
  ["peer", "web", 81, all("not-listening")],
  ["peer", "fd01::2", 80, all("answers")],
  ["peer", "10.1.0.99", 80, all("nobody")],
  ["peer", "10.1.0.255", 80, all("no-route")],
  ["peer", "127.0.0.2", 80, all("answers")],
  ["peer", "10.1.0.3", 80, all("answers")],
  ["peer", "10.1.0.1", 81, all("not-listening")],
  ["peer", "10.1.0.1", 0, all("answers")],
  ["shared", "127.0.0.1", 80, all("answers")],
  ["shared", "web", 80, all("answers")],
  ["peer", "nobody", 80, all("no-such-name")],
  // Several networks.
  ["peer", "10.2.0.2", 80, all("between-networks")],
  ["peer", "10.2.0.99", 80, all("between-networks")],
  ["peer", "far", 80, all("no-such-name")],
  ["peer", "10.2.0.1", 0, all("answers")],
  ["peer", "fd02::2", 80, since28("answers", "between-networks")],
  ["peer", "10.2.0.4", 80, all("between-networks")],
  ["both", "web", 80, all("answers")],
  ["both", "far", 80, all("answers")],
  // Without a network, and with the host's.
  ["none", "10.1.0.2", 80, all("no-route")],
  ["none", "127.0.0.1", 80, all("answers")],
  ["onhost", "10.1.0.2", 80, all("answers")],
  ["onhost", "10.3.0.2", 80, all("answers")],
  ["host", "10.4.0.2", 80, all("answers")],
  // Internal networks.
  ["hidden", "hidden2", 80, all("answers")],
  ["hidden", "10.3.0.1", 0, all("answers")],
  ["hidden", "10.1.0.2", 80, since26("between-networks", "no-route")],
  ["hidden", "10.1.0.1", 0, since26("answers", "no-route")],
  ["peer", "10.3.0.2", 80, all("between-networks")],
  ["hidden2", "10.3.0.1", 8080, all("published-elsewhere")],
  ["host", "127.0.0.1", 8081, all("not-listening")],
  // Without communication between containers.
  ["shy1", "shy2", 80, all("no-inter-container-communication")],
  ["shy1", "shy2", 0, all("no-inter-container-communication")],
  ["shy1", "10.4.0.99", 80, all("nobody")],
  ["shy1", "10.4.0.1", 8080, all("answers")],
  // Published ports.
  ["host", "127.0.0.1", 8080, all("answers")],
  ["host", "::1", 8080, all("answers")],
  ["host", "10.1.0.1", 8080, all("answers")],
  ["host", "10.2.0.1", 8080, all("answers")],
  ["peer", "10.1.0.1", 8080, all("answers")],
  ["web", "10.1.0.1", 8080, all("answers")],
  ["far", "10.2.0.1", 8080, all("answers")],
  ["far", "10.1.0.1", 8080, all("answers")],
  ["bare1", "10.5.0.1", 8080, all("published-elsewhere")],
  ["bare1", "10.5.0.1", 8085, all("answers")],
  ["host", "127.0.0.1", 8082, all("answers")],
  ["host", "127.0.0.2", 8082, all("not-listening")],
  ["host", "10.1.0.1", 8082, all("not-listening")],
  ["peer", "10.1.0.1", 8082, all("not-listening")],
  // Outside, on a host without an uplink.
  ["peer", "9.9.9.9", 80, all("outside-unreachable")],
  ["host", "9.9.9.9", 80, all("no-route")],
];

describe.each(releaseNames)("where packets go on %s", async (release) => {
  const simulator = await harbour(release);

  it.each(cases)("from %s to %s, port %s", async (from, to, port, expected) => {
    expect((await simulator.reach(from, to, { port })).reason).toBe(expected[release]);
  });

  it("tells who answers, and in words why nobody does", async () => {
    expect(await simulator.reach("peer", "web", { port: 80 })).toEqual({
      reached: true,
      reason: "answers",
      address: "10.1.0.2",
      by: "web",
      text: "peer reaches web at web:80",
    });
    expect((await simulator.reach("peer", "10.2.0.2")).text).toBe(
      "peer does not reach 10.2.0.2: it is on another network, and the engine keeps networks apart",
    );
  });

  it("tells of a paused container that it says nothing", async () => {
    await simulator.engine.containers.pause("web");
    expect((await simulator.reach("peer", "web", { port: 80 })).reason).toBe("frozen");
    expect((await simulator.reach("peer", "web")).reason).toBe("answers");
    await simulator.engine.containers.unpause("web");
    await simulator.engine.containers.stop("far", { t: 0 });
    expect((await simulator.reach("far", "web")).reason).toBe("not-running");
  });
});
