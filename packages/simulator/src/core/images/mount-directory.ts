import type { Daemon } from "../daemon.js";

/** Returns a directory of the host where containerd mounts a layer to unpack it. Its number is chance. */
export function mountDirectory({ random, settings }: Daemon): string {
  const number = 1_000_000_000 + random.below(2 ** 31);
  return `${settings.dataRoot}/containerd/daemon/tmpmounts/containerd-mount${number}`;
}
