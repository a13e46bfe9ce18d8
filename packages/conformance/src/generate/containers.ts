import type {
  ContainerConfig,
  ContainerCreateRequest,
  EndpointConfig,
  HostConfig,
} from "@dryharbor/sdk/port";
import fc from "fast-check";
import { type Command, command } from "../commands/command.js";
import { maybe, often, pick, record, weighted } from "./arbitraries.js";
import { anyMounts } from "./binds.js";
import { aContainer, aNetwork, type Cast } from "./cast.js";
import { aLink, anyEndpoint, goodEndpoint } from "./endpoints.js";
import {
  endless,
  exposedPorts,
  extraHosts,
  hostIps,
  hostnames,
  hostPorts,
  image,
  labels,
  macs,
  programs,
  server,
} from "./pools.js";

const portBindings: fc.Arbitrary<NonNullable<HostConfig["PortBindings"]>> = fc
  .tuple(
    pick(["80/tcp", "80/udp", "81/tcp"]),
    fc.array(
      record<{ HostIp: string; HostPort: string }>({
        HostIp: maybe(pick(hostIps), 3),
        HostPort: often<string>(pick(hostPorts), 30, fc.constant("zz")),
      }),
      { minLength: 1, maxLength: 2 },
    ),
  )
  .map(([port, bindings]) => ({ [port]: bindings }));

/** Runs until somebody ends it. Only a container with a namespace of its own may listen: two would want one port. */
const lasting = weighted<readonly string[]>([3, fc.constant(endless)], [1, fc.constant(server)]);

/** Generates ports that are exposed as well as bound. */
const publishing: fc.Arbitrary<Pick<ContainerCreateRequest, "ExposedPorts" | "HostConfig">> =
  portBindings.map((bindings) => ({
    ExposedPorts: Object.fromEntries(Object.keys(bindings).map((port) => [port, {}])),
    HostConfig: { PortBindings: bindings },
  }));

function networkMode(cast: Cast): fc.Arbitrary<string> {
  return weighted(
    [8, pick(cast.networks)],
    [2, pick(["bridge", "default", ""])],
    [1, fc.constant("host")],
    [1, fc.constant("none")],
    [1, aNetwork(cast)],
    [3, aContainer(cast).map((container) => `container:${container}`)],
  );
}

/**
 * Returns restart policies. One that restarts is given only to a program that does not end, because otherwise
 * the engine would never come to rest.
 */
function restartPolicies(isEndless: boolean): NonNullable<HostConfig["RestartPolicy"]>[] {
  return isEndless
    ? [
        { Name: "always" },
        { Name: "unless-stopped" },
        { Name: "on-failure", MaximumRetryCount: 2 },
        { Name: "no" },
        { Name: "zz" },
        { Name: "always", MaximumRetryCount: 1 },
      ]
    : [{ Name: "no" }, { Name: "" }, { Name: "on-failure", MaximumRetryCount: 1 }];
}

function hostConfig(cast: Cast, isEndless: boolean): fc.Arbitrary<HostConfig> {
  const fields = record<HostConfig>({
    NetworkMode: maybe(networkMode(cast), 1),
    PortBindings: maybe(portBindings, 4),
    PublishAllPorts: maybe(fc.constant(true), 12),
    RestartPolicy: maybe(pick(restartPolicies(isEndless)), 10),
    AutoRemove: maybe(fc.constant(true), 15),
    Links: maybe(
      aLink(cast).map((one) => [one]),
      10,
    ),
    Dns: maybe(pick([["10.255.255.53"], ["192.0.2.1", "10.255.255.53"]]), 20),
    DnsOptions: maybe(pick([["ndots:2"], ["timeout:3"]]), 12),
    DnsSearch: maybe(pick([["example.test"], ["."], ["one.test", "two.test"]]), 10),
    ExtraHosts: maybe(pick(extraHosts), 8),
  });
  return fc.tuple(fields, maybe(anyMounts, 8)).map(([host, mounts]) => ({ ...host, ...mounts }));
}

function containerConfig(program: readonly string[]): fc.Arbitrary<ContainerConfig> {
  return record<ContainerConfig>({
    Image: often<string>(fc.constant(image), 40, pick(["busybox", "no-such-image"])),
    Cmd: often<string[] | undefined>(fc.constant([...program]), 60, fc.constant(undefined)),
    Hostname: maybe(pick(hostnames), 5),
    Domainname: maybe(fc.constant("dom.test"), 15),
    Env: maybe(pick([["A=1"], ["B=two words", "A="]]), 10),
    ExposedPorts: maybe(pick(exposedPorts), 2),
    Labels: maybe(pick(labels), 5),
    MacAddress: maybe(pick(macs), 25),
    NetworkDisabled: maybe(fc.constant(true), 60),
    StopSignal: maybe(fc.constant("SIGKILL"), 20),
    Tty: maybe(fc.constant(true), 30),
    OpenStdin: maybe(fc.constant(true), 30),
    WorkingDir: maybe(pick(["/tmp"]), 30),
    // An entry point before an endless program would end, and a policy could restart it for ever.
    Entrypoint: program === endless ? fc.constant(undefined) : maybe(pick([["echo"], []]), 8),
  });
}

function endpoints(cast: Cast): fc.Arbitrary<[network: string, EndpointConfig][]> {
  const network = weighted([8, pick(cast.networks)], [1, aNetwork(cast)]);
  const one = fc.tuple(network, weighted([2, goodEndpoint(cast)], [1, anyEndpoint(cast)]));
  // Two networks where the release allows it.
  return weighted<[string, EndpointConfig][]>(
    [4, fc.constant([])],
    [8, fc.tuple(one)],
    [2, fc.tuple(one, one)],
  );
}

/** Generates a container with any of the fields, valid or not. */
export function createAnyContainer(cast: Cast): fc.Arbitrary<Command> {
  return pick([endless, endless, endless, ...programs]).chain((program) =>
    fc
      .record({
        name: weighted<string | undefined>(
          [30, pick(cast.containers)],
          [2, fc.constant(undefined)],
          [1, pick(["x", "-bad", "has space", "/web"])],
        ),
        config: containerConfig(program),
        host: maybe(hostConfig(cast, program === endless), 1),
        endpoints: endpoints(cast),
        agree: fc.boolean(),
      })
      .map(({ name, config, host, endpoints, agree }) => {
        const [first] = endpoints;
        // As the CLI does: the mode names the first network.
        const mode = agree && first ? { NetworkMode: first[0] } : {};
        const request: ContainerCreateRequest = {
          ...config,
          ...(host || agree ? { HostConfig: { ...host, ...mode } } : {}),
          ...(first ? { NetworkingConfig: { EndpointsConfig: Object.fromEntries(endpoints) } } : {}),
        };
        return name === undefined
          ? command("containers.create", request)
          : command("containers.create", request, { name });
      }),
  );
}

/** Generates a container that runs on the default bridge, where links and ports are of the old kind. */
export function runOnBridge(cast: Cast): fc.Arbitrary<Command[]> {
  return fc
    .tuple(
      pick(cast.containers),
      lasting,
      maybe(publishing, 1),
      maybe(fc.array(aLink(cast), { minLength: 1, maxLength: 2 }), 2),
    )
    .map(([name, program, published, links]) => [
      command(
        "containers.create",
        {
          Image: image,
          Cmd: [...program],
          ...published,
          HostConfig: { ...published?.HostConfig, ...(links ? { Links: links } : {}) },
        },
        { name },
      ),
      command("containers.start", name),
    ]);
}

/**
 * Generates a running container that publishes ports on a network, or shares another container's namespace.
 */
export function runSpecial(cast: Cast): fc.Arbitrary<Command[]> {
  const mode = weighted(
    [3, pick(cast.networks)],
    [3, pick(cast.containers).map((container) => `container:${container}`)],
    [1, pick(["host", "none"])],
  );
  const own = [...cast.networks, "none"];
  return fc
    .tuple(pick(cast.containers), lasting, mode, maybe(publishing, 1))
    .map(([name, program, NetworkMode, published]) => [
      command(
        "containers.create",
        {
          Image: image,
          Cmd: [...(own.includes(NetworkMode) ? program : endless)],
          ...published,
          HostConfig: { ...published?.HostConfig, NetworkMode },
        },
        { name },
      ),
      command("containers.start", name),
    ]);
}

/** Generates a container that runs on a network of the cast. Deep states consist of these. */
export function runContainer(cast: Cast, name: fc.Arbitrary<string>): fc.Arbitrary<Command[]> {
  return fc
    .tuple(name, lasting, pick(cast.networks), goodEndpoint(cast), maybe(pick(hostnames), 6))
    .map(([name, program, network, endpoint, hostname]) => [
      command(
        "containers.create",
        {
          Image: image,
          Cmd: [...program],
          ...(hostname ? { Hostname: hostname } : {}),
          HostConfig: { NetworkMode: network },
          NetworkingConfig: { EndpointsConfig: { [network]: endpoint } },
        },
        { name },
      ),
      command("containers.start", name),
    ]);
}
