// What kernels say to each other to find a neighbour's MAC address: ARP, and its like of IPv6.
import { formatAddress, parseIP } from "./address.js";
import type { NetworkInterface } from "./namespace.js";
import type { Hop } from "./router.js";
import type { NeighbourPacket, Packet } from "./sockets.js";

const broadcast = "ff:ff:ff:ff:ff:ff";

/** The question for a neighbour, the MAC address of those who hear it, and the answer. */
export interface Solicitation {
  readonly question: Packet;
  readonly group: string;
  readonly answer: Packet;
}

/**
 * Makes the question for a neighbour and its answer. `undefined` where the interface has no address of the family.
 *
 * @param direction `out` when the interface asks, `in` when the neighbour asks for it
 */
export function solicitation(
  own: NetworkInterface,
  hop: Hop,
  direction: "in" | "out",
): Solicitation | undefined {
  const family = hop.address.includes(":") ? 6 : 4;
  const found = own.addresses.find(({ address }) => address.family === family);
  if (!found) return undefined;
  const here = { address: formatAddress(found.address), mac: own.mac };
  const there = { address: hop.address, mac: hop.mac };
  const [asker, asked] = direction === "out" ? [here, there] : [there, here];
  if (family === 4) {
    const question = {
      protocol: "arp",
      kind: "request",
      target: asked.address,
      sender: asker.address,
      mac: "",
    } as const;
    return { question, group: broadcast, answer: { ...question, kind: "reply", mac: asked.mac } };
  }
  const group = groupOf(asked.address);
  return {
    question: ofIPv6("solicitation", asker, group.address, asked.address),
    group: group.mac,
    answer: ofIPv6("advertisement", asked, asker.address, asked.address),
  };
}

function ofIPv6(
  kind: NeighbourPacket["kind"],
  from: { readonly address: string; readonly mac: string },
  to: string,
  target: string,
): NeighbourPacket {
  return {
    protocol: "neighbour",
    family: 6,
    source: { address: from.address, port: 0 },
    destination: { address: to, port: 0 },
    ttl: 255,
    identification: 0,
    dontFragment: false,
    kind,
    target,
    mac: from.mac,
  };
}

/** The group of hosts that hears a question for an address of IPv6: it has the last 24 bits of the address. */
function groupOf(address: string): { readonly address: string; readonly mac: string } {
  const last = (parseIP(address)?.value ?? 0n) & 0xff_ffffn;
  const digits = last.toString(16).padStart(6, "0");
  return {
    address: formatAddress({ family: 6, value: (0xff02n << 112n) | (0x1_ff00_0000n | last) }),
    mac: `33:33:ff:${digits.slice(0, 2)}:${digits.slice(2, 4)}:${digits.slice(4)}`,
  };
}
