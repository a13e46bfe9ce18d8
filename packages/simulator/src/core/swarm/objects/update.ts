import { engineError } from "@dryharbor/sdk/port";
import type { Daemon } from "../../daemon.js";
import { sortedByKey } from "../../go-order.js";
import { emitSwarmEvent } from "../events.js";
import { findIn } from "../find.js";
import { managedSwarm } from "../manager.js";
import { touch } from "../meta.js";
import { checkVersion } from "../update.js";
import type { ObjectKind } from "./kind.js";
import type { ObjectSpec } from "./object.js";

/**
 * Answers `POST /secrets/{id}/update` and `POST /configs/{id}/update`, which can change labels only. @throws
 * 400, 404, 500, 503
 */
export function updateObject(
  daemon: Daemon,
  kind: ObjectKind,
  ref: string,
  version: number,
  spec: ObjectSpec,
): void {
  const swarm = managedSwarm(daemon);
  const object = findIn(kind.of(swarm), kind.what, ref);
  // Data may be left out, but must not differ.
  if ((spec.Name ?? "") !== object.name || (spec.Data && spec.Data !== object.data)) {
    throw engineError(400, "rpc error: code = InvalidArgument desc = only updates to Labels are allowed");
  }
  checkVersion(version, object.version);
  object.labels = sortedByKey(spec.Labels ?? {});
  touch(swarm, object, daemon.clock.now());
  emitSwarmEvent(daemon, kind.what, "update", object.id, { name: object.name });
}

/** Answers `DELETE /secrets/{id}` and `DELETE /configs/{id}`. @throws 404, 503 */
export function removeObject(daemon: Daemon, kind: ObjectKind, ref: string): void {
  const swarm = managedSwarm(daemon);
  const objects = kind.of(swarm);
  const { id, name } = findIn(objects, kind.what, ref);
  objects.delete(id);
  swarm.index++;
  emitSwarmEvent(daemon, kind.what, "remove", id, { name });
}
