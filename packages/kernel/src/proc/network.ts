// The files of /proc/net: a network namespace as the kernel writes it down.

import { type Address, addressBits } from "../network/address.js";
import type { NetworkInterface, NetworkNamespace } from "../network/namespace.js";
import { contains, firstValue, type Prefix } from "../network/prefix.js";
import type { GeneratedDirectory } from "./generated.js";

/** Makes the directory /proc/net. No socket is open in it. */
export function netDirectory(namespace: NetworkNamespace): GeneratedDirectory {
  const sockets =
    "local_address                         remote_address                        st tx_queue rx_queue tr tm->when retrnsmt   uid  timeout inode";
  return {
    arp: "IP address       HW type     Flags       HW address            Mask     Device\n",
    dev: () => deviceTable(namespace),
    if_inet6: () => addressTable(namespace),
    raw: "  sl  local_address rem_address   st tx_queue rx_queue tr tm->when retrnsmt   uid  timeout inode ref pointer drops\n",
    route: () => routeTable(namespace),
    tcp: tableHead(
      "  sl  local_address rem_address   st tx_queue rx_queue tr tm->when retrnsmt   uid  timeout inode",
      149,
    ),
    tcp6: `  sl  ${sockets}\n`,
    udp: tableHead(
      "   sl  local_address rem_address   st tx_queue rx_queue tr tm->when retrnsmt   uid  timeout inode ref pointer drops",
      127,
    ),
    udp6: `  sl  ${sockets} ref pointer drops\n`,
    unix: "Num       RefCount Protocol Flags    Type St Inode Path\n",
  };
}

function tableHead(text: string, width: number): string {
  return `${text.padEnd(width)}\n`;
}

const deviceHead = `Inter-|   Receive                                                |  Transmit
 face |bytes    packets errs drop fifo frame compressed multicast|bytes    packets errs drop fifo colls carrier compressed
`;

function deviceTable({ interfaces }: NetworkNamespace): string {
  const none = { bytes: 0, packets: 0 };
  const loopback = { name: "lo", received: none, sent: none };
  const lines = [loopback, ...byIndex(interfaces)].map(({ name, received, sent }) => {
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

const [up, viaGateway] = [1, 2];

/** IPv4 only, in order of the destinations. */
function routeTable({ interfaces, routes }: NetworkNamespace): string {
  const links = interfaces.flatMap((each) =>
    each.addresses
      .filter(({ address }) => address.family === 4)
      .map(({ subnet }) => ({ device: each.name, destination: subnet, gateway: 0n, flags: up })),
  );
  const gateways = routes
    .filter(({ gateway }) => gateway.family === 4)
    .map(({ destination, gateway }) => ({
      device: deviceTo(interfaces, gateway)?.name ?? "*",
      destination,
      gateway: gateway.value,
      flags: up + viaGateway,
    }));
  const all = [...gateways, ...links].sort((a, b) =>
    Number(firstValue(a.destination) - firstValue(b.destination)),
  );
  const head = "Iface\tDestination\tGateway \tFlags\tRefCnt\tUse\tMetric\tMask\t\tMTU\tWindow\tIRTT";
  const lines = all.map(({ device, destination, gateway, flags }) => {
    const [to, by, mask] = [firstValue(destination), gateway, maskOf(destination)].map(inHostOrder);
    return `${device}\t${to}\t${by}\t${hex(flags, 4)}\t0\t0\t0\t${mask}\t0\t0\t0`;
  });
  return [head, ...lines].map((line) => tableHead(line, 127)).join("");
}

function deviceTo(interfaces: readonly NetworkInterface[], gateway: Address): NetworkInterface | undefined {
  return interfaces.find(({ addresses }) => addresses.some(({ subnet }) => contains(subnet, gateway)));
}

function maskOf({ bits }: Prefix): bigint {
  const all = (1n << 32n) - 1n;
  return all ^ (all >> BigInt(bits));
}

/** The kernel shows the four bytes as a number of its machine: the last byte first. */
function inHostOrder(value: bigint): string {
  const bytes = value.toString(16).padStart(8, "0").match(/../g) ?? [];
  return bytes.reverse().join("").toUpperCase();
}

const [ofLink, ofHost, global] = ["20", "10", "00"];

function addressTable({ interfaces, loopback6 }: NetworkNamespace): string {
  const line = (
    value: bigint,
    index: number,
    bits: number,
    scope: string | undefined,
    flags: string,
    name: string,
  ) =>
    `${value.toString(16).padStart(32, "0")} ${hex(index, 2)} ${hex(bits, 2)} ${scope} ${flags} ${name.padStart(8)}\n`;
  const lines = byIndex(interfaces).flatMap(({ name, index, mac, addresses }) => {
    const own = addresses.filter(({ address }) => address.family === 6);
    if (own.length === 0) return [];
    return [
      line(linkLocal(mac), index, 64, ofLink, "80", name),
      ...own.map(({ address, subnet }) => line(address.value, index, subnet.bits, global, "82", name)),
    ];
  });
  return [...(loopback6 ? [line(1n, 1, addressBits[6], ofHost, "80", "lo")] : []), ...lines]
    .join("")
    .toLowerCase();
}

/** The address that an interface gives itself: fe80::/64, with the MAC address and ff:fe in its middle. */
function linkLocal(mac: string): bigint {
  const digits = mac.replaceAll(":", "");
  const host = BigInt(`0x${digits.slice(0, 6)}fffe${digits.slice(6, 12)}`);
  return (0xfe80n << 112n) | (host ^ (2n << 56n));
}

function byIndex(interfaces: readonly NetworkInterface[]): NetworkInterface[] {
  return [...interfaces].sort((a, b) => a.index - b.index);
}

function hex(value: number, width: number): string {
  return value.toString(16).toUpperCase().padStart(width, "0");
}
