import type { NetworkInterface, NetworkNamespace } from "../network/namespace.js";
import { type GeneratedDirectory, GeneratedFiles, GeneratedLink } from "./generated.js";

/** Makes the file system that is mounted on `/sys`: the interfaces of a network namespace, and nothing else. */
export function sysFiles(namespace: () => NetworkNamespace, mtime: bigint): GeneratedFiles {
  const devices = {
    get virtual() {
      return { net: interfaceDirectories(namespace()) };
    },
  };
  const root = {
    class: {
      get net(): GeneratedDirectory {
        const names = Object.keys(interfaceDirectories(namespace()));
        return Object.fromEntries(
          names.map((name) => [name, new GeneratedLink(`../../devices/virtual/net/${name}`)]),
        );
      },
    },
    devices,
  };
  return new GeneratedFiles(root, { size: 4096, mode: (path) => (isWritable(path) ? 0o644 : 0o444), mtime });
}

/** Those settings of an interface that the superuser of the machine may change. */
function isWritable(path: string): boolean {
  return /\/(carrier|flags|ifalias|mtu|tx_queue_len)$/.test(path);
}

function interfaceDirectories({ interfaces }: NetworkNamespace): GeneratedDirectory {
  const all = interfaces.map((each) => [each.name, directoryOf(each)] as const);
  return { ...Object.fromEntries(all), lo: loopbackDirectory };
}

const ethernet = 1;
const upAndMulticast = 0x1003;

function directoryOf({ mac, mtu, index, peer, received, sent }: NetworkInterface): GeneratedDirectory {
  return {
    ...lines({ addr_assign_type: 3, addr_len: 6, address: mac, broadcast: "ff:ff:ff:ff:ff:ff", carrier: 1 }),
    ...lines({
      dormant: 0,
      duplex: "full",
      flags: `0x${upAndMulticast.toString(16)}`,
      ifalias: "",
      ifindex: index,
      iflink: peer ?? index,
    }),
    ...lines({ mtu, operstate: "up", speed: 10_000, tx_queue_len: 0, type: ethernet }),
    statistics: statistics(received, sent),
  };
}

const none = { bytes: 0, packets: 0 };
const loopbackDirectory: GeneratedDirectory = {
  ...lines({
    addr_assign_type: 0,
    addr_len: 6,
    address: "00:00:00:00:00:00",
    broadcast: "00:00:00:00:00:00",
  }),
  ...lines({
    carrier: 1,
    dormant: 0,
    flags: "0x9",
    ifalias: "",
    ifindex: 1,
    iflink: 1,
    mtu: 65_536,
    operstate: "unknown",
  }),
  ...lines({ tx_queue_len: 1000, type: 772 }),
  statistics: statistics(none, none),
};

function statistics(
  received: NetworkInterface["received"],
  sent: NetworkInterface["sent"],
): GeneratedDirectory {
  return lines({
    collisions: 0,
    multicast: 0,
    rx_bytes: received.bytes,
    rx_dropped: 0,
    rx_errors: 0,
    rx_packets: received.packets,
    tx_bytes: sent.bytes,
    tx_dropped: 0,
    tx_errors: 0,
    tx_packets: sent.packets,
  });
}

function lines(values: Readonly<Record<string, string | number>>): GeneratedDirectory {
  return Object.fromEntries(
    Object.entries(values).map(([name, value]) => [name, value === "" ? "" : `${value}\n`]),
  );
}
