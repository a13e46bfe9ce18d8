import type {
  ContainerCreateRequest,
  EndpointConfig,
  HostConfig,
  IPAMPoolConfig,
  NetworkCreateRequest,
} from "@dryharbor/sdk/port";
import fc from "fast-check";
import { badCommand, type Command, command } from "./command.js";
import {
  addresses,
  addresses6,
  aliases,
  badSubnets,
  containerNames,
  hostnames,
  hostPorts,
  image,
  labels,
  macs,
  networkNames,
  scratchTags,
  subnets,
  subnets6,
  unknownName,
} from "./pools.js";

const pick = <T>(pool: readonly T[]): fc.Arbitrary<T> => fc.constantFrom(...pool);
const often = <T>(usual: fc.Arbitrary<T>, weight: number, rare: fc.Arbitrary<T>): fc.Arbitrary<T> =>
  fc.oneof({ arbitrary: usual, weight }, { arbitrary: rare, weight: 1 });

/** An optional field: absent most of the time. `weight`: how often it is absent for once that it is there. */
const maybe = <T>(value: fc.Arbitrary<T>, weight = 4): fc.Arbitrary<T | undefined> =>
  often<T | undefined>(fc.constant(undefined), weight, value);

/** A record of the fields that came out present. */
function record<T extends object>(
  fields: { [K in keyof T]: fc.Arbitrary<T[K] | undefined> },
): fc.Arbitrary<T> {
  return fc
    .record(fields as Record<string, fc.Arbitrary<unknown>>)
    .map(
      (values) => Object.fromEntries(Object.entries(values).filter(([, value]) => value !== undefined)) as T,
    );
}

// References

const containerName = pick(containerNames);
const networkName = pick(networkNames);

const aContainer: fc.Arbitrary<string> = fc.oneof(
  { arbitrary: containerName as fc.Arbitrary<string>, weight: 20 },
  { arbitrary: containerName.map((name) => `{container:${name}}`), weight: 2 },
  { arbitrary: containerName.map((name) => `{container:${name}:12}`), weight: 2 },
  { arbitrary: fc.constant("{container:nameless}"), weight: 1 },
  { arbitrary: fc.constant(unknownName), weight: 1 },
);

const aNetwork: fc.Arbitrary<string> = fc.oneof(
  { arbitrary: networkName as fc.Arbitrary<string>, weight: 20 },
  { arbitrary: networkName.map((name) => `{network:${name}}`), weight: 2 },
  { arbitrary: networkName.map((name) => `{network:${name}:12}`), weight: 2 },
  { arbitrary: fc.constant("bridge"), weight: 3 },
  { arbitrary: pick(["host", "none", unknownName, "ALPHA"]), weight: 2 },
);

// Networks

const pool: fc.Arbitrary<IPAMPoolConfig> = often<IPAMPoolConfig>(pick(subnets), 8, pick(badSubnets));

const ipam: fc.Arbitrary<NonNullable<NetworkCreateRequest["IPAM"]>> = record({
  Config: fc.oneof(
    { arbitrary: pool.map((one) => [one]), weight: 10 },
    { arbitrary: fc.tuple(pool, pick(subnets6)).map((both): IPAMPoolConfig[] => both), weight: 3 },
    { arbitrary: pick(subnets6).map((one): IPAMPoolConfig[] => [one]), weight: 2 },
    { arbitrary: fc.constant<IPAMPoolConfig[]>([]), weight: 1 },
    { arbitrary: fc.constant<IPAMPoolConfig[]>([subnets[0], subnets[6]]), weight: 1 },
  ),
  Options: maybe(fc.constant({}), 6),
});

const networkOptions: fc.Arbitrary<Record<string, string>> = pick<Record<string, string>>([
  {},
  { "com.docker.network.bridge.enable_icc": "false" },
  { "com.docker.network.bridge.enable_icc": "zz" },
  { "com.docker.network.driver.mtu": "1400" },
  { "com.docker.network.driver.mtu": "zz" },
  { "com.docker.network.bridge.enable_ip_masquerade": "zz" },
  { "com.docker.network.bridge.host_binding_ipv4": "127.0.0.1" },
  { "com.docker.network.bridge.name": "conf0" },
  { "an.unknown.option": "x" },
]);

const networkCreate: fc.Arbitrary<Command> = fc.oneof(
  {
    arbitrary: record<NetworkCreateRequest>({
      Name: often<string>(networkName, 30, pick(["bridge", "host", "", "  "])),
      CheckDuplicate: maybe(fc.boolean()),
      Internal: maybe(fc.constant(true), 5),
      Attachable: maybe(fc.constant(true), 8),
      EnableIPv6: maybe(fc.boolean(), 4),
      EnableIPv4: maybe(fc.boolean(), 12),
      IPAM: maybe(ipam, 1),
      Options: maybe(networkOptions, 5),
      Labels: maybe(pick(labels), 4),
      Scope: maybe(pick(["local", "swarm"]), 30),
      Ingress: maybe(fc.constant(true), 60),
      ConfigOnly: maybe(fc.constant(true), 25),
      ConfigFrom: maybe(
        networkName.map((Network) => ({ Network })),
        25,
      ),
      Driver: maybe(pick(["bridge", "host", "null", "overlay"]), 25),
    }).map((request) => command("networks.create", request)),
    weight: 30,
  },
  { arbitrary: networkName.map((Name) => command("networks.create", { Name })), weight: 10 },
);

// Endpoints

const link: fc.Arbitrary<string> = fc
  .tuple(aContainer, maybe(pick(["lnk", "db", "LNK", "web"]), 1))
  .map(([target, alias]) => (alias === undefined ? target : `${target}:${alias}`));

const endpointIpam = record({
  IPv4Address: maybe(pick(addresses), 1),
  IPv6Address: maybe(pick(addresses6), 6),
});

const endpoint: fc.Arbitrary<EndpointConfig> = record<EndpointConfig>({
  Aliases: maybe(fc.array(pick(aliases), { minLength: 1, maxLength: 3 }), 1),
  IPAMConfig: maybe(endpointIpam, 3),
  Links: maybe(fc.array(often(link, 20, fc.constant("a:b:c")), { minLength: 1, maxLength: 2 }), 6),
  MacAddress: maybe(pick(macs), 12),
  DriverOpts: maybe(fc.constant({ "an.option": "x" }), 12),
  GwPriority: maybe(pick([0, 1, 5, -1]), 8),
});

// Containers

/** Runs until it is ended: PID 1 without handlers, so only SIGKILL does it. */
const endless = ["sleep", "1000"];

const process: fc.Arbitrary<string[]> = often(
  fc.constant(endless),
  12,
  pick([
    ["true"],
    ["false"],
    ["echo", "hello", "world"],
    ["cat", "/etc/hosts"],
    ["cat", "/etc/resolv.conf"],
    ["env"],
    ["hostname"],
    ["no-such-program"],
  ]),
);

const portBindings: fc.Arbitrary<NonNullable<HostConfig["PortBindings"]>> = fc
  .tuple(
    pick(["80/tcp", "80/udp", "81/tcp"]),
    fc.array(
      record<{ HostIp: string; HostPort: string }>({
        HostIp: maybe(pick(["127.0.0.1", "0.0.0.0", "127.0.0.2"]), 3),
        HostPort: often(pick(hostPorts), 20, fc.constant("zz")),
      }),
      { minLength: 1, maxLength: 2 },
    ),
  )
  .map(([port, bindings]) => ({ [port]: bindings }));

const networkMode: fc.Arbitrary<string> = fc.oneof(
  { arbitrary: networkName as fc.Arbitrary<string>, weight: 8 },
  { arbitrary: pick(["bridge", "default", ""]), weight: 2 },
  { arbitrary: pick(["none", "host"]), weight: 2 },
  { arbitrary: aNetwork, weight: 1 },
  { arbitrary: aContainer.map((container) => `container:${container}`), weight: 2 },
);

const hostConfig = (long: boolean): fc.Arbitrary<HostConfig> =>
  record<HostConfig>({
    NetworkMode: maybe(networkMode, 1),
    PortBindings: maybe(portBindings, 4),
    PublishAllPorts: maybe(fc.constant(true), 12),
    RestartPolicy: maybe(
      pick(
        long
          ? [{ Name: "always" }, { Name: "unless-stopped" }, { Name: "zz" }, { Name: "no" }]
          : [{ Name: "no" }],
      ),
      8,
    ),
    AutoRemove: maybe(fc.constant(true), 15),
    Links: maybe(
      link.map((one) => [one]),
      10,
    ),
    Dns: maybe(pick([["10.255.255.53"], ["192.0.2.1", "10.255.255.53"]]), 15),
    DnsOptions: maybe(pick([["ndots:2"], ["timeout:3"]]), 12),
    DnsSearch: maybe(pick([["example.test"], ["."], ["one.test", "two.test"]]), 10),
    ExtraHosts: maybe(
      pick([["extra:10.0.0.9"], ["gw:host-gateway"], ["one:10.0.0.1", "two:fd00::2"], ["bad"], ["a:zz"]]),
      8,
    ),
  });

const containerCreate: fc.Arbitrary<Command> = process.chain((Cmd) =>
  fc
    .record({
      name: fc.oneof(
        { arbitrary: containerName as fc.Arbitrary<string | undefined>, weight: 30 },
        { arbitrary: fc.constant(undefined), weight: 2 },
        { arbitrary: pick(["x", "-bad", "has space", "/web"]), weight: 1 },
      ),
      config: record<Omit<ContainerCreateRequest, "HostConfig" | "NetworkingConfig">>({
        Image: often<string>(fc.constant(image), 40, pick(["busybox", "no-such-image"])),
        Cmd: often<string[] | undefined>(fc.constant(Cmd), 60, fc.constant(undefined)),
        Hostname: maybe(pick(hostnames), 5),
        Domainname: maybe(fc.constant("dom.test"), 15),
        Env: maybe(pick([["A=1"], ["B=two words", "A="]]), 10),
        ExposedPorts: maybe(
          pick<Record<string, Record<string, never>>>([{ "80/tcp": {} }, { "80/tcp": {}, "80/udp": {} }]),
          2,
        ),
        Labels: maybe(pick(labels), 5),
        MacAddress: maybe(pick(macs), 20),
        NetworkDisabled: maybe(fc.constant(true), 40),
        StopSignal: maybe(fc.constant("SIGKILL"), 20),
        Tty: maybe(fc.constant(true), 30),
      }),
      HostConfig: maybe(hostConfig(Cmd === endless), 1),
      // Two of them where the release allows it.
      endpoints: fc.oneof(
        { arbitrary: fc.constant([]), weight: 4 },
        { arbitrary: fc.tuple(fc.tuple(aNetwork, endpoint)), weight: 8 },
        { arbitrary: fc.tuple(fc.tuple(networkName, endpoint), fc.tuple(networkName, endpoint)), weight: 2 },
      ) as fc.Arbitrary<[string, EndpointConfig][]>,
      agree: fc.boolean(),
    })
    .map(({ name, config, HostConfig, endpoints, agree }) => {
      const [first] = endpoints;
      // What the CLI does: the mode names the first network.
      const mode = agree && first ? { NetworkMode: first[0] } : {};
      const request: ContainerCreateRequest = {
        ...config,
        ...(HostConfig || agree ? { HostConfig: { ...HostConfig, ...mode } } : {}),
        ...(endpoints.length > 0
          ? { NetworkingConfig: { EndpointsConfig: Object.fromEntries(endpoints) } }
          : {}),
      };
      return name === undefined
        ? command("containers.create", request)
        : command("containers.create", request, { name });
    }),
);

/** A container that runs at once, on a network of its name's choice: what deep states are made of. */
const runOnNetwork: fc.Arbitrary<Command[]> = fc
  .tuple(containerName, networkName, endpoint)
  .map(([name, network, config]) => [
    command(
      "containers.create",
      {
        Image: image,
        Cmd: endless,
        HostConfig: { NetworkMode: network },
        NetworkingConfig: { EndpointsConfig: { [network]: config } },
      },
      { name },
    ),
    command("containers.start", name),
  ]);

const signalName = pick(["SIGKILL", "KILL", "9", "HUP", "SIGTERM", "0", "ZZ", "65"]);

/** No time to wait: what runs does not end by SIGTERM. */
const atOnce = { t: 0 };

const lifecycle: fc.Arbitrary<Command> = fc.oneof(
  { arbitrary: aContainer.map((one) => command("containers.start", one)), weight: 10 },
  { arbitrary: aContainer.map((one) => command("containers.stop", one, atOnce)), weight: 4 },
  { arbitrary: aContainer.map((one) => command("containers.restart", one, atOnce)), weight: 3 },
  {
    arbitrary: fc
      .tuple(aContainer, maybe(signalName, 1))
      .map(([one, signalName]) =>
        command("containers.kill", one, signalName === undefined ? {} : { signalName }),
      ),
    weight: 3,
  },
  { arbitrary: aContainer.map((one) => command("containers.pause", one)), weight: 4 },
  { arbitrary: aContainer.map((one) => command("containers.unpause", one)), weight: 3 },
  {
    arbitrary: fc
      .tuple(aContainer, often<string>(containerName, 12, pick(["", "-bad", "x"])))
      .map(([one, name]) => command("containers.rename", one, name)),
    weight: 3,
  },
  {
    arbitrary: fc
      .tuple(
        aContainer,
        record<{ force: boolean; v: boolean; link: boolean }>({
          force: maybe(fc.constant(true), 1),
          v: maybe(fc.constant(true)),
          link: maybe(fc.constant(true), 40),
        }),
      )
      .map(([one, options]) => command("containers.remove", one, options)),
    weight: 4,
  },
  { arbitrary: aContainer.map((one) => command("containers.wait", one)), weight: 1 },
  { arbitrary: aContainer.map((one) => command("containers.top", one)), weight: 1 },
  { arbitrary: aContainer.map((one) => command("containers.logs", one)), weight: 1 },
  {
    arbitrary: maybe(
      pick([{ label: ["tier=front"] }, { "label!": ["tier=front"] }, { label: ["tier"] }]),
      1,
    ).map((filters) => command("containers.prune", filters ? { filters } : {})),
    weight: 1,
  },
);

const wiring: fc.Arbitrary<Command> = fc.oneof(
  {
    arbitrary: fc
      .tuple(aNetwork, often(aContainer, 60, fc.constant("")), maybe(endpoint, 1))
      .map(([network, Container, EndpointConfig]) =>
        command("networks.connect", network, { Container, ...(EndpointConfig ? { EndpointConfig } : {}) }),
      ),
    weight: 12,
  },
  {
    arbitrary: fc
      .tuple(aNetwork, aContainer, maybe(fc.constant(true), 4))
      .map(([network, Container, Force]) =>
        command("networks.disconnect", network, { Container, ...(Force ? { Force } : {}) }),
      ),
    weight: 6,
  },
  { arbitrary: aNetwork.map((one) => command("networks.remove", one)), weight: 3 },
  {
    arbitrary: maybe(
      pick([{ label: ["tier=front"] }, { "label!": ["tier=front"] }, { until: ["10m"] }]),
      1,
    ).map((filters) => command("networks.prune", filters ? { filters } : {})),
    weight: 1,
  },
);

// Questions

const containerFilters = fc.oneof(
  pick(["web", "^/web$", "^app", ".*"]).map((name) => ({ name: [name] })),
  aContainer.map((id) => ({ id: [id] })),
  aNetwork.map((network) => ({ network: [network] })),
  fc
    .array(pick(["running", "paused", "exited", "created"]), { minLength: 1, maxLength: 2 })
    .map((status) => ({ status })),
  pick(["tier", "tier=front", "stage="]).map((label) => ({ label: [label] })),
  pick(["0", "137", "zz"]).map((exited) => ({ exited: [exited] })),
  aContainer.map((before) => ({ before: [before] })),
  aContainer.map((since) => ({ since: [since] })),
  fc.constant({ status: ["zz"] }),
  fc.constant({ ancestor: [image] }),
);

const networkFilters = fc.oneof(
  pick(["alpha", "^a", "a$", "e", "["]).map((name) => ({ name: [name] })),
  aNetwork.map((id) => ({ id: [id] })),
  pick(["bridge", "null", "overlay"]).map((driver) => ({ driver: [driver] })),
  pick(["custom", "builtin", "bad"]).map((type) => ({ type: [type] })),
  pick(["tier", "tier=front", "stage="]).map((label) => ({ label: [label] })),
  pick(["true", "0", "zz"]).map((dangling) => ({ dangling: [dangling] })),
  fc.constant({ dangling: ["true", "false"] }),
  pick(["local", "swarm"]).map((scope) => ({ scope: [scope] })),
);

const looking: fc.Arbitrary<Command> = fc.oneof(
  {
    arbitrary: fc
      .record({ all: fc.boolean(), filters: containerFilters, limit: maybe(pick([1, 2]), 6) })
      .map(({ all, filters, limit }) =>
        command("containers.list", { all, filters, ...(limit ? { limit } : {}) }),
      ),
    weight: 4,
  },
  { arbitrary: fc.constant(command("containers.list")), weight: 1 },
  { arbitrary: networkFilters.map((filters) => command("networks.list", { filters })), weight: 3 },
  { arbitrary: aContainer.map((one) => command("containers.inspect", one)), weight: 1 },
  { arbitrary: aNetwork.map((one) => command("networks.inspect", one)), weight: 1 },
  { arbitrary: aNetwork.map((one) => command("networks.inspect", one, { scope: "swarm" })), weight: 1 },
  { arbitrary: fc.constant(badCommand("networks.list", { filters: { bogus: ["x"] } })), weight: 1 },
  { arbitrary: fc.constant(badCommand("containers.list", { filters: { bogus: ["x"] } })), weight: 1 },
  { arbitrary: fc.constant(command("system.ping")), weight: 1 },
);

const execCommand = pick([
  ["cat", "/etc/hosts"],
  ["cat", "/etc/resolv.conf"],
  ["cat", "/etc/hostname"],
  ["cat", "/no/such/file"],
  ["hostname"],
  ["env"],
  ["echo", "hello"],
  ["true"],
  ["false"],
  ["no-such-program"],
]);

const exec: fc.Arbitrary<Command[]> = fc.oneof(
  {
    arbitrary: fc
      .tuple(aContainer, execCommand)
      .map(([one, Cmd]): Command[] => [
        command("exec.create", one, { Cmd, AttachStdout: true, AttachStderr: true }),
        command("exec.start", "{exec:exec}", {}),
        command("exec.inspect", "{exec:exec}"),
      ]),
    weight: 8,
  },
  { arbitrary: aContainer.map((one): Command[] => [command("exec.create", one, { Cmd: [] })]), weight: 1 },
  { arbitrary: fc.constant<Command[]>([command("exec.start", "{exec:exec}", {})]), weight: 1 },
  { arbitrary: fc.constant<Command[]>([command("exec.inspect", "{exec:exec}")]), weight: 1 },
);

const images: fc.Arbitrary<Command> = fc.oneof(
  fc.constant(command("images.list")),
  pick([image, "busybox", scratchTags[0], "no-such-image"]).map((one) => command("images.inspect", one)),
  fc.constant(command("images.tag", image, { repo: "dryharbor/scratch", tag: "one" })),
  fc.constant(command("images.tag", image, { repo: "dryharbor/scratch" })),
  fc.constant(command("images.tag", "no-such-image", { repo: "dryharbor/scratch" })),
  pick([...scratchTags, "no-such-image"]).map((one) => command("images.remove", one)),
);

const one = (arbitrary: fc.Arbitrary<Command>): fc.Arbitrary<Command[]> =>
  arbitrary.map((command) => [command]);

const anything: fc.Arbitrary<Command[]> = fc.oneof(
  { arbitrary: one(networkCreate), weight: 8 },
  { arbitrary: one(containerCreate), weight: 10 },
  { arbitrary: runOnNetwork, weight: 4 },
  { arbitrary: one(lifecycle), weight: 26 },
  { arbitrary: one(wiring), weight: 26 },
  { arbitrary: one(looking), weight: 8 },
  { arbitrary: exec, weight: 6 },
  { arbitrary: one(images), weight: 2 },
);

/**
 * A sequence of commands. It opens with networks and containers on them, so that what follows finds
 * something to work on: a sequence that starts from nothing spends itself on names that do not exist.
 */
export function commandSequence(length: { min: number; max: number }): fc.Arbitrary<Command[]> {
  return fc
    .tuple(
      fc.array(one(networkCreate), { minLength: 1, maxLength: 3 }),
      fc.array(runOnNetwork, { minLength: 1, maxLength: 3 }),
      fc.array(anything, { minLength: length.min, maxLength: length.max, size: "max" }),
    )
    .map((parts) => parts.flat(2).slice(0, length.max));
}
