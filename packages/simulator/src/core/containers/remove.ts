import { engineError } from "@dryharbor/sdk/port";
import type { Daemon } from "../daemon.js";
import type { Container } from "./container.js";
import { discardContainer } from "./discard.js";
import { findContainer } from "./find.js";
import { removeLink } from "./legacy-links.js";
import { killForRemoval } from "./lifecycle.js";

/**
 * `DELETE /containers/{id}`. `force` kills a running container first: the events `kill`, `die` and
 * `disconnect` are emitted here, and the runtime learns of it by `daemon.containers.watch`. `link` only
 * removes a link's name. `v` also removes anonymous volumes.
 *
 * @param onKill called before the kill takes the container's networks from it: its processes' sockets end first
 */
export function removeContainer(
  daemon: Daemon,
  spelled: string,
  options: { readonly force?: boolean; readonly link?: boolean; readonly v?: boolean } = {},
  onKill: (container: Container) => void = () => {},
): void {
  const container = findContainer(daemon, spelled);
  if (options.link) {
    removeLink(daemon, container, spelled);
    return;
  }
  const { id, name, state } = container;
  if (["running", "paused", "restarting"].includes(state.status)) {
    if (!options.force) {
      const { removeRunning } = daemon.release.containers;
      throw engineError(409, removeRunning({ id, name, status: state.status, spelled }));
    }
    onKill(container);
    killForRemoval(daemon, container);
  }
  discardContainer(daemon, container, { volumes: options.v ?? false });
}
