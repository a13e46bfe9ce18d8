// Links of the default bridge (`HostConfig.Links`). They give environment variables, lines of /etc/hosts, and
// further names of the target. Links on a user-defined network are aliases for DNS: see endpoints/link.ts.

import { engineError } from "@dryharbor/sdk/port";
import type { Daemon } from "../daemon.js";
import { parseLink } from "../endpoints/link.js";
import { refreshNetworks } from "../endpoints/refresh.js";
import { isUserDefinedMode } from "../networks/mode.js";
import { type Container, isRunning, type LegacyLink } from "./container.js";
import { findContainer } from "./find.js";
import { joinedContainer } from "./network-mode.js";

const hostConflict =
  "conflicting options: host type networking can't be used with links. This would result in undefined behavior";

/**
 * Resolves `HostConfig.Links` of a new container. Returns no links where the mode is a user-defined network.
 */
export function resolveLinks(daemon: Daemon, mode: string, given: readonly string[]): LegacyLink[] {
  if (isUserDefinedMode(mode)) return [];
  const links = new Map<string, LegacyLink>();
  for (const text of given) {
    const { target: name, alias: given } = parseLink(text);
    const alias = given.split("/").filter(Boolean).join("/");
    const target = linkTarget(daemon, name);
    if (target.hostConfig.NetworkMode === "host") throw engineError(400, hostConflict);
    // An empty alias would be the linking container's own name, and the engine drops a name that is taken.
    if (alias !== "" && !links.has(alias)) links.set(alias, { target, alias });
  }
  return [...links.values()];
}

function linkTarget(daemon: Daemon, name: string): Container {
  let wanted: string | undefined = name;
  for (;;) {
    let target: Container;
    try {
      target = findContainer(daemon, wanted);
    } catch (error) {
      throw engineError(400, `could not get container for ${wanted}: ${(error as Error).message}`);
    }
    wanted = joinedContainer(target.hostConfig.NetworkMode);
    if (wanted === undefined) return target;
  }
}

/** Shows links as inspect does, e.g. `/db:/app/database`. Returns `null` when there are none. */
export function shownLinks({ name, links }: Container): string[] | null {
  if (!links || links.length === 0) return null;
  return links.map(({ target, alias }) => `/${target.name}:/${name}/${alias}`);
}

/** Gives the targets of a container's links their further names. */
export function addLinkNames({ containers }: Daemon, { name, links }: Container): void {
  for (const { target, alias } of links ?? []) {
    // A target that has been removed gets no name.
    if (containers.byId.get(target.id)) containers.addLinkName(`${name}/${alias}`, target);
  }
}

/** Removes the further names that a container's links have given. */
export function deleteLinkNames({ containers }: Daemon, { name, links }: Container): void {
  for (const { alias } of links ?? []) containers.deleteLinkName(`${name}/${alias}`);
}

/**
 * Checks the links of a container. Links only matter on the default bridge: a container that is on it needs
 * targets that run and are on it, too. The engine checks this at a start and before each exec, whose
 * environment has the links' variables.
 *
 * @throws 500
 */
export function checkLinks(container: Container): void {
  const { name, links } = container;
  if (!links || !container.endpoints.has("bridge")) return;
  for (const { target, alias } of links) {
    if (!isRunning(target) && target.state.status !== "restarting") {
      throw engineError(500, `Cannot link to a non running container: /${target.name} AS /${name}/${alias}`);
    }
    if (!target.endpoints.has("bridge")) {
      throw engineError(500, `container ${target.id} not attached to default bridge network`);
    }
  }
}

/**
 * Returns the error of 20.10 and 26.1 about links, for when they make a namespace on the default bridge; else
 * `undefined`.
 */
export function linkProblem({ endpoints, links }: Container): string | undefined {
  const stray = endpoints.has("bridge") && links?.find(({ target }) => !target.endpoints.has("bridge"));
  return stray
    ? `Cannot link to /${stray.target.name}, as it does not belong to the default network`
    : undefined;
}

/** `DELETE /containers/linking/alias?link=1`: removes one link. */
export function removeLink(daemon: Daemon, container: Container, spelled: string): void {
  const name = spelled.replace(/^\//, "");
  const slash = name.lastIndexOf("/");
  if (slash < 0) throw engineError(500, "Conflict, cannot remove the default link name of the container");
  const parent = daemon.containers.named(name.slice(0, slash));
  if (!parent) {
    throw engineError(500, `Cannot get parent /${name.slice(0, slash)} for link name /${name}`);
  }
  const alias = name.slice(slash + 1);
  daemon.containers.deleteLinkName(name);
  parent.links = (parent.links ?? []).filter((link) => link.target !== container || link.alias !== alias);
  if (isRunning(parent)) refreshNetworks(daemon, parent);
}
