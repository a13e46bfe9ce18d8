import { bytesIn } from "@dryharbor/kernel/host";
import {
  type ContainerSummary,
  type DiskUsage,
  engineError,
  type ImageSummary,
  type Volume,
} from "@dryharbor/sdk/port";
import { isOlder } from "../api-version.js";
import { listContainers } from "../containers/list.js";
import type { Daemon } from "../daemon.js";
import { sortedByKey } from "../go-order.js";
import { containersOf } from "../images/containers.js";
import { listImages } from "../images/list.js";
import { layersSize, sharedSizes } from "../images/shared-size.js";
import { storedSharedSizes, storedSize } from "../images/stored/disk.js";
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
export function showDiskUsage(
  daemon: Daemon,
  types: readonly string[],
  apiVersion: string,
  verbose = false,
): DiskUsage {
  const { showsBuilderSize } = daemon.release.system;
  const old = isOlder(apiVersion, "1.42");
  for (const type of old ? [] : types) {
    if (!(kinds as readonly string[]).includes(type)) throw engineError(400, `unknown object type: ${type}`);
  }
  const wants = (kind: (typeof kinds)[number]) => old || types.length === 0 || types.includes(kind);
  if (daemon.release.system.showsUsage) return showUsage(daemon, wants, apiVersion, verbose);
  return {
    LayersSize: wants("image") ? layersSize(daemon) : 0,
    Images: wants("image") ? images(daemon, apiVersion) : null,
    Containers: wants("container") ? listContainers(daemon, { all: true, size: true, apiVersion }) : null,
    Volumes: wants("volume") ? volumes(daemon) : null,
    BuildCache: wants("build-cache") && !showsBuilderSize ? [] : null,
    ...(showsBuilderSize && { BuilderSize: 0 }),
  };
}

type Wants = (kind: (typeof kinds)[number]) => boolean;

/**
 * The same since 29: what was not asked for is left out. From API 1.52 on there is a summary of each kind, with the list
 * of its objects where the request is verbose; the lists of before are there as well where it is not.
 */
function showUsage(daemon: Daemon, wants: Wants, apiVersion: string, asksVerbose: boolean): DiskUsage {
  const old = isOlder(apiVersion, "1.52");
  const verbose = asksVerbose && !old;
  const found = {
    images: wants("image") ? images(daemon, apiVersion) : undefined,
    containers: wants("container")
      ? listContainers(daemon, { all: true, size: true, apiVersion }).map(withoutManifest)
      : undefined,
    volumes: wants("volume") ? volumes(daemon) : undefined,
    builds: wants("build-cache") ? [] : undefined,
  };
  const size = found.images ? storedSize(daemon, daemon.images.values()) : 0;
  const before = {
    ...(size > 0 && { LayersSize: size }),
    ...(found.images && { Images: found.images }),
    ...(found.containers && { Containers: found.containers }),
    ...(found.volumes && { Volumes: found.volumes }),
    ...(found.builds && { BuildCache: found.builds }),
  };
  const shown = old && isOlder(apiVersion, "1.44") && found.images?.length ? sortedByKey(before) : before;
  if (old) return shown as unknown as DiskUsage;
  const usages = {
    ...(found.images && { ImageUsage: usageOf(found.images, imageUse, size) }),
    ...(found.containers && { ContainerUsage: usageOf(found.containers, containerUse) }),
    ...(found.volumes && { VolumeUsage: usageOf(found.volumes, volumeUse) }),
    ...(found.builds && { BuildCacheUsage: {} }),
  };
  return { ...(verbose ? {} : before), ...usages } as unknown as DiskUsage;
}

function withoutManifest(container: ContainerSummary): ContainerSummary {
  const { ImageManifestDescriptor: _, ...shown } = container as ContainerSummary & {
    readonly ImageManifestDescriptor?: object;
  };
  return shown;
}

/** Whether an object is in use, its bytes, and how many of them could be had back. */
interface Use {
  readonly active: boolean;
  readonly size: number;
  readonly reclaimable: number;
}

const imageUse = ({ Containers, Size, SharedSize }: ImageSummary): Use => ({
  active: Containers > 0,
  size: Size,
  reclaimable: Containers === 0 ? Size - SharedSize : 0,
});

const containerUse = ({ State, SizeRw = 0 }: ContainerSummary): Use => {
  const active = ["running", "paused", "restarting"].includes(State);
  return { active, size: SizeRw, reclaimable: active ? 0 : SizeRw };
};

const volumeUse = ({ UsageData }: Volume): Use => {
  const { RefCount = 0, Size = 0 } = UsageData ?? {};
  return { active: RefCount > 0, size: Size, reclaimable: RefCount === 0 ? Size : 0 };
};

/** Sums objects up. Numbers that are 0 are left out. @param size of all together, if parts are shared */
function usageOf<T>(items: readonly T[], use: (item: T) => Use, size?: number): object {
  const uses = items.map(use);
  const sum = (of: (one: Use) => number) => uses.reduce((total, one) => total + of(one), 0);
  const numbers = {
    ActiveCount: sum(({ active }) => Number(active)),
    Items: items.length > 0 ? items : 0,
    Reclaimable: sum(({ reclaimable }) => reclaimable),
    TotalCount: items.length,
    TotalSize: size ?? sum((one) => one.size),
  };
  return Object.fromEntries(Object.entries(numbers).filter(([, value]) => value !== 0));
}

function images(daemon: Daemon, apiVersion: string): ImageSummary[] {
  const { storesContent } = daemon.release.images;
  const shared = storesContent ? storedSharedSizes(daemon, [...daemon.images.values()]) : sharedSizes(daemon);
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
