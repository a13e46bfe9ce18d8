import { engineError } from "@dryharbor/sdk/port";
import type { Daemon } from "../daemon.js";
import type { Container } from "./container.js";

/** Returns the text about a container that is being restarted. */
export function restartingText(named: string): string {
  return `${named} is restarting, wait until the container is running`;
}

/** Checks that a container runs. @throws 409, with the text of `paused` for a paused one */
export function checkActive(daemon: Daemon, container: Container, paused: () => string): void {
  const { id, state } = container;
  if (state.status === "running") return;
  if (state.status === "paused") throw engineError(409, paused());
  if (state.status === "restarting") {
    throw engineError(409, restartingText(`Container ${id}`));
  }
  throw engineError(409, daemon.release.containers.notRunning(id));
}
