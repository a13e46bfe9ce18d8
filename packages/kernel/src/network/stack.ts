// The network stack of a namespace: which sockets it has, which neighbours it knows, and what passed its
// interfaces. tcp-*.ts, udp-socket.ts and icmp-socket.ts put their sockets into it.
import { FileError } from "../files/file-error.js";
import type { Time } from "../time/time.js";
import { formatAddress, parseIP } from "./address.js";
import type { IcmpPort } from "./icmp-socket.js";
import type { Line } from "./line.js";
import type { NetworkInterface, NetworkNamespace } from "./namespace.js";
import { solicitation } from "./neighbours.js";
import type { Hop, Router } from "./router.js";
import type { CapturedPacket, IcmpMessage, Neighbour, Packet, SocketAddress, SocketInfo } from "./sockets.js";
import type { TcpListener } from "./tcp-listener.js";
import type { TcpSocket } from "./tcp-socket.js";
import type { UdpPort } from "./udp-socket.js";

/** What a stack is made of. */
export interface StackOptions {
  readonly router: Router;
  readonly time: Time;
  /** Returns the interfaces and routes of the namespace at this moment. */
  namespace(): NetworkNamespace;
  /** Whether every address counts as one of the namespace's own. */
  readonly hasEveryAddress?: boolean;
}

/** The way of the answers to a datagram: where they go, with which addresses, and by which interfaces. */
export interface ReplyWay {
  readonly to: NetworkStack;
  /** The address of the answering side, as it sees itself. */
  readonly local: SocketAddress;
  readonly source: SocketAddress;
  readonly destination: SocketAddress;
  /** By which interface answers leave, and the neighbour that they are handed to. */
  readonly out: Hop;
  /** By which interface of the receiver they arrive, and the neighbour that they come from. */
  readonly in: Hop;
  /** What befalls the answers. */
  readonly line?: Line | undefined;
}

/** What has passed an interface, in both directions. */
export interface Passed {
  receivedBytes: number;
  receivedPackets: number;
  sentBytes: number;
  sentPackets: number;
}

type Counts = Pick<NetworkInterface, "received" | "sent">;

const nothing: Counts = { received: { bytes: 0, packets: 0 }, sent: { bytes: 0, packets: 0 } };

/** The ports that connections and unbound sockets get: `net.ipv4.ip_local_port_range`. */
const firstEphemeral = 32_768;
const lastEphemeral = 60_999;

/** How long the kernel asks for a neighbour before it gives up, in nanoseconds. */
const resolvingTakes = 3_060_000_000n;

/** When the kernel asks for a neighbour again that does not answer, in milliseconds. */
const asksAgainAfter = [1_020, 2_040];

/** The MAC address of the loopback interface, and of a neighbour that has not answered. */
const noMac = "00:00:00:00:00:00";

/** The way to a neighbour that has not been met. */
const stranger: Hop = { device: "", address: "", mac: "" };

/** How long a neighbour that has answered counts as reachable, in nanoseconds. */
const reachableFor = 30_000_000_000n;

/** How long a closed connection is remembered by the side that closed it, in nanoseconds. */
const timeWait = 60_000_000_000n;

/**
 * How long the kernel answers for a namespace whose processes have ended, in milliseconds. It takes some tens of them
 * to remove one, and the other sides of its connections were seen to have ended theirs by then.
 */
const leaving = 50;

/** The network stack of one namespace. */
export class NetworkStack {
  readonly router: Router;
  readonly time: Time;
  readonly namespace: () => NetworkNamespace;
  /** Whether the namespace is gone: nothing arrives in it any more, and nothing leaves it. */
  closed = false;
  #leavesUntil = 0n;
  readonly listeners = new Map<number, TcpListener[]>();
  /** By {@link connectionKey}. */
  readonly connections = new Map<string, TcpSocket>();
  readonly udp = new Map<number, UdpPort[]>();
  readonly raw = new Set<IcmpPort>();
  readonly captures = new Set<(packet: CapturedPacket) => void>();
  /** Where replies go that belong to a flow from outside: see udp-socket.ts. */
  readonly replies = new Map<string, ReplyWay>();
  readonly #passed = new Map<string, Passed>();
  readonly #neighbours = new Map<string, { hop: Hop; at: bigint }>();
  /** Until when the kernel asks for neighbours. */
  readonly #resolving = new Map<string, bigint>();
  readonly #closing: { readonly info: SocketInfo; readonly until: bigint }[] = [];
  #ephemeral = firstEphemeral;

  /** Whether it stands for all machines outside, which know the way back to whoever asked. */
  readonly hasEveryAddress: boolean;

  constructor({ router, time, namespace, hasEveryAddress = false }: StackOptions) {
    this.router = router;
    this.time = time;
    this.namespace = namespace;
    this.hasEveryAddress = hasEveryAddress;
  }

  /**
   * Closes every socket as at the end of its process, then the stack. For a moment the kernel still answers
   * what comes for connections that were open: the other sides take their leave.
   */
  shutDown(): void {
    for (const socket of [...this.connections.values()]) socket.close();
    for (const each of [...this.listeners.values()].flat()) each.close();
    const left = [...this.connections.values()];
    this.connections.clear();
    this.close();
    if (left.length === 0) return;
    this.#leavesUntil = this.time.now() + BigInt(leaving) * 1_000_000n;
    this.time.after(leaving, () => {
      for (const socket of left) socket.vanish();
    });
  }

  /** Whether the stack is closed and still answers what comes for its connections. */
  get isLeaving(): boolean {
    return this.#leavesUntil > this.time.now();
  }

  /** Closes every socket without a word to the other side: the namespace is gone. */
  close(): void {
    this.closed = true;
    for (const socket of [...this.connections.values()]) socket.vanish();
    for (const each of [...this.listeners.values()].flat()) each.close();
    for (const each of [...this.udp.values()].flat()) each.close();
    for (const each of [...this.raw]) each.close();
    this.captures.clear();
  }

  /** Returns an address as this stack writes it. @throws {FileError} EINVAL when the text is no address */
  address(text: string): string {
    const address = parseIP(text);
    if (!address) throw new FileError("EINVAL");
    return formatAddress(address);
  }

  /** Returns whether an address is one of the namespace's own. */
  has(address: string): boolean {
    if (this.hasEveryAddress || address.startsWith("127.")) return true;
    const { interfaces, loopback6 } = this.namespace();
    if (address === "::1") return loopback6;
    return interfaces.some((each) => each.addresses.some((own) => formatAddress(own.address) === address));
  }

  /**
   * Checks the address and port that a socket asks for, and chooses a port for port 0.
   *
   * @param isTaken whether another socket has the port
   * @throws {FileError} EADDRNOTAVAIL, EADDRINUSE
   */
  bind(address: string, port: number, isTaken: (port: number) => boolean): number {
    if (!isWildcard(address) && !this.has(address)) throw new FileError("EADDRNOTAVAIL");
    if (port === 0) return this.ephemeralPort(isTaken);
    if (isTaken(port)) throw new FileError("EADDRINUSE");
    return port;
  }

  /** Chooses a free port for a socket that asks for none. @throws {FileError} EADDRINUSE when none is free */
  ephemeralPort(isTaken: (port: number) => boolean): number {
    for (let tries = 0; tries <= lastEphemeral - firstEphemeral; tries++) {
      const port = this.#ephemeral;
      this.#ephemeral = port === lastEphemeral ? firstEphemeral : port + 1;
      if (!isTaken(port)) return port;
    }
    throw new FileError("EADDRINUSE");
  }

  /** Returns the listener that takes connections to an address, if there is one. */
  listenerAt({ address, port }: SocketAddress): TcpListener | undefined {
    const all = this.listeners.get(port);
    return all?.find((each) => each.local.address === address) ?? all?.find((each) => takes(each, address));
  }

  /** Returns the UDP socket that takes a datagram, if there is one: first one that is connected to its sender. */
  udpAt({ address, port }: SocketAddress, from: SocketAddress): UdpPort | undefined {
    const all = this.udp.get(port)?.filter((each) => takes(each, address));
    return (
      all?.find(({ remote }) => remote?.address === from.address && remote.port === from.port) ??
      all?.find(({ remote }) => remote === undefined)
    );
  }

  /** Counts a packet and shows it to those who capture. */
  pass(hop: Hop, direction: "in" | "out", bytes: number, packet: () => Packet): void {
    this.count(hop.device, direction, bytes);
    if (this.captures.size > 0) this.show(hop, direction, packet());
  }

  /** Shows a packet to those who capture. One that stays in the namespace is shown once: when it arrives. */
  show(hop: Hop, direction: "in" | "out", packet: Packet, group?: string): void {
    const { device } = hop;
    if (device === "lo" && direction === "out") return;
    const frame = this.#frameOf(hop, direction, group);
    const captured = { time: this.time.now(), device, direction, frame, packet };
    for (const capture of this.captures) capture(captured);
  }

  #frameOf({ device, mac }: Hop, direction: "in" | "out", group?: string): CapturedPacket["frame"] {
    const own = this.namespace().interfaces.find(({ name }) => name === device)?.mac || noMac;
    const other = mac || noMac;
    return direction === "out"
      ? { source: own, destination: group ?? other }
      : { source: other, destination: group ?? own };
  }

  /** Counts a packet, and shows it to nobody. */
  count(device: string, direction: "in" | "out", bytes: number): void {
    let passed = this.#passed.get(device);
    if (!passed) {
      passed = { receivedBytes: 0, receivedPackets: 0, sentBytes: 0, sentPackets: 0 };
      this.#passed.set(device, passed);
    }
    if (direction === "in") {
      passed.receivedBytes += bytes;
      passed.receivedPackets++;
    } else {
      passed.sentBytes += bytes;
      passed.sentPackets++;
    }
  }

  /** Returns what has passed an interface since the stack was made. */
  passed(device: string): Passed | undefined {
    return this.#passed.get(device);
  }

  /** Returns the namespace with what has passed its interfaces. */
  counted(): NetworkNamespace {
    const namespace = this.namespace();
    const loopback = this.#counted("lo", nothing);
    return {
      ...namespace,
      loopback,
      interfaces: namespace.interfaces.map((each) => this.#counted(each.name, each)),
    };
  }

  #counted<C extends Counts>(device: string, counts: C): C {
    const passed = this.#passed.get(device);
    if (!passed) return counts;
    const { received, sent } = counts;
    return {
      ...counts,
      received: {
        bytes: received.bytes + passed.receivedBytes,
        packets: received.packets + passed.receivedPackets,
      },
      sent: { bytes: sent.bytes + passed.sentBytes, packets: sent.packets + passed.sentPackets },
    };
  }

  /**
   * Remembers a neighbour that a packet is handed to, or that hands one over. What the two kernels say to each other
   * before the first packet is shown to those who capture.
   */
  meet(hop: Hop, direction: "in" | "out"): void {
    const known = this.learn(hop);
    if (!known || known === hop) return;
    if (this.captures.size === 0 || hop.mac === "" || known.mac === hop.mac) return;
    const own = this.namespace().interfaces.find(({ name }) => name === hop.device);
    if (!own) return;
    const said = solicitation(own, hop, direction);
    if (!said) return;
    this.show(hop, direction, said.question, said.group);
    this.show(hop, direction === "out" ? "in" : "out", said.answer);
  }

  /** Remembers a neighbour. Returns the way to it that was known before; `undefined` where nobody is met. */
  learn(hop: Hop): Hop | undefined {
    if (hop.address === "" || isMulticast(hop.address)) return undefined;
    const known = this.#neighbours.get(hop.address);
    if (known?.hop === hop) known.at = this.time.now();
    else this.#neighbours.set(hop.address, { hop, at: this.time.now() });
    return known?.hop ?? stranger;
  }

  /** Shows to those who capture that the kernel asks for a neighbour in vain: once a second, three times. */
  #askInVain(hop: Hop): void {
    const own = this.namespace().interfaces.find(({ name }) => name === hop.device);
    const said = own && solicitation(own, hop, "out");
    if (!said) return;
    const ask = (): void => this.show(hop, "out", said.question, said.group);
    ask();
    for (const wait of asksAgainAfter) {
      this.time.after(wait, () => {
        if (!this.closed) ask();
      });
    }
  }

  /**
   * Returns the milliseconds until the kernel gives up to ask for a neighbour that does not answer. All packets
   * that are sent meanwhile wait for the same answer.
   */
  resolving(hop: Hop): number {
    const now = this.time.now();
    let until = this.#resolving.get(hop.address) ?? 0n;
    if (until <= now) {
      until = now + resolvingTakes;
      this.#resolving.set(hop.address, until);
      if (this.captures.size > 0 && hop.mac === "") this.#askInVain(hop);
    }
    return Number(until - now) / 1e6;
  }

  neighbours(): readonly Neighbour[] {
    const now = this.time.now();
    const { interfaces } = this.namespace();
    return [...this.#neighbours.values()]
      .filter(({ hop }) => interfaces.some(({ name }) => name === hop.device))
      .map(({ hop, at }) => ({
        address: hop.address,
        device: hop.device,
        mac: hop.mac,
        state: hop.mac === "" ? "FAILED" : now - at < reachableFor ? "REACHABLE" : "STALE",
      }));
  }

  /** Remembers a connection that this side has closed, for the minute in which late packets may come. */
  remember(info: SocketInfo): void {
    const now = this.time.now();
    while (this.#closing.length > 0 && this.#closing[0]!.until <= now) this.#closing.shift();
    // Few look at them, and a busy client closes thousands a second.
    if (this.#closing.length < 4096) this.#closing.push({ info, until: now + timeWait });
  }

  sockets(): readonly SocketInfo[] {
    const now = this.time.now();
    return [
      ...[...this.listeners.values()].flat().map((each) => each.info()),
      ...[...this.connections.values()].map((each) => each.info()),
      ...this.#closing.filter(({ until }) => until > now).map(({ info }) => info),
      ...[...this.udp.values()].flat().map((each) => each.info()),
      ...[...this.raw].map((each) => each.info()),
    ];
  }

  /** Hands an ICMP message to the raw sockets of the namespace. */
  receiveIcmp(message: IcmpMessage): void {
    for (const each of this.raw) each.arrive(message);
  }
}

/** A group of hosts has no neighbour that could be asked for. */
function isMulticast(address: string): boolean {
  return address.includes(":") ? /^ff/i.test(address) : /^2(2[4-9]|3\d)\./.test(address);
}

/** Returns where a packet to an address goes: no address stands for the namespace itself. */
export function destinationOf(address: string): string {
  if (!isWildcard(address)) return address;
  return address === "::" ? "::1" : "127.0.0.1";
}

/** Returns whether an address stands for all addresses. */
function isWildcard(address: string): boolean {
  return address === "0.0.0.0" || address === "::";
}

/** What a socket is bound to. */
export interface Bound {
  readonly local: SocketAddress;
  /** Whether a socket on `::` leaves IPv4 to others (`IPV6_V6ONLY`). */
  readonly onlyIPv6: boolean;
}

/** Returns whether a socket takes what comes to an address. */
function takes({ local, onlyIPv6 }: Bound, address: string): boolean {
  if (local.address === address) return true;
  const isIPv6 = address.includes(":");
  return local.address === "::" ? isIPv6 || !onlyIPv6 : local.address === "0.0.0.0" && !isIPv6;
}

/** Returns whether two sockets exclude each other on one port. */
export function conflict(one: Bound, other: Bound): boolean {
  return takes(one, other.local.address) || takes(other, one.local.address);
}

/** Returns the key of a connection: its two ends. */
export function connectionKey(local: SocketAddress, remote: SocketAddress): string {
  return `${local.address} ${local.port} ${remote.address} ${remote.port}`;
}

/** Returns the family of an address as text. */
export function familyOf(address: string): 4 | 6 {
  return address.includes(":") ? 6 : 4;
}
