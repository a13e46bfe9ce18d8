import { engineError, type SwarmNode as Shown } from "@dryharbor/sdk/port";
import type { Daemon } from "../../daemon.js";
import { acceptFilters, type FilterValues, matchesLabels, matchesPrefix } from "../../filters/match.js";
import { sortedByKey } from "../../go-order.js";
import { emitNodeUpdate } from "../events.js";
import { findIn } from "../find.js";
import { readAvailability } from "../init.js";
import { managedSwarm } from "../manager.js";
import { touch } from "../meta.js";
import { showNode } from "../show.js";
import type { SwarmNode } from "../swarm.js";
import { checkVersion } from "../update.js";

/** Body of `POST /nodes/{id}/update`. */
export interface NodeSpec {
  readonly Name?: string;
  readonly Labels?: Readonly<Record<string, string>> | null;
  readonly Role?: string;
  readonly Availability?: string;
}

/** Answers `GET /nodes` with the only node. @throws 400, 500, 503 */
export function listNodes(daemon: Daemon, filters: FilterValues): Shown[] {
  const swarm = managedSwarm(daemon);
  acceptFilters(daemon.release, filters, ["name", "id", "label", "node.label", "role", "membership"]);
  const matches =
    matchesOneOf(filters, "role", "manager", ["worker"]) &&
    matchesOneOf(filters, "membership", "accepted", ["pending"]) &&
    matchesPrefix(filters, "name", daemon.settings.hostname) &&
    matchesPrefix(filters, "id", swarm.node.id) &&
    matchesLabels(filters, "label", {}) &&
    matchesLabels(filters, "node.label", swarm.node.labels);
  return matches ? [showNode(daemon, swarm)] : [];
}

/** Returns whether a filter matches. @throws 500 for an unknown value */
function matchesOneOf(filters: FilterValues, key: string, value: string, others: readonly string[]): boolean {
  const given = filters[key] ?? [];
  for (const each of given) {
    if (each !== value && !others.includes(each)) throw engineError(500, `Invalid ${key} filter: '${each}'`);
  }
  return given.length === 0 || given.includes(value);
}

/** Answers `GET /nodes/{id}`, by id, host name or prefix of the id. @throws 404, 503 */
export function inspectNode(daemon: Daemon, ref: string): Shown {
  findNode(daemon, ref);
  return showNode(daemon, managedSwarm(daemon));
}

export function findNode(daemon: Daemon, ref: string): SwarmNode {
  const { node } = managedSwarm(daemon);
  const { hostname: name } = daemon.settings;
  return findIn(new Map([[node.id, { id: node.id, name, node }]]), "node", ref).node;
}

/** Answers `POST /nodes/{id}/update`. @throws 400, 404, 500, 503 */
export function updateNode(daemon: Daemon, ref: string, version: number, spec: NodeSpec): void {
  const swarm = managedSwarm(daemon);
  const role = (spec.Role ?? "").toLowerCase();
  if (role !== "manager" && role !== "worker") {
    throw engineError(400, `invalid Role: ${JSON.stringify(spec.Role ?? "")}`);
  }
  const availability = readAvailability(spec.Availability ?? "", 400);
  const node = findNode(daemon, ref);
  checkVersion(version, node.version);
  if (role === "worker") {
    throw refusal("attempting to demote the last manager of the swarm");
  }
  const { availability: before } = node;
  node.name = spec.Name ?? "";
  node.labels = sortedByKey(spec.Labels ?? {});
  node.availability = availability;
  touch(swarm, node, daemon.clock.now());
  emitNodeUpdate(
    daemon,
    swarm,
    before === availability ? {} : { "availability.new": availability, "availability.old": before },
  );
}

/** Answers `DELETE /nodes/{id}`. The last manager cannot be removed. @throws 400, 404, 503 */
export function removeNode(daemon: Daemon, ref: string): never {
  const { id } = findNode(daemon, ref);
  throw refusal(
    `node ${id} is a cluster manager and is a member of the raft cluster. It must be demoted to worker before removal`,
  );
}

function refusal(why: string): Error {
  return engineError(400, `rpc error: code = FailedPrecondition desc = ${why}`);
}
