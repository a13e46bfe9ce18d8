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

/** `POST /secrets/{id}/update`, `POST /configs/{id}/update`: of its labels. @throws 400, 404, 500, 503 */
export function updateObject(
  daemon: Daemon,
  kind: ObjectKind,
  ref: string,
  version: number,
  spec: ObjectSpec,
): void {
  const swarm = managedSwarm(daemon);
  const object = findIn(kind.of(swarm), kind.what, ref);
  // Other data, and none that is there already.
  if ((spec.Name ?? "") !== object.name || (spec.Data && spec.Data !== object.data)) {
    throw engineError(400, "rpc error: code = InvalidArgument desc = only updates to Labels are allowed");
  }
  checkVersion(version, object.version);
  object.labels = sortedByKey(spec.Labels ?? {});
  touch(swarm, object, daemon.clock.now());
  emitSwarmEvent(daemon, kind.what, "update", object.id, { name: object.name });
}

/** `DELETE /secrets/{id}`, `DELETE /configs/{id}`. @throws 404, 503 */
export function removeObject(daemon: Daemon, kind: ObjectKind, ref: string): void {
  const swarm = managedSwarm(daemon);
  const objects = kind.of(swarm);
  const { id, name } = findIn(objects, kind.what, ref);
  objects.delete(id);
  swarm.index++;
  emitSwarmEvent(daemon, kind.what, "remove", id, { name });
}
