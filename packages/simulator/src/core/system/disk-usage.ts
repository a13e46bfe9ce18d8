import { bytesIn } from "@dryharbor/kernel/host";
import {
  type ContainerSummary,
  type DiskUsage,
  engineError,
  type ImageSummary,
  type UsageOfKind,
  type Volume,
} from "@dryharbor/sdk/port";
import { isOlder } from "../api-version.js";
import { listContainers } from "../containers/list.js";
import type { Daemon } from "../daemon.js";
import { deeplySorted } from "../go-order.js";
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
 * @param verbose without the lists of before, where usage is counted by kind
 * @throws 400
 */
export function showDiskUsage(
  daemon: Daemon,
  types: readonly string[],
  apiVersion: string,
  verbose = false,
): DiskUsage {
  const { showsBuilderSize, usageByKind } = daemon.release.system;
  const old = isOlder(apiVersion, "1.42");
  for (const type of old ? [] : types) {
    if (!(kinds as readonly string[]).includes(type)) throw engineError(400, `unknown object type: ${type}`);
  }
  const wants = (kind: (typeof kinds)[number]) => old || types.length === 0 || types.includes(kind);
  const lists: Lists = {
    LayersSize: wants("image") ? sizeOfLayers(daemon) : 0,
    Images: wants("image") ? images(daemon, apiVersion) : null,
    Containers: wants("container") ? containers(daemon, apiVersion) : null,
    Volumes: wants("volume") ? volumes(daemon) : null,
    BuildCache: wants("build-cache") && !showsBuilderSize ? [] : null,
  };
  if (!usageByKind) return { ...lists, ...(showsBuilderSize && { BuilderSize: 0 }) };
  if (isOlder(apiVersion, usageByKind.since)) {
    const shown = withoutEmpty(lists);
    // Where the engine adds a field for older clients, it sorts all.
    return isOlder(apiVersion, "1.44") && (lists.Images?.length ?? 0) > 0
      ? (deeplySorted(shown) as DiskUsage)
      : shown;
  }
  return { ...(!verbose && withoutEmpty(lists)), ...usages(lists) };
}

type Lists = Required<Pick<DiskUsage, "LayersSize" | "Images" | "Containers" | "Volumes" | "BuildCache">>;

/** Returns what was asked for, as Go leaves out what is zero. */
function withoutEmpty({ LayersSize, Images, Containers, Volumes, BuildCache }: Lists): DiskUsage {
  return {
    ...(LayersSize !== 0 && { LayersSize }),
    ...(Images && { Images }),
    ...(Containers && { Containers }),
    ...(Volumes && { Volumes }),
    ...(BuildCache && { BuildCache }),
  };
}

function usages({ LayersSize, Images, Containers, Volumes, BuildCache }: Lists): DiskUsage {
  return {
    ...(Images && {
      ImageUsage: usage(Images, LayersSize, {
        isActive: ({ Containers }) => Containers > 0,
        size: ({ Size, SharedSize }) => Size - SharedSize,
      }),
    }),
    ...(Containers && {
      ContainerUsage: usage(Containers, sum(Containers.map(({ SizeRw = 0 }) => SizeRw)), {
        isActive: ({ State }) => ["running", "paused", "restarting"].includes(State),
        size: ({ SizeRw = 0 }) => SizeRw,
      }),
    }),
    ...(Volumes && {
      VolumeUsage: usage(Volumes, sum(Volumes.map(({ UsageData }) => UsageData?.Size ?? 0)), {
        isActive: ({ UsageData }) => UsageData?.RefCount !== 0,
        size: ({ UsageData }) => UsageData?.Size ?? 0,
      }),
    }),
    ...(BuildCache && { BuildCacheUsage: {} }),
  };
}

function usage<Item>(
  items: Item[],
  size: number,
  of: { isActive(item: Item): boolean; size(item: Item): number },
): UsageOfKind<Item> {
  const idle = items.filter((item) => !of.isActive(item));
  const numbers = {
    ActiveCount: items.length - idle.length,
    Reclaimable: sum(idle.map((item) => of.size(item))),
    TotalCount: items.length,
    TotalSize: size,
  };
  const { ActiveCount, ...others } = Object.fromEntries(
    Object.entries(numbers).filter(([, number]) => number !== 0),
  );
  return {
    ...(ActiveCount !== undefined && { ActiveCount }),
    ...(items.length > 0 && { Items: items }),
    ...others,
  };
}

function sum(numbers: readonly number[]): number {
  return numbers.reduce((total, number) => total + number, 0);
}

/** The containers, without what the list of containers says of their images' content. */
function containers(daemon: Daemon, apiVersion: string): ContainerSummary[] {
  return listContainers(daemon, { all: true, size: true, apiVersion }).map((container) => {
    const { ImageManifestDescriptor: _, ...summary } = container;
    return summary;
  });
}

function sizeOfLayers(daemon: Daemon): number {
  const { storesContent } = daemon.release.images;
  return storesContent ? storedSize(daemon, daemon.images.values()) : layersSize(daemon);
}

function images(daemon: Daemon, apiVersion: string): ImageSummary[] {
  const { storesContent } = daemon.release.images;
  const listed = listImages(daemon, {}, apiVersion);
  const found = () => listed.flatMap(({ Id }) => daemon.images.get(Id) ?? []);
  const shared = storesContent ? storedSharedSizes(daemon, found()) : sharedSizes(daemon);
  return listed.map((image) => ({
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
