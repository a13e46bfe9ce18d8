// What pictures of a topology show, whatever they are drawn with: networks are lanes, containers that run are rows,
// and where a row crosses a lane there may be a berth.
import { type Change, changes, type TopologyChange } from "./changes.js";
import { predefinedNetworks } from "./predefined-networks.js";
import { visible } from "./text.js";
import type { Topology, TopologyContainer, TopologyEndpoint } from "./topology.js";

/** What has become of a thing since the earlier topology. */
export type Mark = Change<unknown>["change"];

/** The sign of each mark, for those who see no colours. */
export const signs: Readonly<Record<Mark, string>> = { added: "+", changed: "~", removed: "-" };

/** A text with the sign of its mark before it. */
export function marked(mark: Mark | undefined, text: string): string {
  return mark === undefined ? text : `${signs[mark]} ${text}`;
}

export interface Picture {
  readonly lanes: readonly Lane[];
  readonly rows: readonly Row[];
  /** Containers that do not run. */
  readonly resting: readonly Resting[];
}

export interface Lane {
  readonly id: string;
  readonly name: string;
  /** E.g. `bridge, internal`. */
  readonly kind: string;
  readonly subnets: readonly string[];
  readonly gateways: readonly string[];
  readonly mark: Mark | undefined;
  /** The number of its colour. The networks that every engine has have none, so that they do not change the others'. */
  readonly colour: number | undefined;
}

export interface Row {
  readonly name: string;
  /** What is to be known beside its name, such as its ports. */
  readonly notes: readonly string[];
  readonly mark: Mark | undefined;
  readonly doors: readonly Door[];
  /** By the id of the lane. */
  readonly berths: ReadonlyMap<string, Berth>;
}

/** A port of the host that leads to a container. */
export interface Door {
  /** E.g. `3000` for the same port inside, `8080 → 80`, `127.0.0.1:53 → 53/udp`. */
  readonly label: string;
  readonly mark: Mark | undefined;
}

/** A container's place on a network. The first line is its address. */
export interface Berth {
  readonly lines: readonly string[];
  readonly mark: Mark | undefined;
}

interface Resting {
  readonly name: string;
  /** E.g. `exited (0)`. */
  readonly state: string;
  readonly mark: Mark | undefined;
}

/** Makes the picture of a topology. What has changed since an earlier one is marked, and what is gone is shown too. */
export function pictureOf(topology: Topology, since: Topology = topology): Picture {
  const marks = marksOf(changes(since, topology));
  const earlier = new Map(since.containers.map((container) => [container.id, container]));
  const containers = merged(since.containers, topology.containers);
  const rows: Row[] = [];
  const resting: Resting[] = [];
  for (const container of containers) {
    const was = earlier.get(container.id);
    const mark = marks.get(containerKey(container.id));
    if (runs(container) || (was !== undefined && runs(was))) {
      rows.push(rowOf(container, runs(container) ? container : (was ?? container), was, marks));
    } else if (mark !== "removed") {
      resting.push({ name: visible(container.name), state: stateOf(container), mark });
    }
  }
  let colours = 0;
  const lanes = merged(since.networks, topology.networks)
    .map(
      (network): Lane => ({
        id: network.id,
        name: visible(network.name),
        kind: network.internal ? `${visible(network.driver)}, internal` : visible(network.driver),
        subnets: network.subnets.map(({ subnet }) => subnet),
        gateways: network.subnets.flatMap(({ gateway }) => gateway ?? []),
        mark: marks.get(networkKey(network.id)),
        colour: predefinedNetworks.includes(network.name) ? undefined : colours++,
      }),
    )
    .filter(
      ({ id, colour, mark }) =>
        mark !== undefined || colour !== undefined || rows.some(({ berths }) => berths.has(id)),
    );
  return { lanes, rows, resting };
}

function runs({ state }: TopologyContainer): boolean {
  return state === "running" || state === "paused" || state === "restarting";
}

function rowOf(
  container: TopologyContainer,
  shown: TopologyContainer,
  was: TopologyContainer | undefined,
  marks: ReadonlyMap<string, Mark>,
): Row {
  const { id, name } = container;
  const gone = (was?.endpoints ?? []).filter(
    ({ network }) => !shown.endpoints.some((endpoint) => endpoint.network === network),
  );
  const doors = merged(
    (was?.ports ?? []).filter(({ published }) => published.length > 0),
    shown.ports.filter(({ published }) => published.length > 0),
    portKey,
  );
  const exposed = shown.ports.filter(({ published }) => published.length === 0).map(portKey);
  const state = stateOf(container);
  return {
    name: visible(name),
    notes: [
      ...(state === "" ? [] : [state]),
      ...(shown.sharesNetworkOf === undefined ? [] : [`in the network of ${visible(shown.sharesNetworkOf)}`]),
      ...(exposed.length === 0 ? [] : [exposed.join(" ")]),
    ],
    mark: marks.get(containerKey(id)),
    doors: doors.flatMap((port) => {
      const mark = marks.get(doorKey(id, portKey(port)));
      return doorLabels(port).map((label) => ({ label, mark }));
    }),
    berths: new Map(
      [...gone, ...shown.endpoints].map((endpoint) => {
        const mark = runs(container) ? marks.get(berthKey(id, endpoint.network)) : "removed";
        return [endpoint.networkId, { lines: berthLines(endpoint), mark }];
      }),
    ),
  };
}

function berthLines({ ipv4, ipv6, aliases, links }: TopologyEndpoint): string[] {
  const addresses = [ipv4, ipv6].filter((address) => address !== undefined);
  return [
    ...(addresses.length === 0 ? [""] : addresses),
    ...aliases.map((alias) => `alias ${visible(alias)}`),
    ...links.map(({ target, alias }) => `link ${visible(alias)} → ${visible(target)}`),
  ];
}

/** What is to be said of a container's state: nothing of one that runs and is well. */
function stateOf({ state, exitCode, health }: TopologyContainer): string {
  if (state === "exited" || state === "dead") return `${state} (${exitCode})`;
  return [state === "running" ? "" : state, health === undefined || state !== "running" ? "" : health].join(
    "",
  );
}

interface Port {
  readonly port: number;
  readonly protocol: string;
}

function portKey({ port, protocol }: Port): string {
  return `${port}/${protocol}`;
}

function doorLabels(port: TopologyContainer["ports"][number]): string[] {
  const inner = port.protocol === "tcp" ? `${port.port}` : portKey(port);
  const outer = port.published.map(({ address, port }) => {
    const everywhere = address === "0.0.0.0" || address === "::";
    return everywhere ? `${port}` : `${address.includes(":") ? `[${address}]` : address}:${port}`;
  });
  return [...new Set(outer)].map((from) => (from === inner ? from : `${from} → ${inner}`));
}

function marksOf(found: readonly TopologyChange[]): ReadonlyMap<string, Mark> {
  return new Map(
    found.map((change) => {
      if (change.what === "network") return [networkKey(change.networkId), change.change];
      if (change.what === "container") return [containerKey(change.containerId), change.change];
      if (change.what === "endpoint") return [berthKey(change.containerId, change.network), change.change];
      const port = change.change === "removed" ? change.before : change.after;
      return [doorKey(change.containerId, portKey(port)), change.change];
    }),
  );
}

const networkKey = (id: string) => JSON.stringify(["network", id]);
const containerKey = (id: string) => JSON.stringify(["container", id]);
const berthKey = (containerId: string, network: string) => JSON.stringify(["berth", containerId, network]);
const doorKey = (containerId: string, port: string) => JSON.stringify(["door", containerId, port]);

/** What is there, and in its old place what is not there any more. */
function merged<Thing>(
  before: readonly Thing[],
  after: readonly Thing[],
  keyOf: (thing: Thing) => string = (thing) => (thing as { readonly id: string }).id,
): Thing[] {
  const result = [...after];
  const present = new Set(after.map(keyOf));
  for (const [index, thing] of before.entries()) {
    if (present.has(keyOf(thing))) continue;
    const neighbour = before[index - 1];
    const place = neighbour ? result.findIndex((other) => keyOf(other) === keyOf(neighbour)) : -1;
    result.splice(place + 1, 0, thing);
  }
  return result;
}
