import { withoutTrailing } from "@dryharbor/kernel/patterns";
import { engineError } from "@dryharbor/sdk/port";
import { isOlder } from "../../api-version.js";
import type { Daemon } from "../../daemon.js";
import { sortedByKey } from "../../go-order.js";
import { emitSwarmEvent } from "../events.js";
import { newSwarmId } from "../id.js";
import { managedSwarm } from "../manager.js";
import type { ObjectKind } from "./kind.js";
import type { ObjectSpec, SwarmObject } from "./object.js";

/** Answers `POST /secrets/create` and `POST /configs/create`. @throws 400, 409, 500, 503 */
export function createObject(
  daemon: Daemon,
  kind: ObjectKind,
  spec: ObjectSpec,
  apiVersion: string,
): { ID: string } {
  if (spec.Templating && isOlder(apiVersion, "1.37")) {
    throw engineError(
      400,
      `${kind.what} templating is not supported on the specified API version: ${apiVersion}`,
    );
  }
  const swarm = managedSwarm(daemon);
  const objects = kind.of(swarm);
  const name = spec.Name ?? "";
  const data = spec.Data ?? "";
  checkName(name);
  if (kind.what === "secret" && spec.Driver) refuseDriver(spec.Driver.Name ?? "");
  const length = byteLength(data);
  if (length === 0 || length >= kind.limit) {
    throw invalid(`${kind.what} data must be larger than 0 and less than ${kind.limit} bytes`);
  }
  for (const other of objects.values()) {
    if (other.name.toLowerCase() !== name.toLowerCase()) continue;
    throw engineError(409, `rpc error: code = AlreadyExists desc = ${kind.what} ${name} already exists`);
  }
  const now = daemon.clock.now();
  const object: SwarmObject = {
    id: newSwarmId(daemon.random),
    name,
    version: ++swarm.index,
    created: now,
    updated: now,
    labels: sortedByKey(spec.Labels ?? {}),
    data,
    templating: spec.Templating ?? null,
  };
  objects.set(object.id, object);
  emitSwarmEvent(daemon, kind.what, "create", object.id, { name });
  return { ID: object.id };
}

/** Checks the name. @throws 400 */
function checkName(name: string): void {
  if (name === "") throw invalid("name must be provided");
  if (name.length <= 64 && /^[a-zA-Z0-9]+(?:[a-zA-Z0-9-_.]*[a-zA-Z0-9])?$/.test(name)) return;
  throw invalid(
    "invalid name, only 64 [a-zA-Z0-9-_.] characters allowed, and the start and end character must be [a-zA-Z0-9]",
  );
}

/** Refuses a secret's driver, which is a plugin; there are none. */
function refuseDriver(name: string): never {
  if (name === "") throw invalid("secret driver must have a name");
  throw engineError(500, `rpc error: code = Unknown desc = plugin ${JSON.stringify(name)} not found`);
}

function invalid(why: string): Error {
  return engineError(400, `rpc error: code = InvalidArgument desc = ${why}`);
}

/** Returns the number of bytes that base64 encodes. */
function byteLength(base64: string): number {
  return Math.floor((withoutTrailing(base64, "=").length * 3) / 4);
}
