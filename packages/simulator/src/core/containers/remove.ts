import type { Daemon } from "../daemon.js";

/**
 * `DELETE /containers/{id}`. With `force` a running container is killed first: the kill, die and
 * disconnect events are emitted here, and the runtime learns of it by `daemon.containers.watch`.
 */
export function removeContainer(
  _daemon: Daemon,
  _ref: string,
  _options: { readonly force?: boolean; readonly link?: boolean; readonly v?: boolean } = {},
): void {
  throw new Error("not yet");
}
