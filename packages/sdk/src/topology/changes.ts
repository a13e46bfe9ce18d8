import type {
  Topology,
  TopologyContainer,
  TopologyEndpoint,
  TopologyNetwork,
  TopologyPort,
} from "./topology.js";

/** What happened to a thing: it is there now, it is gone, or it is not as it was. */
export type Change<Thing> =
  | { readonly change: "added"; readonly after: Thing }
  | { readonly change: "removed"; readonly before: Thing }
  | { readonly change: "changed"; readonly before: Thing; readonly after: Thing };

/** One difference between two topologies. Names are those that things have, or had when they went. */
export type TopologyChange =
  | ({
      readonly what: "network";
      readonly network: string;
      readonly networkId: string;
    } & Change<TopologyNetwork>)
  /** Its name, its state or its health: ports and networks are changes of their own. */
  | ({ readonly what: "container" } & OfContainer & Change<TopologyContainer>)
  | ({ readonly what: "endpoint"; readonly network: string } & OfContainer & Change<TopologyEndpoint>)
  /** Where a port is published. Ports that are only exposed are no change. */
  | ({ readonly what: "port" } & OfContainer & Change<TopologyPort>);

interface OfContainer {
  readonly container: string;
  readonly containerId: string;
}

/**
 * Returns what differs between two topologies: networks, then containers, each with its endpoints and ports. Things
 * are told apart by their ids, so a container that was removed and made anew is a removed and an added one.
 *
 * @example
 * const before = await topology(engine);
 * await engine.networks.connect("backend", { Container: "web" });
 * changes(before, await topology(engine)); // [{ what: "endpoint", change: "added", container: "web", … }]
 */
export function changes(before: Topology, after: Topology): TopologyChange[] {
  return [
    ...pairs(before.networks, after.networks, ({ id }) => id).map((change) => ({
      what: "network" as const,
      network: latest(change).name,
      networkId: latest(change).id,
      ...change,
    })),
    ...containerPairs(before, after).flatMap(([one, other]) => {
      const { id: containerId, name: container } = (other ?? one)!;
      const own = pairs(only(one), only(other), ({ id }) => id, ownPart);
      const endpoints = pairs(one?.endpoints ?? [], other?.endpoints ?? [], ({ network }) => network);
      const ports = pairs(published(one), published(other), ({ port, protocol }) => `${port}/${protocol}`);
      return [
        ...own.map((change) => ({ what: "container" as const, container, containerId, ...change })),
        ...endpoints.map((change) => {
          return {
            what: "endpoint" as const,
            container,
            containerId,
            network: latest(change).network,
            ...change,
          };
        }),
        ...ports.map((change) => ({ what: "port" as const, container, containerId, ...change })),
      ];
    }),
  ];
}

function latest<Thing>(change: Change<Thing>): Thing {
  return change.change === "removed" ? change.before : change.after;
}

function only(container: TopologyContainer | undefined): readonly TopologyContainer[] {
  return container ? [container] : [];
}

function ownPart({ name, state, exitCode, health, sharesNetworkOf }: TopologyContainer): unknown {
  return [name, state, exitCode, health, sharesNetworkOf];
}

function published(container: TopologyContainer | undefined): readonly TopologyPort[] {
  return (container?.ports ?? []).filter((port) => port.published.length > 0);
}

function containerPairs(
  before: Topology,
  after: Topology,
): (readonly [TopologyContainer | undefined, TopologyContainer | undefined])[] {
  const earlier = new Map(before.containers.map((container) => [container.id, container]));
  const later = new Set(after.containers.map(({ id }) => id));
  return [
    ...before.containers.filter(({ id }) => !later.has(id)).map((gone) => [gone, undefined] as const),
    ...after.containers.map((container) => [earlier.get(container.id), container] as const),
  ];
}

/** Pairs the things of two lists by their keys, and keeps those that differ: first what is gone. */
function pairs<Thing>(
  before: readonly Thing[],
  after: readonly Thing[],
  keyOf: (thing: Thing) => string,
  part: (thing: Thing) => unknown = (thing) => thing,
): Change<Thing>[] {
  const comparable = (thing: Thing) => JSON.stringify(part(thing));
  const earlier = new Map(before.map((thing) => [keyOf(thing), thing]));
  const later = new Set(after.map(keyOf));
  return [
    ...before
      .filter((thing) => !later.has(keyOf(thing)))
      .map((gone) => ({ change: "removed" as const, before: gone })),
    ...after.flatMap((thing): Change<Thing>[] => {
      const was = earlier.get(keyOf(thing));
      if (was === undefined) return [{ change: "added", after: thing }];
      return comparable(was) === comparable(thing) ? [] : [{ change: "changed", before: was, after: thing }];
    }),
  ];
}
