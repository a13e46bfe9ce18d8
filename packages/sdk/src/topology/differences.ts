// What differs between two engines, as where the same was typed on two releases. `changes.ts` compares two moments of one.
import type { Topology, TopologyContainer, TopologyNetwork } from "./topology.js";

/** A difference between two engines: what each has, in words. */
export interface Difference {
  /** The name of the network or container. */
  readonly thing: string;
  readonly main: string;
  readonly other: string;
}

/**
 * Returns what differs between the topologies of two engines: first networks, then containers. Ids differ always, so things
 * are told apart by their names.
 *
 * @example
 * differences(await topology(engine), await topology(simulator.engine));
 * // [{ thing: "web", main: "running, 172.18.0.2", other: "exited (127)" }]
 */
export function differences(main: Topology, other: Topology): Difference[] {
  return [
    ...pairs(main.networks, other.networks, networkInWords),
    ...pairs(main.containers, other.containers, containerInWords),
  ];
}

function pairs<Thing extends { readonly name: string }>(
  main: readonly Thing[],
  other: readonly Thing[],
  inWords: (thing: Thing) => readonly string[],
): Difference[] {
  const names = new Set([...main, ...other].map(({ name }) => name));
  return [...names].flatMap((thing) => {
    const [one, two] = [main, other].map((all) => all.find(({ name }) => name === thing));
    if (!one || !two)
      return [{ thing, main: one ? "is there" : "is not there", other: two ? "is there" : "is not there" }];
    const [left, right] = [inWords(one), inWords(two)];
    const onlyLeft = left.filter((each) => !right.includes(each));
    const onlyRight = right.filter((each) => !left.includes(each));
    if (onlyLeft.length + onlyRight.length === 0) return [];
    return [
      { thing, main: onlyLeft.join(", ") || "nothing of it", other: onlyRight.join(", ") || "nothing of it" },
    ];
  });
}

function networkInWords({ driver, internal, subnets }: TopologyNetwork): string[] {
  return [
    driver,
    ...(internal ? ["internal"] : []),
    ...subnets.flatMap(({ subnet, gateway }) => [subnet, ...(gateway ? [`gateway ${gateway}`] : [])]),
  ];
}

function containerInWords({ state, exitCode, health, endpoints, ports }: TopologyContainer): string[] {
  return [
    exitCode === undefined ? state : `${state} (${exitCode})`,
    ...(health ? [health] : []),
    ...endpoints.flatMap(({ network, ipv4, ipv6, aliases, links }) => [
      `on ${network}`,
      ...[ipv4, ipv6].filter((address) => address !== undefined),
      ...aliases.filter((alias) => !/^[0-9a-f]{12}$/.test(alias)).map((alias) => `alias ${alias}`),
      ...links.map(({ target, alias }) => `link ${alias} to ${target}`),
    ]),
    ...ports.flatMap(({ port, published }) =>
      published.map((place) => `${place.address}:${place.port} to ${port}`),
    ),
  ];
}
