import { engineError } from "@dryharbor/sdk/port";
import type { Daemon } from "../daemon.js";
import type { Network } from "./network.js";

/** What a reference comes to, where it is not one network. */
type Miss =
  | { readonly kind: "none" }
  | { readonly kind: "several"; readonly count: number; readonly by: "name" | "ID prefix" };

/**
 * The network that `GET /networks/{id}` names: by its whole id, its name, or a prefix of its id that
 * no other has.
 *
 * @param scope only a network of this scope counts; empty for any
 * @throws 404, or 400 where several match
 */
export function findNetwork(daemon: Daemon, ref: string, scope = ""): Network {
  const found = look(daemon, ref, scope);
  if (!("kind" in found)) return found;
  if (found.kind === "none") throw notFound(ref);
  throw engineError(400, `${found.count} matches found based on ${found.by}: network ${ref} is ambiguous`);
}

/** As {@link findNetwork}, for `DELETE /networks/{id}`, which says the same in its own words. */
export function findNetworkToRemove(daemon: Daemon, ref: string): Network {
  const found = look(daemon, ref, "");
  if (!("kind" in found)) return found;
  if (found.kind === "none") throw notFound(ref);
  throw engineError(400, `network ${ref} is ambiguous (${found.count} matches found based on ${found.by})`);
}

/** As {@link findNetwork}, for containers: connect, disconnect and start, in the daemon's words. */
export function findContainerNetwork(daemon: Daemon, ref: string): Network {
  const found = look(daemon, ref, "");
  if (!("kind" in found)) return found;
  if (found.kind === "none") throw notFound(ref);
  const by = found.by === "name" ? "on name" : "based on ID prefix";
  throw engineError(400, `network ${ref} is ambiguous (${found.count} matches found ${by})`);
}

/** The network that containers know by `ref`; `undefined` where there is none or more than one. */
export function networkIfAny(daemon: Daemon, ref: string): Network | undefined {
  const found = look(daemon, ref, "");
  return "kind" in found ? undefined : found;
}

function look(daemon: Daemon, ref: string, scope: string): Network | Miss {
  const found = lookAt(daemon, ref, scope);
  if (!("kind" in found)) daemon.touched?.networks.add(found);
  return found;
}

function lookAt(daemon: Daemon, ref: string, scope: string): Network | Miss {
  const inScope = (network: Network) => scope === "" || network.scope === scope;
  const { byId, named } = daemon.networks;
  const exact = byId.get(ref);
  if (exact && inScope(exact)) return exact;
  const byName = named(ref).filter(inScope);
  if (byName.length > 0) return only(byName, "name");
  return only(byId.startingWith(ref).filter(inScope), "ID prefix");
}

function only(networks: readonly Network[], by: "name" | "ID prefix"): Network | Miss {
  const [network, another] = networks;
  if (!network) return { kind: "none" };
  return another ? { kind: "several", count: networks.length, by } : network;
}

function notFound(ref: string): Error {
  return engineError(404, `network ${ref} not found`);
}
