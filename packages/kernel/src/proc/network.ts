// The files of /proc/net: a network namespace as the kernel writes it down.

import { type Address, addressBits, parseIP } from "../network/address.js";
import { type Device, devicesOf } from "../network/devices.js";
import type { NetworkNamespace } from "../network/namespace.js";
import { masked, type Prefix } from "../network/prefix.js";
import { routingTable, type TableRoute } from "../network/routing-table.js";
import type { Neighbour, SocketAddress, SocketInfo, TcpState } from "../network/sockets.js";
import type { NetworkStack } from "../network/stack.js";
import type { GeneratedDirectory } from "./generated.js";
import type { SeenNetwork } from "./proc.js";

/** Returns what /proc and /sys tell of a stack. */
export function seenNetwork(stack: Pick<NetworkStack, "counted" | "neighbours" | "sockets">): SeenNetwork {
  return { namespace: () => stack.counted(), directory: () => netDirectory(stack) };
}

function netDirectory(stack: Pick<NetworkStack, "counted" | "neighbours" | "sockets">): GeneratedDirectory {
  const namespace = stack.counted();
  const table = (protocol: SocketInfo["protocol"], family: 4 | 6) => () => {
    const all = stack.sockets().filter((each) => each.protocol === protocol && each.family === family);
    return socketTable(protocol, family, all);
  };
  return {
    arp: () => neighbourTable(stack.neighbours()),
    dev: () => deviceTable(devicesOf(namespace)),
    if_inet6: () => addressTable(devicesOf(namespace)),
    ipv6_route: () => routeTable6(namespace),
    raw: table("raw", 4),
    raw6: table("raw", 6),
    route: () => routeTable(namespace),
    tcp: table("tcp", 4),
    tcp6: table("tcp", 6),
    udp: table("udp", 4),
    udp6: table("udp", 6),
    unix: "Num       RefCount Protocol Flags    Type St Inode Path\n",
  };
}

function padded(text: string, width: number): string {
  return `${text.padEnd(width)}\n`;
}

function neighbourTable(neighbours: readonly Neighbour[]): string {
  const lines = neighbours
    .filter(({ address }) => !address.includes(":"))
    .map(({ address, mac, device }) => {
      const [flags, shown] = mac === "" ? ["0x0", "00:00:00:00:00:00"] : ["0x2", mac];
      return `${address.padEnd(16)} 0x1         ${flags}         ${shown}     *        ${device}\n`;
    });
  return `IP address       HW type     Flags       HW address            Mask     Device\n${lines.join("")}`;
}

const deviceHead = `Inter-|   Receive                                                |  Transmit
 face |bytes    packets errs drop fifo frame compressed multicast|bytes    packets errs drop fifo colls carrier compressed
`;

function deviceTable(devices: readonly Device[]): string {
  const lines = devices.map(({ name, received, sent }) => {
    const counts = [
      ...[received.bytes, received.packets, 0, 0, 0, 0, 0, 0],
      ...[sent.bytes, sent.packets, 0, 0, 0, 0, 0, 0],
    ];
    const widths = [7, 7, 4, 4, 4, 5, 10, 9, 8, 7, 4, 4, 4, 5, 7, 10];
    const columns = counts.map((count, at) => String(count).padStart(widths[at] ?? 0));
    return `${name.padStart(6)}: ${columns.join(" ")}\n`;
  });
  return deviceHead + lines.join("");
}

const [up, viaGateway, toHost, reject, noNextHop, local] = [1, 2, 4, 0x200, 0x20_0000, 0x8000_0000];

/** IPv4 only, in order of the destinations. */
function routeTable(namespace: NetworkNamespace): string {
  const head = "Iface\tDestination\tGateway \tFlags\tRefCnt\tUse\tMetric\tMask\t\tMTU\tWindow\tIRTT";
  const lines = routingTable(namespace, 4)
    .filter(({ table }) => table === "main")
    .map(({ device, destination, gateway }) => {
      const [to, by, mask] = [
        masked(destination).address.value,
        gateway?.value ?? 0n,
        maskOf(destination),
      ].map((value) => inHostOrder(value));
      const flags = up + (gateway ? viaGateway : 0) + (destination.bits === addressBits[4] ? toHost : 0);
      return `${device}\t${to}\t${by}\t${hex(flags, 4)}\t0\t0\t0\t${mask}\t0\t0\t0`;
    });
  return [head, ...lines].map((line) => padded(line, 127)).join("");
}

function maskOf({ bits }: Prefix): bigint {
  const all = (1n << 32n) - 1n;
  return all ^ (all >> BigInt(bits));
}

/** The kernel shows each four bytes as a number of its machine: the last byte first. */
function inHostOrder(value: bigint, bytes = 4): string {
  const words =
    value
      .toString(16)
      .padStart(2 * bytes, "0")
      .match(/.{8}/g) ?? [];
  return words
    .map((word) => (word.match(/../g) ?? []).reverse().join(""))
    .join("")
    .toUpperCase();
}

/** The last route of a table without a default route. It refuses whatever no other one takes. */
const refusing = { metric: 0xffff_ffff, flags: reject + noNextHop, device: "lo" };

function routeTable6(namespace: NetworkNamespace): string {
  const line = (to: Prefix, gateway: bigint, metric: number, flags: number, device: string) => {
    const [destination, by] = [to.address.value, gateway].map((value) =>
      value.toString(16).padStart(32, "0"),
    );
    const numbers = [metric, 1, 0, flags].map((number) => hex(number, 8));
    const none = "0".repeat(32);
    return `${destination} ${hex(to.bits, 2)} ${none} 00 ${by} ${numbers.join(" ")} ${device.padStart(8)}\n`;
  };
  const all = routingTable(namespace, 6);
  const everywhere: Prefix = { address: { family: 6, value: 0n }, bits: 0 };
  const last = line(everywhere, 0n, refusing.metric, refusing.flags, refusing.device);
  return (["main", "local"] as const)
    .flatMap((table) => {
      const own = all.filter((each) => each.table === table);
      const lines = own.map((route) =>
        line(route.destination, route.gateway?.value ?? 0n, route.metric ?? 0, flags6(route), route.device),
      );
      return own.some(({ destination }) => destination.bits === 0) ? lines : [...lines, last];
    })
    .join("")
    .replace(/^\S+ .*(?= +\S+$)/gm, (text) => text.toLowerCase());
}

function flags6({ kind, gateway }: TableRoute): number {
  if (kind === "local") return local + noNextHop + up;
  return up + (gateway ? viaGateway : 0);
}

const scopes = { link: "20", host: "10", global: "00" } as const;

function addressTable(devices: readonly Device[]): string {
  return devices
    .flatMap(({ name, index, addresses }) =>
      // An interface's own address is older than those that it is given.
      [...addresses]
        .reverse()
        .filter(({ address }) => address.family === 6)
        .map(({ address, bits, scope }) => {
          const text = address.value.toString(16).padStart(32, "0");
          const flags = scope === "global" ? "82" : "80";
          return `${text} ${hex(index, 2)} ${hex(bits, 2)} ${scopes[scope]} ${flags} ${name.padStart(8)}\n`;
        }),
    )
    .join("")
    .toLowerCase();
}

const addressColumns6 = "local_address                         remote_address                        ";
const commonColumns = "st tx_queue rx_queue tr tm->when retrnsmt   uid  timeout inode";

/** The heads of the tables, and how wide their lines are. */
const heads = {
  tcp: {
    4: `  sl  local_address rem_address   ${commonColumns}`,
    6: `  sl  ${addressColumns6}${commonColumns}`,
  },
  udp: {
    4: `   sl  local_address rem_address   ${commonColumns} ref pointer drops`,
    6: `  sl  ${addressColumns6}${commonColumns} ref pointer drops`,
  },
  raw: {
    4: `  sl  local_address rem_address   ${commonColumns} ref pointer drops`,
    6: `  sl  ${addressColumns6}${commonColumns} ref pointer drops`,
  },
} as const;
const widths = { tcp: { 4: 149, 6: 0 }, udp: { 4: 127, 6: 0 }, raw: { 4: 0, 6: 0 } } as const;

/** The numbers of the states. */
const states: Readonly<Record<TcpState, number>> = {
  ...{ ESTABLISHED: 1, SYN_SENT: 2, SYN_RECV: 3, FIN_WAIT1: 4, FIN_WAIT2: 5, TIME_WAIT: 6, CLOSE: 7 },
  ...{ CLOSE_WAIT: 8, LAST_ACK: 9, LISTEN: 10, CLOSING: 11 },
};

function socketTable(
  protocol: SocketInfo["protocol"],
  family: 4 | 6,
  sockets: readonly SocketInfo[],
): string {
  const width = widths[protocol][family];
  const ordered = sockets.toSorted((one, other) => Number(isConnected(one)) - Number(isConnected(other)));
  const lines = ordered.map((each, at) => padded(socketLine(each, at), width));
  return padded(heads[protocol][family], width) + lines.join("");
}

function isConnected({ state }: SocketInfo): boolean {
  return state !== "LISTEN";
}

/** Sockets have no inode here. The numbers begin where those of a small machine do. */
const firstInode = 20_000;

function socketLine(socket: SocketInfo, at: number): string {
  const { protocol, family, local, remote, state, unread, unsent } = socket;
  const nobody: SocketAddress = { address: family === 4 ? "0.0.0.0" : "::", port: 0 };
  const isListening = state === "LISTEN";
  const queues = `${hex(isListening ? 0 : unsent, 8)}:${hex(unread, 8)}`;
  const ends = `${endOf(local, family)} ${endOf(remote ?? nobody, family)}`;
  const place = protocol === "tcp" ? String(at).padStart(4) : String(local.port % 65_536).padStart(5);
  const references = isListening || protocol !== "tcp" ? (protocol === "tcp" ? 1 : 2) : 1;
  const rest = protocol === "tcp" ? (isListening ? " 100 0 0 10 0" : " 20 4 0 10 -1") : " 0";
  return `${place}: ${ends} ${hex(states[state], 2)} ${queues} 00:00000000 00000000     0        0 ${firstInode + local.port} ${references} 0000000000000000${rest}`;
}

function endOf({ address, port }: SocketAddress, family: 4 | 6): string {
  const parsed: Address = parseIP(address) ?? { family, value: 0n };
  const value = family === 6 && parsed.family === 4 ? (0xffffn << 32n) + parsed.value : parsed.value;
  return `${inHostOrder(value, addressBits[family] / 8)}:${hex(port, 4)}`;
}

function hex(value: number, width: number): string {
  return value.toString(16).toUpperCase().padStart(width, "0");
}
