import type { Daemon } from "../daemon.js";
import { dropExecs } from "../exec/lifecycle.js";
import { releaseMounts } from "../mounts/release.js";
import type { Container } from "./container.js";
import { emitContainerEvent } from "./events.js";
import { deleteLinkNames } from "./legacy-links.js";

/**
 * Removes a container that does not run, and all that is known of it.
 *
 * @param options `volumes`: its volumes that nobody named go with it
 */
export function discardContainer(
  daemon: Daemon,
  container: Container,
  options: { readonly volumes: boolean },
): void {
  dropExecs(daemon, container);
  deleteLinkNames(daemon, container);
  daemon.containers.delete(container);
  releaseMounts(daemon, container, { remove: options.volumes });
  emitContainerEvent(daemon, container, "destroy");
  daemon.containers.tell(container, "removed");
}
