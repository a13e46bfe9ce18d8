// Finds the network that a reference names: by its whole id, by its name, or by a prefix of its id. Every
// operation on networks and endpoints looks its network up here.

import { engineError } from "@dryharbor/sdk/port";
import type { Daemon } from "../daemon.js";
import { askForAll, askForOne } from "../swarm/networks/find.js";
import type { SwarmNetwork } from "../swarm/networks/swarm-network.js";
import type { Network } from "./network.js";
import { showsStatus } from "./status.js";

/** A network that this engine has. */
interface FoundHere {
  readonly kind: "here";
  readonly network: Network;
  /** The same network as the swarm has it, where the swarm counts its addresses. */
  readonly countedBy?: SwarmNetwork | undefined;
}

/** The network that a reference names. */
export type FoundNetwork =
  | FoundHere
  /** A network of the swarm that is not on this node. */
  | { readonly kind: "in the swarm"; readonly network: SwarmNetwork };

/** The result for a reference that names no network, or several. */
type Miss =
  | { readonly kind: "none" }
  | { readonly kind: "several"; readonly count: number; readonly by: "name" | "ID prefix" };

/**
 * Finds the network that `GET /networks/{id}` names: by its whole id, by its name, or by a prefix of its id
 * that no other network's id has.
 *
 * @param scope only networks of this scope count; empty for all
 * @param apiVersion the client's; `undefined` for the engine's newest
 * @throws 404, or 400 where several networks match
 */
export function findNetwork(
  daemon: Daemon,
  ref: string,
  {
    scope = "",
    apiVersion,
  }: { readonly scope?: string | undefined; readonly apiVersion?: string | undefined } = {},
): FoundNetwork {
  const found = lookAlsoInSwarm(daemon, ref, scope, showsStatus(daemon, apiVersion));
  if (found.kind === "none") throw notFound(ref);
  if (found.kind !== "several") return found;
  throw engineError(400, `${found.count} matches found based on ${found.by}: network ${ref} is ambiguous`);
}

/** As {@link findNetwork}, for `DELETE /networks/{id}`, whose messages differ. */
export function findNetworkToRemove(daemon: Daemon, ref: string): FoundNetwork {
  const found = lookInLists(daemon, ref, "", false);
  if (found.kind === "none") throw notFound(ref);
  if (found.kind !== "several") return found;
  throw engineError(400, `network ${ref} is ambiguous (${found.count} matches found based on ${found.by})`);
}

/**
 * As {@link findNetwork}, for connect, disconnect and the start of a container, with the daemon's messages.
 */
export function findContainerNetwork(daemon: Daemon, ref: string): Network {
  const found = look(daemon, ref, "");
  if (found.kind === "here") return found.network;
  if (found.kind === "none") throw notFound(ref);
  const by = found.by === "name" ? "on name" : "based on ID prefix";
  throw engineError(400, `network ${ref} is ambiguous (${found.count} matches found ${by})`);
}

/** Returns the network that containers know by `ref`; `undefined` where there is none, or more than one. */
export function networkIfAny(daemon: Daemon, ref: string): Network | undefined {
  const found = look(daemon, ref, "");
  return found.kind === "here" ? found.network : undefined;
}

function look(daemon: Daemon, ref: string, scope: string): FoundHere | Miss {
  return touching(daemon, lookAt(daemon, ref, scope));
}

/** Records that an operation has touched a network of this engine. */
function touching<F extends FoundNetwork | Miss>(daemon: Daemon, found: F): F {
  if (found.kind === "here") daemon.touched?.networks.add(found.network);
  return found;
}

function lookAt(daemon: Daemon, ref: string, scope: string): FoundHere | Miss {
  const inScope = (network: Network) => isInScope(network, scope);
  const { byId, named } = daemon.networks;
  const exact = byId.get(ref);
  if (exact && inScope(exact)) return here(exact);
  const byName = named(ref).filter(inScope).map(here);
  if (byName.length > 0) return only(byName, "name");
  return only(byId.startingWith(ref).filter(inScope).map(here), "ID prefix");
}

/** As {@link look}, but also finds a network of the swarm by its id. It then ignores the scope, as the engine does. */
function lookAlsoInSwarm(daemon: Daemon, ref: string, scope: string, counting: boolean): FoundNetwork | Miss {
  const { swarm, networks } = daemon;
  const own = networks.byId.get(ref);
  if (!swarm || (own && isInScope(own, scope))) return look(daemon, ref, scope);
  const one = askForOne(swarm, ref, counting);
  if (one && (one.id.startsWith(ref) || scope === "swarm")) {
    const instance = networks.byId.get(one.id);
    const isHere = instance && isInScope(instance, scope);
    return touching(daemon, isHere ? { ...here(instance), countedBy: one } : inSwarm(one));
  }
  return lookInLists(daemon, ref, scope, counting);
}

/** As {@link look}, but among the node's and the swarm's networks together. */
function lookInLists(daemon: Daemon, ref: string, scope: string, counting: boolean): FoundNetwork | Miss {
  const { swarm, networks } = daemon;
  const own = networks.byId.get(ref);
  if (own && isInScope(own, scope)) return look(daemon, ref, scope);
  const ofSwarm = swarm && (scope === "" || scope === "swarm") ? askForAll(swarm, counting) : [];
  const exact = ofSwarm.find(({ id }) => id === ref);
  if (exact) return inSwarm(exact);
  const isHere = (network: Network) => isInScope(network, scope);
  const elsewhere = ofSwarm.filter(({ id }) => !networks.byId.get(id));
  const named = [
    ...networks.named(ref).filter(isHere).map(here),
    ...elsewhere.filter(({ name }) => name === ref).map(inSwarm),
  ];
  const prefixed = () => [
    ...networks.byId.startingWith(ref).filter(isHere).map(here),
    ...elsewhere.filter(({ id }) => id.startsWith(ref)).map(inSwarm),
  ];
  const found = named.length > 0 ? only(named, "name") : only(prefixed(), "ID prefix");
  if (found.kind !== "here") return found;
  return touching(daemon, { ...found, countedBy: ofSwarm.find(({ id }) => id === found.network.id) });
}

function isInScope(network: Network, scope: string): boolean {
  return scope === "" || network.scope === scope;
}

function here(network: Network): FoundHere {
  return { kind: "here", network };
}

function inSwarm(network: SwarmNetwork): FoundNetwork {
  return { kind: "in the swarm", network };
}

function only<F extends FoundNetwork>(networks: readonly F[], by: "name" | "ID prefix"): F | Miss {
  const [network, another] = networks;
  if (!network) return { kind: "none" };
  return another ? { kind: "several", count: networks.length, by } : network;
}

function notFound(ref: string): Error {
  return engineError(404, `network ${ref} not found`);
}
