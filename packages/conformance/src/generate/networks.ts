import type { IPAM, IPAMPoolConfig, NetworkCreateRequest } from "@dryharbor/sdk/port";
import fc from "fast-check";
import { type Command, command } from "../commands/command.js";
import { maybe, often, pick, record, weighted } from "./arbitraries.js";
import { aNetwork, type Cast } from "./cast.js";
import { badSubnets, labels, networkNames, networkOptions, subnets, subnets6 } from "./pools.js";

const pool: fc.Arbitrary<IPAMPoolConfig> = often<IPAMPoolConfig>(pick(subnets), 8, pick(badSubnets));

const ipam: fc.Arbitrary<Partial<IPAM>> = record<Partial<IPAM>>({
  Driver: maybe(pick(["default", ""]), 12),
  Config: weighted<IPAMPoolConfig[]>(
    [20, pool.map((one) => [one])],
    [6, fc.tuple(pool, pick(subnets6))],
    [3, pick(subnets6).map((one) => [one])],
    [1, fc.constant([])],
    [1, fc.constant([subnets[0], subnets[6]])],
  ),
  Options: maybe(pick([{}, { "an.option": "x" }]), 8),
});

const request = (name: fc.Arbitrary<string>): fc.Arbitrary<NetworkCreateRequest> =>
  record<NetworkCreateRequest>({
    Name: name,
    CheckDuplicate: maybe(fc.boolean()),
    Internal: maybe(fc.constant(true), 5),
    Attachable: maybe(fc.constant(true), 10),
    EnableIPv6: maybe(fc.boolean(), 4),
    EnableIPv4: maybe(fc.boolean(), 12),
    IPAM: maybe(ipam, 1),
    Options: maybe(pick(networkOptions), 6),
    Labels: maybe(pick(labels), 4),
    Scope: maybe(pick(["local", "swarm"]), 40),
    Ingress: maybe(fc.constant(true), 80),
    ConfigOnly: maybe(fc.constant(true), 30),
    ConfigFrom: maybe(
      pick(networkNames).map((Network) => ({ Network })),
      30,
    ),
    Driver: maybe(pick(["bridge", "host", "null", "overlay"]), 30),
  });

/** Generates a network with any of the fields, valid or not. */
export function createAnyNetwork({ networks }: Cast): fc.Arbitrary<Command> {
  const name = often<string>(pick(networks), 30, pick(["bridge", "host", "", "  ", ...networkNames]));
  return request(name).map((request) =>
    // If two configuration networks have one name, 20.10 counts users of either and leaks one.
    command("networks.create", request.ConfigOnly ? { ...request, CheckDuplicate: true } : request),
  );
}

/** Generates a network that the engine probably creates. */
export function createGoodNetwork(name: string): fc.Arbitrary<Command> {
  return record<NetworkCreateRequest>({
    Name: fc.constant(name),
    Internal: maybe(fc.constant(true), 6),
    IPAM: maybe(
      weighted<Partial<IPAM>>(
        [4, pick(subnets).map((one) => ({ Config: [one] }))],
        [1, fc.tuple(pick(subnets), pick(subnets6)).map((both) => ({ Config: both }))],
      ),
      1,
    ),
    EnableIPv6: maybe(fc.constant(true), 6),
    Labels: maybe(pick(labels), 4),
  }).map((request) => command("networks.create", request));
}

/** Generates a configuration network, and a network that takes its configuration from it. */
export function createFromConfiguration({ networks }: Cast): fc.Arbitrary<Command[]> {
  return fc
    .tuple(pick(networks), pick(networks), ipam, pick(labels), maybe(pick(networkOptions)))
    .map(([configuration, name, IPAM, Labels, Options]) => [
      command("networks.create", {
        Name: configuration,
        ConfigOnly: true,
        CheckDuplicate: true,
        IPAM,
        Labels,
        ...(Options ? { Options } : {}),
      }),
      command("networks.create", { Name: name, ConfigFrom: { Network: configuration } }),
    ]);
}

const pruneFilters = pick([{ label: ["tier=front"] }, { "label!": ["tier=front"] }, { until: ["10m"] }]);

export function removeNetworks(cast: Cast): fc.Arbitrary<Command> {
  return weighted(
    [6, aNetwork(cast).map((one) => command("networks.remove", one))],
    [2, pruneFilters.map((filters) => command("networks.prune", { filters }))],
    [1, fc.constant(command("networks.prune"))],
  );
}
