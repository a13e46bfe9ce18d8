// The sockets of a process: what a program can do with its network. Authors of network programs read this
// file after processes/program.ts. stack.ts and the files beside it implement it.
//
// Addresses are text, as Go writes them (`172.18.0.2`, `fd00::2`). `0.0.0.0` and `::` mean every address of
// the network namespace. All failures are a `FileError` with the errno that Linux gives.
import type { OpenFile } from "../processes/open-file.js";
import type { NetworkNamespace } from "./namespace.js";

/** An IP address and a port. */
export interface SocketAddress {
  readonly address: string;
  readonly port: number;
}

/**
 * The network of a process: its network namespace, and sockets in it. The sockets that a process opens are
 * closed at its end.
 *
 * @example
 * // Answers each connection with one line.
 * const listener = network.listen(7);
 * for (;;) {
 *   const connection = await listener.accept();
 *   await connection.write(new TextEncoder().encode("hello\n"));
 *   connection.close();
 * }
 */
export interface Network {
  /** The interfaces, addresses and routes at this moment. */
  readonly namespace: NetworkNamespace;
  /** The neighbours whose MAC addresses the namespace knows or has asked for, as `arp` and `ip neigh` show them. */
  neighbours(): readonly Neighbour[];
  /** The sockets of the namespace, as `netstat` and `ss` show them. */
  sockets(): readonly SocketInfo[];
  /**
   * Opens a TCP connection. A process that waits in it can be killed.
   *
   * @param address an IP address: look names up with `lookup` of the process
   * @throws {FileError} ECONNREFUSED, EHOSTUNREACH, ENETUNREACH, ETIMEDOUT (also where `within` has passed),
   * EADDRINUSE and EADDRNOTAVAIL of the local address
   */
  connect(address: string, port: number, options?: ConnectOptions): Promise<Connection>;
  /**
   * Listens for TCP connections.
   *
   * @param port 0 for an ephemeral port
   * @throws {FileError} EADDRINUSE, EADDRNOTAVAIL
   */
  listen(port: number, options?: ListenOptions): Listener;
  /** Opens a UDP socket. @throws {FileError} EADDRINUSE, EADDRNOTAVAIL */
  udp(options?: UdpOptions): UdpSocket;
  /** Opens a raw ICMP socket, as `ping` and `traceroute` use it. */
  icmp(family: 4 | 6): IcmpSocket;
  /**
   * Asks on a link who has an address (ARP). Resolves to the MAC address, or to `undefined` after `within`
   * milliseconds.
   *
   * @param device the name of the interface
   */
  arp(device: string, address: string, within: number): Promise<string | undefined>;
  /** Sees the packets that pass the interfaces of the namespace, as `tcpdump` does. */
  capture(): Capture;
}

/** Options of {@link Network.connect}. */
export interface ConnectOptions {
  /** The milliseconds after which it is given up with ETIMEDOUT. Default: as the kernel has it, about 127 s. */
  readonly within?: number;
  /** The local address and port. Default: chosen by the route, and an ephemeral port. */
  readonly from?: Partial<SocketAddress>;
}

/** Options of {@link Network.listen}. */
export interface ListenOptions {
  /** Default: `0.0.0.0`. `::` takes IPv4 too. */
  readonly address?: string;
  /** The number of connections that may wait to be accepted. Default: 128. */
  readonly backlog?: number;
  /** Whether a socket on `::` leaves IPv4 to another one. Default: false. */
  readonly onlyIPv6?: boolean;
}

/** Options of {@link Network.udp}. */
export interface UdpOptions {
  /** Default: `0.0.0.0`. `::` takes IPv4 too. */
  readonly address?: string;
  /** Default: an ephemeral port. */
  readonly port?: number;
}

/** How long to wait. */
export interface WaitOptions {
  /** In milliseconds. Default: without end. */
  readonly within?: number;
}

/** A TCP connection. */
export interface Connection {
  readonly local: SocketAddress;
  readonly remote: SocketAddress;
  /**
   * Takes what has arrived, at most `limit` bytes, and waits until there is something. Resolves to `undefined`
   * at the end of what the other side sends.
   *
   * @throws {FileError} ECONNRESET, ETIMEDOUT; EAGAIN where `within` has passed
   */
  read(limit?: number, options?: WaitOptions): Promise<Uint8Array | undefined>;
  /** What the other side sends, in pieces as it arrives. @throws {FileError} as {@link read} */
  readonly input: AsyncIterable<Uint8Array>;
  /**
   * Sends bytes. Resolves when they are in the send buffer, so a writer that awaits it is held back by a slow
   * reader. Unlike a C program it gets no SIGPIPE. The bytes are not copied: do not change them afterwards, as
   * with a stream of Node.
   *
   * @throws {FileError} EPIPE, ECONNRESET, ETIMEDOUT
   */
  write(data: Uint8Array): Promise<void>;
  /** Closes the sending direction, like `shutdown(SHUT_WR)`. The other side may go on sending. */
  end(): void;
  /** Closes the socket for this process. With unread bytes the other side gets a reset, as in Linux. */
  close(): void;
  /** Closes the socket with a reset. */
  reset(): void;
  /** The socket as an open file, to be the standard input and output of a child process. */
  readonly file: OpenFile;
}

/** A socket that listens for TCP connections. */
export interface Listener {
  readonly local: SocketAddress;
  /**
   * Waits for the next connection.
   *
   * @throws {FileError} EAGAIN where `within` has passed; EBADF after {@link close}
   */
  accept(options?: WaitOptions): Promise<Connection>;
  /** Stops listening. Connections that nobody has accepted are reset. */
  close(): void;
}

/** A datagram that has arrived. */
export interface Datagram {
  readonly data: Uint8Array;
  readonly from: SocketAddress;
  /** The address of this namespace that it was sent to. */
  readonly at: string;
}

/** A UDP socket. */
export interface UdpSocket {
  readonly local: SocketAddress;
  /**
   * Sends to this address from now on, and receives from it alone. Only then is it told of ICMP errors.
   *
   * @throws {FileError} ENETUNREACH
   */
  connect(address: string, port: number): void;
  /**
   * Sends a datagram.
   *
   * @param to where to; may be left out after {@link connect}
   * @throws {FileError} ENETUNREACH; of a connected socket also an error that came back earlier, such as
   * ECONNREFUSED
   */
  send(data: Uint8Array, to?: SocketAddress, options?: PacketOptions): void;
  /**
   * Waits for the next datagram.
   *
   * @throws {FileError} EAGAIN where `within` has passed; of a connected socket ECONNREFUSED, EHOSTUNREACH
   */
  receive(options?: WaitOptions): Promise<Datagram>;
  /** Closes the socket. */
  close(): void;
}

/** Options of one packet. */
export interface PacketOptions {
  /** How many hops it may take. Default: 64. */
  readonly ttl?: number;
  /** The address that it is sent from. Default: chosen by the route. */
  readonly from?: string;
  /** The interface that it must leave by, as with `ping -I eth1`. Default: chosen by the route. */
  readonly device?: string;
  /** Whether routers may break it into fragments. Default: false. */
  readonly mayFragment?: boolean;
}

/** An ICMP message that has arrived. */
export interface IcmpMessage {
  readonly kind: "echo-reply" | "unreachable" | "time-exceeded";
  /** The ICMP code, for example 1 for an unreachable host and 3 for an unreachable port. */
  readonly code: number;
  /** The host that sent the message. */
  readonly from: string;
  /** What was left of its hops when it arrived. */
  readonly ttl: number;
  /** The packet that the message is about. Of an echo reply it is the echo request. */
  readonly about: {
    readonly protocol: "icmp" | "udp" | "tcp";
    readonly to: string;
    /** The identifier and the sequence number of an echo request. 0 for other packets. */
    readonly identifier: number;
    readonly sequence: number;
    /** The destination port of a UDP or TCP packet. 0 for an echo request. */
    readonly port: number;
    /** The source port of a UDP or TCP packet. 0 for an echo request. */
    readonly sourcePort: number;
  };
  /** What an echo reply carries. Empty in other messages. */
  readonly data: Uint8Array;
}

/** An echo request to send. */
export interface EchoRequest {
  readonly to: string;
  readonly identifier: number;
  readonly sequence: number;
  readonly data: Uint8Array;
}

/** A raw ICMP socket. It receives every ICMP message that arrives in the namespace. */
export interface IcmpSocket {
  /** Sends an echo request. @throws {FileError} ENETUNREACH, EHOSTUNREACH */
  send(request: EchoRequest, options?: PacketOptions): void;
  /** Waits for the next message. @throws {FileError} EAGAIN where `within` has passed */
  receive(options?: WaitOptions): Promise<IcmpMessage>;
  /** Closes the socket. */
  close(): void;
}

/** A neighbour on a link: another host's address on the network of an interface. */
export interface Neighbour {
  readonly address: string;
  /** The name of the interface. */
  readonly device: string;
  /** Empty while nobody has answered. */
  readonly mac: string;
  readonly state: "REACHABLE" | "STALE" | "INCOMPLETE" | "FAILED";
}

/** The states of a TCP socket, as `netstat` names them. */
export type TcpState =
  | "LISTEN"
  | "SYN_SENT"
  | "SYN_RECV"
  | "ESTABLISHED"
  | "FIN_WAIT1"
  | "FIN_WAIT2"
  | "CLOSE_WAIT"
  | "LAST_ACK"
  | "CLOSING"
  | "TIME_WAIT"
  | "CLOSE";

/** A socket as `netstat` and `ss` show it. */
export interface SocketInfo {
  readonly protocol: "tcp" | "udp" | "raw";
  /** 6 for a socket of an IPv6 address, also one on `::` that takes IPv4. */
  readonly family: 4 | 6;
  readonly local: SocketAddress;
  /** `undefined` for a socket that is not connected. */
  readonly remote: SocketAddress | undefined;
  readonly state: TcpState;
  /** The bytes that the process has not read yet; of a listening socket the connections that wait. */
  readonly unread: number;
  /** The bytes that the other side has not acknowledged yet; of a listening socket its backlog. */
  readonly unsent: number;
  /** The process that opened the socket, by its PID. 0 when no process of the PID namespace has it. */
  readonly pid: number;
}

/** The packets that pass the interfaces of a network namespace. */
export interface Capture {
  /** Waits for the next packet. @throws {FileError} EAGAIN where `within` has passed */
  next(options?: WaitOptions): Promise<CapturedPacket>;
  /** Ends the capture. */
  close(): void;
}

/** A packet as a capture sees it. */
export interface CapturedPacket {
  /** In nanoseconds since 1970. */
  readonly time: bigint;
  /** The name of the interface, `lo` included. */
  readonly device: string;
  readonly direction: "in" | "out";
  /** The MAC addresses of its Ethernet frame. */
  readonly frame: { readonly source: string; readonly destination: string };
  readonly packet: Packet;
}

/** A packet: what is in its headers, and what it carries. */
export type Packet = TcpPacket | UdpPacket | IcmpPacket | NeighbourPacket | ArpPacket;

interface IpHeader {
  readonly family: 4 | 6;
  readonly source: SocketAddress;
  readonly destination: SocketAddress;
  readonly ttl: number;
  /** The identification of an IPv4 packet, 16 bits; of IPv6 the flow label, 20 bits. */
  readonly identification: number;
  /** Whether routers must not break it into fragments (DF). IPv6 has no such flag. */
  readonly dontFragment: boolean;
}

/** A TCP segment. */
export interface TcpPacket extends IpHeader {
  readonly protocol: "tcp";
  /** The flags as tcpdump writes them: `S`, `S.`, `.`, `P.`, `F.`, `R`, `R.`. */
  readonly flags: string;
  readonly sequence: number;
  readonly acknowledgement: number;
  /** As it is in the header: of all segments but those with `S` it counts in units of the window scale. */
  readonly window: number;
  readonly options: TcpOptions;
  readonly data: Uint8Array;
}

/** The options of a TCP segment. */
export interface TcpOptions {
  /** The most bytes that its sender takes in one segment. Only with `S`, as the window scale is. */
  readonly segmentSize?: number;
  /** How often the window is doubled. */
  readonly windowScale?: number;
  /** The time of its sender, and the last one that its sender has seen of the other side. */
  readonly times?: { readonly value: number; readonly echo: number };
}

/** A UDP datagram. */
export interface UdpPacket extends IpHeader {
  readonly protocol: "udp";
  readonly data: Uint8Array;
}

/** An ICMP message. Ports are 0. */
export interface IcmpPacket extends IpHeader {
  readonly protocol: "icmp";
  readonly kind: "echo-request" | IcmpMessage["kind"];
  readonly code: number;
  readonly identifier: number;
  readonly sequence: number;
  /** Of an error the packet that it is about. */
  readonly about?: Packet;
  readonly data: Uint8Array;
}

/** A question of IPv6 who has an address on a link, or its answer. Ports are 0. */
export interface NeighbourPacket extends IpHeader {
  readonly protocol: "neighbour";
  readonly kind: "solicitation" | "advertisement";
  /** The address that is asked for. */
  readonly target: string;
  /** The MAC address of the sender. */
  readonly mac: string;
}

/** An ARP question, or its answer. */
export interface ArpPacket {
  readonly protocol: "arp";
  readonly kind: "request" | "reply";
  /** The address that is asked for. */
  readonly target: string;
  /** The address that asks. */
  readonly sender: string;
  /** The MAC address that answers. Empty in a request. */
  readonly mac: string;
}
