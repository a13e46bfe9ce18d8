// Where everything of the picture is. Networks are lanes that run down, with the gateway on top; those that every engine
// has come last, so that a learner's own are seen first. Containers are rows that cross the lanes, with a berth on each of
// their networks. The host is the first row, and its edge is on the left, with a door for each published port. Pure
// geometry: nothing here knows of a page.
import type { Topology, TopologyContainer, TopologyEndpoint, TopologyNetwork } from "@dryharbor/sdk/topology";

export interface Plan {
  readonly width: number;
  readonly height: number;
  readonly edge: { readonly width: number; readonly top: number; readonly bottom: number };
  readonly host: HostRow;
  readonly lanes: readonly Lane[];
  readonly rows: readonly Row[];
  readonly resting: readonly Row[];
  /** Where the caption of those that do not run stands; absent without any. */
  readonly restingY: number | undefined;
}

export interface Lane {
  readonly id: string;
  readonly network: TopologyNetwork;
  /** The number of its colour; `undefined` for the networks that every engine has. */
  readonly colour: number | undefined;
  readonly x: number;
  readonly width: number;
  /** Where its line runs. */
  readonly line: number;
  readonly kind: string;
  readonly gateways: readonly string[];
}

interface Box {
  readonly x: number;
  readonly y: number;
  readonly width: number;
  readonly height: number;
  /** Where the line to the berths runs. */
  readonly middle: number;
}

interface HostRow {
  readonly box: Box;
}

export interface Row {
  readonly id: string;
  readonly container: TopologyContainer;
  readonly box: Box;
  readonly berths: readonly BerthPlace[];
  readonly doors: readonly DoorPlace[];
  /** Small lines in its box, under the name. */
  readonly notes: readonly string[];
}

export interface BerthPlace {
  readonly lane: Lane;
  readonly endpoint: TopologyEndpoint;
  readonly addresses: readonly string[];
  readonly labels: readonly Label[];
}

/** A further name of a container, or one that this container has for another. */
interface Label {
  readonly kind: "alias" | "link";
  readonly text: string;
  readonly name: string;
}

interface DoorPlace {
  readonly label: string;
  readonly port: number;
  readonly y: number;
}

/** The sizes that the plan is made of, in pixels. */
export const sizes = {
  character: 7.3,
  line: 17,
  edge: 12,
  box: { least: 116, most: 190, gap: 14 },
  labelHeight: 19,
  /** How small the picture may become, where there is little room, before it is scrolled. */
  leastScale: 0.68,
} as const;

/** The line of each lane is this far from its left side, and the texts of berths begin that far from the line. */
const lineAt = 18;
const textAt = 14;
const laneGap = 8;

/** How wide names in a lane may be. Where there is little room, they are shortened rather than out of sight. */
const nameWidths = [300, 220, 160, 120, 76] as const;

/**
 * Makes the plan of a topology.
 * @param room how wide the picture may be, in pixels of the screen. Names are shortened to keep to it as far as they can.
 */
export function planOf(topology: Topology, room = Number.POSITIVE_INFINITY): Plan {
  let plan = planWith(topology, nameWidths[0]);
  for (const nameWidth of nameWidths.slice(1)) {
    if (plan.width * sizes.leastScale <= room) break;
    plan = planWith(topology, nameWidth);
  }
  return plan;
}

function planWith(topology: Topology, nameWidth: number): Plan {
  const running = topology.containers.filter(runs);
  const resting = topology.containers.filter((container) => !runs(container));
  const inUse = new Set(running.flatMap(({ endpoints }) => endpoints.map(({ networkId }) => networkId)));
  let colours = 0;
  const networks = topology.networks
    .map((network) => ({ network, colour: isPredefined(network) ? undefined : colours++ }))
    .filter(({ network, colour }) => colour !== undefined || inUse.has(network.id))
    .sort((one, other) => Number(one.colour === undefined) - Number(other.colour === undefined));

  const doorsOf = new Map(running.map((container) => [container.id, doorLabels(container)]));
  const doorWidth = Math.max(0, ...[...doorsOf.values()].flat().map(({ label }) => textWidth(label) + 22));
  const left = sizes.edge + Math.max(doorWidth, 10) + 14;
  const boxWidth = clamp(
    Math.max(
      ...topology.containers.map(({ name, image }) => Math.max(textWidth(name) * 1.1, textWidth(image)) + 40),
      0,
    ),
    sizes.box.least,
    Math.min(sizes.box.most, nameWidth + 40),
  );

  let x = left + boxWidth + 22;
  const lanes = networks.map(({ network, colour }): Lane => {
    const kind = network.internal ? `${network.driver}, internal` : network.driver;
    const gateways = network.subnets.flatMap(({ gateway }) => gateway ?? []);
    const there = running.flatMap(({ endpoints }) =>
      endpoints.filter(({ networkId }) => networkId === network.id),
    );
    const width = laneWidth(network, kind, gateways, there, nameWidth);
    const lane = { id: network.id, network, colour, x, width, line: x + lineAt, kind, gateways };
    x += width + laneGap;
    return lane;
  });
  const width = Math.max(x, left + boxWidth + 24);

  const headLines = Math.max(1, ...lanes.map(({ network }) => network.subnets.length));
  let y = 60 + headLines * sizes.line;
  const box = (height: number, middle = 22): Box => ({
    x: left,
    y,
    width: boxWidth,
    height,
    middle: y + middle,
  });
  const host: HostRow = { box: box(44) };
  const gatewayLines = Math.max(1, ...lanes.map(({ gateways }) => gateways.length));
  y += Math.max(44, 16 + gatewayLines * sizes.line) + sizes.box.gap + 6;

  const rows = running.map((container): Row => {
    const berths = container.endpoints.flatMap((endpoint): BerthPlace[] => {
      const lane = lanes.find(({ id }) => id === endpoint.networkId);
      return lane ? [{ lane, endpoint, addresses: addressesOf(endpoint), labels: labelsOf(endpoint) }] : [];
    });
    const notes = notesOf(container);
    const doors = doorsOf.get(container.id) ?? [];
    const berthHeight = Math.max(
      0,
      ...berths.map(({ addresses, labels }) => {
        return Math.max(addresses.length, 1) * sizes.line + labels.length * sizes.labelHeight + 14;
      }),
    );
    const height = Math.max(46 + notes.length * 15, berthHeight, 20 + doors.length * 24);
    const place = box(46 + notes.length * 15);
    const row = {
      id: container.id,
      container,
      box: place,
      berths,
      notes,
      doors: doors.map((door, index) => ({ ...door, y: place.middle + index * 24 })),
    };
    y += height + sizes.box.gap;
    return row;
  });

  const bottom = y;
  let restingY: number | undefined;
  const restingRows: Row[] = [];
  if (resting.length > 0) {
    restingY = y + 22;
    y += 34;
    const perLine = Math.max(1, Math.floor((width - left + sizes.box.gap) / (boxWidth + sizes.box.gap)));
    for (const [index, container] of resting.entries()) {
      const column = index % perLine;
      if (index > 0 && column === 0) y += 46 + 15 + sizes.box.gap;
      const place = box(46 + 15);
      restingRows.push({
        id: container.id,
        container,
        box: { ...place, x: left + column * (boxWidth + sizes.box.gap) },
        berths: [],
        doors: [],
        notes: [stateOf(container)],
      });
    }
    y += 46 + 15 + sizes.box.gap;
  }
  return {
    width,
    height: y + 4,
    edge: { width: sizes.edge, top: host.box.y - 10, bottom: bottom - 4 },
    host,
    lanes,
    rows,
    resting: restingRows,
    restingY,
  };
}

/** Whether a container has a network namespace: it runs, or is paused. */
export function runs({ state }: TopologyContainer): boolean {
  return state === "running" || state === "paused" || state === "restarting";
}

function isPredefined({ name }: TopologyNetwork): boolean {
  return name === "bridge" || name === "host" || name === "none";
}

function laneWidth(
  network: TopologyNetwork,
  kind: string,
  gateways: readonly string[],
  endpoints: readonly TopologyEndpoint[],
  nameWidth: number,
): number {
  const widest = (widths: readonly number[]) => Math.max(0, ...widths);
  const names = [network.name, kind].map((text) => textWidth(text) * 1.1);
  const subnets = network.subnets.map(({ subnet }) => textWidth(subnet));
  const labels = endpoints.flatMap((endpoint) => labelsOf(endpoint).map(({ text }) => labelWidth(text)));
  const addresses = [...gateways, ...endpoints.flatMap(addressesOf)].map(textWidth);
  const head = Math.max(Math.min(widest(names), nameWidth), widest(subnets)) + 22;
  const berths = Math.max(Math.min(widest(labels), nameWidth), widest(addresses)) + lineAt + textAt + 8;
  return Math.max(head, berths);
}

/** How wide the label of a name is. */
export function labelWidth(text: string): number {
  return text.length * 6.7 + 14;
}

/** How wide a text is, in pixels of the monospaced font. */
function textWidth(text: string): number {
  return text.length * sizes.character;
}

function clamp(value: number, least: number, most: number): number {
  return Math.min(Math.max(value, least), most);
}

function addressesOf({ ipv4, ipv6 }: TopologyEndpoint): string[] {
  return [ipv4, ipv6].filter((address) => address !== undefined);
}

function labelsOf({ aliases, links }: TopologyEndpoint): Label[] {
  return [
    ...aliases.map((name) => ({ kind: "alias" as const, text: name, name })),
    ...links.map(({ target, alias }) => ({
      kind: "link" as const,
      text: `${alias} → ${target}`,
      name: alias,
    })),
  ];
}

function notesOf({ state, health, sharesNetworkOf, ports }: TopologyContainer): string[] {
  const exposed = ports.filter(({ published }) => published.length === 0);
  return [
    ...(state === "running" ? [] : [state]),
    ...(health ? [health] : []),
    ...(sharesNetworkOf === undefined ? [] : [`in the network of ${sharesNetworkOf}`]),
    ...(exposed.length === 0 ? [] : [exposed.map(({ port, protocol }) => `${port}/${protocol}`).join(" ")]),
  ];
}

/** What is to be said of a container that does not run. */
export function stateOf({ state, exitCode }: TopologyContainer): string {
  return exitCode === undefined ? state : `${state} (${exitCode})`;
}

function doorLabels({ ports }: TopologyContainer): { readonly label: string; readonly port: number }[] {
  return ports.flatMap(({ port, protocol, published }) => {
    const inner = protocol === "tcp" ? `${port}` : `${port}/${protocol}`;
    const outer = new Map(
      published.map(({ address, port }) => {
        const isEverywhere = address === "0.0.0.0" || address === "::";
        const host = address.includes(":") ? `[${address}]` : address;
        return [isEverywhere ? `${port}` : `${host}:${port}`, port] as const;
      }),
    );
    return [...outer].map(([from, number]) => ({
      label: from === inner ? from : `${from} → ${inner}`,
      port: number,
    }));
  });
}
