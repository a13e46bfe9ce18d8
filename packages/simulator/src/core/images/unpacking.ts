// Where containerd unpacks the layers of images, and what it says of one that it cannot unpack.

import type { LandingOptions } from "../archive/landing.js";
import type { Daemon } from "../daemon.js";
import type { Layer } from "./layer.js";

/**
 * Returns how a layer is unpacked: the lowest into a mounted directory, one on top of others into that of its snapshot. The
 * numbers of both are chance.
 */
export function unpackingOf({ random, settings }: Daemon, overlaid: boolean): LandingOptions {
  const daemon = `${settings.dataRoot}/containerd/daemon`;
  return {
    overlaid,
    directory: overlaid
      ? `${daemon}/io.containerd.snapshotter.v1.overlayfs/snapshots/${100 + random.below(900)}/fs`
      : `${daemon}/tmpmounts/containerd-mount${1_000_000_000 + random.below(2 ** 31)}`,
  };
}

/** Returns what the engine says of a layer that it cannot unpack, and `undefined` of any other. */
export function unpackFailure(daemon: Daemon, { digest, problem }: Layer, name: string): string | undefined {
  if (!problem) return undefined;
  const { overlaid, directory, why } = problem;
  const mount = overlaid ? undefined : directory;
  return daemon.release.images.unpackImageFailure.notExtracted(digest, mount, why)(name);
}

/** Returns the same of another attempt, which has another directory. */
export function nextUnpackFailure(daemon: Daemon, layer: Layer, name: string): string | undefined {
  const { problem } = layer;
  if (!problem) return undefined;
  const { overlaid, directory } = unpackingOf(daemon, problem.overlaid);
  const why = problem.why.replaceAll(problem.directory, directory);
  return unpackFailure(daemon, { ...layer, problem: { overlaid, directory, why } }, name);
}
