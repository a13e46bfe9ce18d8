import type { Daemon } from "../daemon.js";
import { dropExecs } from "../exec/lifecycle.js";
import type { Container } from "./container.js";
import { emitContainerEvent } from "./events.js";
import { deleteLinkNames } from "./links.js";

/** Removes a container that does not run, and all that is known of it. */
export function discardContainer(daemon: Daemon, container: Container): void {
  dropExecs(daemon, container);
  deleteLinkNames(daemon, container);
  daemon.containers.delete(container);
  emitContainerEvent(daemon, container, "destroy");
  daemon.containers.tell(container, "removed");
}
