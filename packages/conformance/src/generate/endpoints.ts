import type { EndpointConfig, EndpointIPAMConfig } from "@dryharbor/sdk/port";
import fc from "fast-check";
import { type Command, command } from "../commands/command.js";
import { maybe, often, pick, record, weighted } from "./arbitraries.js";
import { aContainer, aNetwork, type Cast } from "./cast.js";
import { addresses, addresses6, aliases, goodAddresses, linkAliases, macs } from "./pools.js";

/** Generates a link: `target:alias`, or `target` alone. */
export function aLink(cast: Cast): fc.Arbitrary<string> {
  return fc
    .tuple(aContainer(cast), maybe(pick(linkAliases), 1))
    .map(([target, alias]) => (alias === undefined ? target : `${target}:${alias}`));
}

const someAliases = fc.array(pick(aliases), { minLength: 1, maxLength: 3 });

/** Generates settings of an endpoint, valid or not. */
export function anyEndpoint(cast: Cast): fc.Arbitrary<EndpointConfig> {
  return record<EndpointConfig>({
    Aliases: maybe(someAliases, 1),
    IPAMConfig: maybe(
      record<EndpointIPAMConfig>({
        IPv4Address: maybe(often<string>(pick(goodAddresses), 2, pick(addresses)), 1),
        IPv6Address: maybe(pick(addresses6), 6),
      }),
      5,
    ),
    Links: maybe(fc.array(often(aLink(cast), 30, fc.constant("a:b:c")), { minLength: 1, maxLength: 2 }), 4),
    MacAddress: maybe(pick(macs), 15),
    DriverOpts: maybe(fc.constant({ "an.option": "x" }), 15),
    GwPriority: maybe(pick([0, 1, 5, -1]), 8),
  });
}

/** Generates settings of an endpoint that every network accepts, except the predefined ones. */
export function goodEndpoint(cast: Cast): fc.Arbitrary<EndpointConfig> {
  return record<EndpointConfig>({
    Aliases: maybe(someAliases, 1),
    Links: maybe(fc.array(aLink(cast), { minLength: 1, maxLength: 2 }), 5),
    GwPriority: maybe(pick([1, 5]), 8),
  });
}

/** Generates a connect, and sometimes a disconnect. */
export function wire(cast: Cast): fc.Arbitrary<Command> {
  const container = often(aContainer(cast), 80, fc.constant(""));
  return weighted(
    [
      4,
      fc
        .tuple(aNetwork(cast), container, goodEndpoint(cast))
        .map(([network, Container, EndpointConfig]) =>
          command("networks.connect", network, { Container, EndpointConfig }),
        ),
    ],
    [
      4,
      fc
        .tuple(aNetwork(cast), container, anyEndpoint(cast))
        .map(([network, Container, EndpointConfig]) =>
          command("networks.connect", network, { Container, EndpointConfig }),
        ),
    ],
    [
      2,
      fc
        .tuple(aNetwork(cast), container)
        .map(([network, Container]) => command("networks.connect", network, { Container })),
    ],
    [
      6,
      fc
        .tuple(aNetwork(cast), container, maybe(fc.constant(true), 4))
        .map(([network, Container, Force]) =>
          command("networks.disconnect", network, { Container, ...(Force ? { Force } : {}) }),
        ),
    ],
  );
}
