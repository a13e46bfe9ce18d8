// Finds the network that a reference names: by its whole id, by its name, or by a prefix of its id. Every
// operation on networks and endpoints looks its network up here.

import { engineError } from "@dryharbor/sdk/port";
import type { Daemon } from "../daemon.js";
import type { SwarmNetwork } from "../swarm/networks/swarm-network.js";
import type { Network } from "./network.js";

/** A network that this engine has. */
interface FoundHere {
  readonly kind: "here";
  readonly network: Network;
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
 * @throws 404, or 400 where several networks match
 */
export function findNetwork(daemon: Daemon, ref: string, scope = ""): FoundNetwork {
  const found = lookEverywhere(daemon, ref, scope);
  if (found.kind === "none") throw notFound(ref);
  if (found.kind !== "several") return found;
  throw engineError(400, `${found.count} matches found based on ${found.by}: network ${ref} is ambiguous`);
}

/** As {@link findNetwork}, for `DELETE /networks/{id}`, whose messages differ. */
export function findNetworkToRemove(daemon: Daemon, ref: string): FoundNetwork {
  const found = lookEverywhere(daemon, ref, "");
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
  const inScope = (network: Network) => scope === "" || network.scope === scope;
  const { byId, named } = daemon.networks;
  const exact = byId.get(ref);
  if (exact && inScope(exact)) return here(exact);
  const byName = named(ref).filter(inScope).map(here);
  if (byName.length > 0) return only(byName, "name");
  return only(byId.startingWith(ref).filter(inScope).map(here), "ID prefix");
}

/** As {@link look}, but also finds networks of the swarm that are not on this node. */
function lookEverywhere(daemon: Daemon, ref: string, scope: string): FoundNetwork | Miss {
  return touching(daemon, lookEverywhereAt(daemon, ref, scope));
}

function lookEverywhereAt(daemon: Daemon, ref: string, scope: string): FoundNetwork | Miss {
  const { swarm, networks } = daemon;
  if (!swarm || scope === "local") return look(daemon, ref, scope);
  const own = networks.byId.get(ref);
  if (own && (scope === "" || own.scope === scope)) return here(own);
  const exact = swarm.networks.get(ref);
  if (exact) return inSwarm(exact);
  // The swarm's networks that stand for a node's own (`host`, `bridge`) are found by name only when scope is
  // asked for.
  const elsewhere = [...swarm.networks.values()].filter(
    ({ id, predefined }) => !networks.byId.get(id) && (scope !== "" || !predefined),
  );
  const inScope = (network: Network) => scope === "" || network.scope === scope;
  const named = [
    ...networks.named(ref).filter(inScope).map(here),
    ...elsewhere.filter(({ name }) => name === ref).map(inSwarm),
  ];
  if (named.length > 0) return only(named, "name");
  const prefixed = elsewhere.filter(({ id }) => id.startsWith(ref)).map(inSwarm);
  return only([...networks.byId.startingWith(ref).filter(inScope).map(here), ...prefixed], "ID prefix");
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
