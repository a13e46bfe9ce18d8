// Whether a packet is one of a way fault's: who sends it, who receives it, and by which networks.

import type { Container } from "../../core/containers/container.js";
import type { Daemon } from "../../core/daemon.js";
import { interfaceName } from "../../core/endpoints/namespace.js";
import { attachmentsSeen } from "../../core/endpoints/order.js";
import { namespaceOwner } from "../../core/files/namespace-owner.js";
import type { Network } from "../../core/networks/network.js";
import type { Arrival, Place } from "../../core/traffic/place.js";
import type { WayEnd, WayFault } from "../fault.js";

/** One side of a packet's way. */
interface Side {
  readonly place: Place;
  /** The network by which it leaves or arrives. `undefined` for the host and what is outside. */
  readonly network: Network | undefined;
}

/** A packet's way, from its sender to its receiver. */
export interface Way {
  readonly from: Side;
  readonly to: Side;
}

/** Returns the way of a packet that arrives; `undefined` for one that stays in its namespace. */
export function wayOf(daemon: Daemon, from: Place, { to, out, in: into }: Arrival): Way | undefined {
  if (out.device === "lo") return undefined;
  return {
    from: { place: from, network: networkBy(daemon, from, out.device) },
    to: { place: to, network: networkBy(daemon, to, into.device) },
  };
}

/** Returns the way of what comes back. */
export function reversed({ from, to }: Way): Way {
  return { from: to, to: from };
}

function networkBy(daemon: Daemon, place: Place, device: string): Network | undefined {
  if (place.kind !== "container") return undefined;
  const owner = namespaceOwner(daemon, place.container);
  return attachmentsSeen(daemon, owner).find((each) => interfaceName(each) === device)?.network;
}

/** Returns whether a fault is about packets that go this way, in this direction. */
export function isOn(daemon: Daemon, { between, from, to, network }: WayFault, way: Way): boolean {
  const goes = (one: WayEnd, other: WayEnd): boolean =>
    isAt(daemon, one, way.from) && isAt(daemon, other, way.to);
  if (network !== undefined) return isAt(daemon, { network }, way.from) || isAt(daemon, { network }, way.to);
  if (between) return goes(between[0], between[1]) || goes(between[1], between[0]);
  return from !== undefined && to !== undefined && goes(from, to);
}

function isAt(daemon: Daemon, end: WayEnd, { place, network }: Side): boolean {
  if (typeof end !== "string") return network?.name === end.network || network?.id === end.network;
  if (place.kind !== "container") return end === place.kind;
  const is = ({ name, id }: Container): boolean => name === end || id === end;
  // Containers that share a namespace have one network.
  return is(place.container) || is(namespaceOwner(daemon, place.container));
}
