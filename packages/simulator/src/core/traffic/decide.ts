// What becomes of a packet: who receives it, or why nobody does. All that asks where packets go asks this one
// function: programs, published ports, DNS servers, `reach` and pictures. docs/engine-facts.md, section 8, is
// where the answers come from.

import { type Address, isUnspecified, parseIP } from "@dryharbor/kernel/host";
import type { Daemon } from "../daemon.js";
import { fromContainer } from "./from-container.js";
import { fromHost } from "./from-host.js";
import { type Asked, impossible, type Place, type Verdict } from "./place.js";

/** Decides what becomes of the first packet of a flow. */
export function decide(daemon: Daemon, from: Place, packet: Asked): Verdict {
  const verdict = decideWithoutFaults(daemon, from, packet);
  return daemon.faults?.changeVerdict?.(verdict, from, packet) ?? verdict;
}

function decideWithoutFaults(daemon: Daemon, from: Place, packet: Asked): Verdict {
  const address = destinationOf(packet);
  if (!address) return impossible("EINVAL");
  if (from.kind === "container" && from.container.hostConfig.NetworkMode !== "host") {
    return fromContainer(daemon, from.container, packet, address);
  }
  return from.kind === "outside" ? impossible("ENETUNREACH") : fromHost(daemon, packet, address);
}

/** Packets to the unspecified address go to the loopback interface. */
function destinationOf({ destination }: Asked): Address | undefined {
  const address = parseIP(destination.address);
  if (!address || !isUnspecified(address)) return address;
  return parseIP(address.family === 4 ? "127.0.0.1" : "::1");
}
