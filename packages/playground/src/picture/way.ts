// The way of a packet through the picture, as points.
import type { ObservedPacket, PacketEnd } from "@dryharbor/simulator";
import type { Lane, Plan, Row } from "./plan.js";

export interface Point {
  readonly x: number;
  readonly y: number;
}

/** How a packet travels. */
export interface Way {
  readonly points: readonly Point[];
  /** What it says, in a word or two. */
  readonly label: string;
  readonly kind: "question" | "answer" | "refusal" | "data" | "lost";
}

/** Returns the way of a packet, or `undefined` where there is nothing to see: an acknowledgement, or a gone container. */
export function wayOf(packet: ObservedPacket, plan: Plan): Way | undefined {
  const said = wordOf(packet);
  if (!said) return undefined;
  const points = packet.dns ? dnsPoints(packet, plan) : pointsOf(packet, plan);
  return points && { points, ...said };
}

function wordOf({
  protocol,
  kind,
  dns,
  lost,
  size,
}: ObservedPacket): Pick<Way, "label" | "kind"> | undefined {
  if (dns) {
    if (dns.status === undefined)
      return dns.type === "A" || dns.type === "PTR" ? { label: `${dns.name}?`, kind: "question" } : undefined;
    if (dns.status === "found") return { label: dns.records.join(", "), kind: "answer" };
    if (dns.type === "AAAA") return undefined;
    return {
      label: dns.status === "no-data" ? "no address" : dns.status.replaceAll("-", " "),
      kind: "refusal",
    };
  }
  if (protocol === "arp" || protocol === "neighbour") return { label: "who has it?", kind: "lost" };
  if (protocol === "icmp") {
    if (kind === "echo-request") return { label: "ping", kind: lost ? "lost" : "question" };
    if (kind === "echo-reply") return { label: "pong", kind: "answer" };
    return { label: kind.replaceAll("-", " "), kind: "refusal" };
  }
  if (protocol === "udp") return { label: `${size} bytes`, kind: lost ? "lost" : "data" };
  if (kind === "S") return { label: "connect", kind: lost ? "lost" : "question" };
  if (kind === "S.") return { label: "accept", kind: "answer" };
  if (kind.startsWith("R")) return { label: "refused", kind: "refusal" };
  if (size > 0) return { label: `${size} bytes`, kind: "data" };
  return undefined;
}

/** The row of a container, or of the one whose network it uses. */
function rowOf(plan: Plan, name: string | undefined): Row | undefined {
  return plan.rows.find(({ container }) => container.name === name);
}

/** A question to the embedded server goes to the engine, which answers it on the host. */
function dnsPoints({ from, dns, sentTo }: ObservedPacket, plan: Plan): Point[] | undefined {
  const row = rowOf(plan, from.container);
  const { box } = plan.host;
  if (!row) return undefined;
  const isAnswer = dns!.status !== undefined;
  const isEmbedded = sentTo.address.startsWith("127.") || from.address.startsWith("127.");
  const spine = box.x - 9;
  const there: Point[] = isEmbedded
    ? [
        { x: row.box.x, y: row.box.middle },
        { x: spine, y: row.box.middle },
        { x: spine, y: box.middle },
        { x: box.x, y: box.middle },
      ]
    : outwards(row, row.berths[0]?.lane, plan);
  return isAnswer ? there.reverse() : there;
}

function outwards(row: Row, lane: Lane | undefined, plan: Plan): Point[] {
  const { box } = plan.host;
  if (!lane) return [right(row), { x: right(row).x + 30, y: row.box.middle }];
  return [
    right(row),
    { x: lane.line, y: row.box.middle },
    { x: lane.line, y: box.middle },
    { x: box.x + box.width, y: box.middle },
  ];
}

function pointsOf(packet: ObservedPacket, plan: Plan): Point[] | undefined {
  const { from, to, sentTo } = packet;
  const source = rowOf(plan, from.container);
  const target = to && rowOf(plan, to.container);
  if (from.place === "container" && !source) return undefined;
  if (!to) return lostPoints(packet, source, plan);
  if (to.place === "container" && !target) return undefined;
  if (source && source === target) return loop(source);
  if (source && target) {
    const lane = laneBetween(source, target, [from.address, to.address, sentTo.address]);
    if (!lane)
      return [
        right(source),
        { x: right(source).x + 14, y: source.box.middle },
        { x: right(source).x + 14, y: target.box.middle },
        right(target),
      ];
    return [
      right(source),
      { x: lane.line, y: source.box.middle },
      { x: lane.line, y: target.box.middle },
      right(target),
    ];
  }
  const row = source ?? target;
  if (!row) return undefined;
  const outside = source ? to : from;
  const way = hostWay(row, outside, source ? from.port : to.port, plan, [
    from.address,
    to.address,
    sentTo.address,
  ]);
  return source ? way.reverse() : way;
}

/** From the host, or from outside, to a container. */
function hostWay(
  row: Row,
  outer: PacketEnd,
  _port: number,
  plan: Plan,
  addresses: readonly string[],
): Point[] {
  const { box } = plan.host;
  const viaDoor = row.doors[0];
  const lane =
    row.berths.find(({ lane }) => lane.gateways.some((gateway) => addresses.includes(gateway)))?.lane ??
    row.berths[0]?.lane;
  const start: Point[] = outer.place === "outside" ? [{ x: 2, y: plan.edge.top - 12 }] : [];
  if (viaDoor && outer.place === "host") {
    return [
      { x: box.x, y: box.middle },
      { x: plan.edge.width / 2, y: box.middle },
      { x: plan.edge.width / 2, y: viaDoor.y },
      { x: row.box.x, y: viaDoor.y },
    ];
  }
  if (!lane)
    return [
      ...start,
      { x: box.x, y: box.middle },
      { x: box.x - 9, y: box.middle },
      { x: box.x - 9, y: row.box.middle },
      { x: row.box.x, y: row.box.middle },
    ];
  return [
    ...start,
    { x: box.x + box.width, y: box.middle },
    { x: lane.line, y: box.middle },
    { x: lane.line, y: row.box.middle },
    right(row),
  ];
}

function lostPoints(
  { sentTo, lost, protocol }: ObservedPacket,
  source: Row | undefined,
  plan: Plan,
): Point[] | undefined {
  const { box } = plan.host;
  if (!source)
    return [
      { x: box.x + box.width, y: box.middle },
      { x: box.x + box.width + 24, y: box.middle },
    ];
  const lane = source.berths[0]?.lane;
  if (!lane) return [right(source), { x: right(source).x + 20, y: source.box.middle }];
  const rail = { x: lane.line, y: source.box.middle };
  if (protocol === "arp" || lost === "nobody")
    return [right(source), rail, { x: lane.line, y: source.box.middle + 34 }];
  const other = plan.lanes.find(({ network }) =>
    network.subnets.some(({ subnet }) => sharesPrefix(subnet, sentTo.address)),
  );
  const gate = { x: lane.line, y: box.middle };
  return [
    right(source),
    rail,
    gate,
    ...(other && other !== lane ? [{ x: (lane.line + other.line) / 2, y: box.middle }] : []),
  ];
}

/** Whether an address looks as if it were of a subnet: good enough to choose a lane. */
function sharesPrefix(subnet: string, address: string): boolean {
  const [base = "", length = "0"] = subnet.split("/");
  const parts = Math.floor(Number(length) / 8);
  return (
    base.includes(".") &&
    base.split(".").slice(0, parts).join(".") === address.split(".").slice(0, parts).join(".")
  );
}

function laneBetween(one: Row, other: Row, addresses: readonly string[]): Lane | undefined {
  const shared = one.berths.filter(({ lane }) => other.berths.some((berth) => berth.lane === lane));
  const used = shared.find(({ lane }) =>
    [...one.berths, ...other.berths].some(
      (berth) => berth.lane === lane && berth.addresses.some((address) => addresses.includes(address)),
    ),
  );
  return (used ?? shared[0])?.lane;
}

function right({ box }: Row): Point {
  return { x: box.x + box.width, y: box.middle };
}

/** What a container sends to itself goes out and in again. */
function loop({ box }: Row): Point[] {
  const top = box.y - 5;
  return [
    { x: box.x + box.width * 0.3, y: box.y + 6 },
    { x: box.x + box.width * 0.3, y: top },
    { x: box.x + box.width * 0.7, y: top },
    { x: box.x + box.width * 0.7, y: box.y + 6 },
  ];
}
