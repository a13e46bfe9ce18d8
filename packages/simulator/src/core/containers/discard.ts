import type { Daemon } from "../daemon.js";
import { dropExecs } from "../exec/lifecycle.js";
import { releaseMounts } from "../mounts/release.js";
import type { Container } from "./container.js";
import { emitContainerEvent } from "./events.js";
import { changeableFiles } from "./files.js";
import { deleteLinkNames } from "./legacy-links.js";

/**
 * Removes a container that does not run, with everything that belongs to it.
 *
 * @param options `volumes`: also remove its anonymous volumes
 */
export function discardContainer(
  daemon: Daemon,
  container: Container,
  options: { readonly volumes: boolean },
): void {
  leaveFiles(daemon, container);
  dropExecs(daemon, container);
  deleteLinkNames(daemon, container);
  daemon.containers.delete(container);
  releaseMounts(daemon, container, { remove: options.volumes });
  emitContainerEvent(daemon, container, "destroy");
  daemon.containers.tell(container, "removed");
}

/** Containers that have its files in /etc keep them as they are. */
function leaveFiles(daemon: Daemon, container: Container): void {
  const { etc } = container;
  if (!etc?.shared || etc.container !== container) return;
  changeableFiles(daemon, container);
  for (const other of daemon.containers.byId.values()) {
    if (other.etc === etc) daemon.touched?.containers.add(other);
  }
}
