import { engineError } from "@dryharbor/sdk/port";
import type { Daemon } from "../daemon.js";
import type { Container } from "./container.js";

/** How a refusal names a container that restarts. */
export function restartingText(named: string): string {
  return `${named} is restarting, wait until the container is running`;
}

/** What needs a running container. @throws 409, with `paused`'s words for one that is paused */
export function checkActive(daemon: Daemon, container: Container, paused: () => string): void {
  const { id, state } = container;
  if (state.status === "running") return;
  if (state.status === "paused") throw engineError(409, paused());
  if (state.status === "restarting") {
    throw engineError(409, restartingText(`Container ${id}`));
  }
  throw engineError(409, daemon.release.containers.notRunning(id));
}
