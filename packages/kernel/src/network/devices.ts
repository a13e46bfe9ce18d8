// The interfaces of a network namespace as its kernel shows them: with the loopback interface, and with the
// addresses that interfaces give themselves.
import { type Address, addressBits } from "./address.js";
import type { NetworkInterface, NetworkNamespace, Traffic } from "./namespace.js";
import type { Prefix } from "./prefix.js";

/** An interface as the kernel shows it. */
export interface Device {
  readonly name: string;
  /** The number by which the kernel knows it. */
  readonly index: number;
  /** The number of the other end of its veth pair. `undefined` for an interface without one. */
  readonly peer: number | undefined;
  /** The MAC address. */
  readonly mac: string;
  /** In bytes. */
  readonly mtu: number;
  readonly isLoopback: boolean;
  /** Those of IPv4 first. */
  readonly addresses: readonly DeviceAddress[];
  readonly received: Traffic;
  readonly sent: Traffic;
}

/** An address of an interface. */
export interface DeviceAddress {
  readonly address: Address;
  /** The length of its subnet's prefix. */
  readonly bits: number;
  /** How far it counts: in this namespace alone, on the link of its interface, or everywhere. */
  readonly scope: AddressScope;
}

/** How far an address or a route counts. */
export type AddressScope = "host" | "link" | "global";

/** Returns all interfaces in order of their numbers. */
export function devicesOf({ interfaces, loopback6, loopback = idle }: NetworkNamespace): readonly Device[] {
  const lo: Device = {
    ...loopback,
    name: "lo",
    index: 1,
    peer: undefined,
    mac: "00:00:00:00:00:00",
    mtu: 65_536,
    isLoopback: true,
    addresses: [
      { address: { family: 4, value: 0x7f00_0001n }, bits: 8, scope: "host" },
      ...(loopback6
        ? [{ address: { family: 6, value: 1n }, bits: addressBits[6], scope: "host" } as const]
        : []),
    ],
  };
  return [lo, ...interfaces.map(deviceOf)].sort((one, other) => one.index - other.index);
}

const idle = { received: { bytes: 0, packets: 0 }, sent: { bytes: 0, packets: 0 } };

function deviceOf({ name, index, peer, mac, mtu, addresses, received, sent }: NetworkInterface): Device {
  const [own4, own6] = ([4, 6] as const).map((family) =>
    addresses
      .filter(({ address }) => address.family === family)
      .map(({ address, subnet }) => ({ address, bits: subnet.bits, scope: "global" }) as const),
  );
  const link = own6?.length ? [{ address: linkLocal(mac), bits: 64, scope: "link" } as const] : [];
  const all = [...(own4 ?? []), ...(own6 ?? []), ...link];
  return { name, index, peer, mac, mtu, isLoopback: false, addresses: all, received, sent };
}

/** The address that an interface gives itself: fe80::/64, with the MAC address and ff:fe in its middle. */
function linkLocal(mac: string): Address {
  const digits = mac.replaceAll(":", "");
  const host = BigInt(`0x${digits.slice(0, 6)}fffe${digits.slice(6, 12)}`);
  return { family: 6, value: (0xfe80n << 112n) | (host ^ (2n << 56n)) };
}

/** Returns the subnet that an address of an interface is in. */
export function subnetOf({ address, bits }: DeviceAddress): Prefix {
  const hostBits = BigInt(addressBits[address.family] - bits);
  return { address: { family: address.family, value: (address.value >> hostBits) << hostBits }, bits };
}
