import { bytesIn } from "@dryharbor/kernel/host";
import { type DiskUsage, engineError, type ImageSummary, type Volume } from "@dryharbor/sdk/port";
import { isOlder } from "../api-version.js";
import { listContainers } from "../containers/list.js";
import type { Daemon } from "../daemon.js";
import { containersOf } from "../images/containers.js";
import { listImages } from "../images/list.js";
import { layersSize, sharedSizes } from "../images/shared-size.js";
import { showVolume } from "../volumes/show.js";
import { hasOptions } from "../volumes/volume.js";

const kinds = ["container", "image", "volume", "build-cache"] as const;

/**
 * Answers `GET /system/df`: all objects with their sizes.
 *
 * @param types the kinds that are asked for; empty for all. 20.10 and clients of API versions before 1.42
 * always get all
 * @throws 400
 */
export function showDiskUsage(daemon: Daemon, types: readonly string[], apiVersion: string): DiskUsage {
  const { showsBuilderSize } = daemon.release.system;
  const old = isOlder(apiVersion, "1.42");
  for (const type of old ? [] : types) {
    if (!(kinds as readonly string[]).includes(type)) throw engineError(400, `unknown object type: ${type}`);
  }
  const wants = (kind: (typeof kinds)[number]) => old || types.length === 0 || types.includes(kind);
  return {
    LayersSize: wants("image") ? layersSize(daemon) : 0,
    Images: wants("image") ? images(daemon, apiVersion) : null,
    Containers: wants("container") ? listContainers(daemon, { all: true, size: true, apiVersion }) : null,
    Volumes: wants("volume") ? volumes(daemon) : null,
    BuildCache: wants("build-cache") && !showsBuilderSize ? [] : null,
    ...(showsBuilderSize && { BuilderSize: 0 }),
  };
}

function images(daemon: Daemon, apiVersion: string): ImageSummary[] {
  const shared = sharedSizes(daemon);
  return listImages(daemon, {}, apiVersion).map((image) => ({
    ...image,
    RepoDigests: known(image.RepoDigests),
    RepoTags: known(image.RepoTags),
    Containers: containersOf(daemon, image.Id).length,
    SharedSize: shared.get(image.Id) ?? 0,
  }));
}

/** Returns `null` for no names, whatever the list of images shows. */
function known(names: string[] | null): string[] | null {
  const [first] = names ?? [];
  return first === undefined || first.startsWith("<none>") ? null : names;
}

/** Returns the volumes with their sizes. Those with mount options are elsewhere and not measured. */
function volumes(daemon: Daemon): Volume[] {
  return [...daemon.volumes.values()]
    .filter((volume) => !hasOptions(volume))
    .map((volume) => ({
      ...showVolume(daemon, volume),
      UsageData: { RefCount: volume.holders.size, Size: bytesIn(volume.files) },
    }));
}
