import { engineError } from "@dryharbor/sdk/port";
import type { Daemon } from "../daemon.js";
import type { Container } from "./container.js";

/**
 * Finds the container that a request names: by its whole id, by its name or the name of a legacy link
 * (`app/db`), with or without the leading slash, or by a prefix of its id that no other container's id has.
 *
 * @throws 404, or 400 (500 on 20.10) for an ambiguous prefix
 */
export function findContainer(daemon: Daemon, ref: string): Container {
  const container = look(daemon, ref);
  daemon.touched?.containers.add(container);
  return container;
}

function look(daemon: Daemon, ref: string): Container {
  if (ref === "") throw engineError(400, 'invalid name or ID supplied: ""');
  const { byId } = daemon.containers;
  const exact = byId.get(ref) ?? daemon.containers.named(ref.startsWith("/") ? ref.slice(1) : ref);
  if (exact) return exact;
  const [container, another] = byId.startingWith(ref, 2);
  if (!container) throw engineError(404, `No such container: ${ref}`);
  if (another) {
    const { status, message } = daemon.release.containers.ambiguousPrefix(ref);
    throw engineError(status, message);
  }
  return container;
}
