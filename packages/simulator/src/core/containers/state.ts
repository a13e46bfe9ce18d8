import { engineError } from "@dryharbor/sdk/port";
import type { Daemon } from "../daemon.js";
import type { Container } from "./container.js";

/** What needs a running container. @throws 409, with `paused`'s words for one that is paused */
export function checkActive(daemon: Daemon, container: Container, paused: () => string): void {
  const { id, state } = container;
  if (state.status === "running") return;
  if (state.status === "paused") throw engineError(409, paused());
  if (state.status === "restarting") {
    throw engineError(409, `Container ${id} is restarting, wait until the container is running`);
  }
  throw engineError(409, daemon.release.containers.notRunning(id));
}
