import type { Daemon } from "../daemon.js";
import { mountpoint } from "../volumes/show.js";
import type { MountPoint } from "./mount-point.js";

/** Returns what is mounted, by its path on the host: a bind's source, or the directory of a volume. */
export function mountSource(
  daemon: Daemon,
  { source, volume }: Pick<MountPoint, "source" | "volume">,
): string {
  return volume === "" ? source : mountpoint(daemon, volume);
}
