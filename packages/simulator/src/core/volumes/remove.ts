import { engineError } from "@dryharbor/sdk/port";
import type { Daemon } from "../daemon.js";
import { emitVolumeEvent } from "./events.js";
import { findVolume } from "./find.js";
import type { Volume } from "./volume.js";

/**
 * Answers `DELETE /volumes/{name}`.
 *
 * @param options `force`: a volume that does not exist is no error
 * @throws 404; 409 if a container uses it
 */
export function removeVolume(daemon: Daemon, name: string, options: { readonly force: boolean }): void {
  if (options.force && !daemon.volumes.has(name)) return;
  const volume = findVolume(daemon, name);
  if (volume.holders.size > 0) {
    throw engineError(409, `remove ${name}: volume is in use - [${[...volume.holders].join(", ")}]`);
  }
  dropVolume(daemon, volume);
}

/** Removes a volume that no container uses. */
export function dropVolume(daemon: Daemon, { name }: Volume): void {
  daemon.volumes.delete(name);
  emitVolumeEvent(daemon, name, "destroy");
}
