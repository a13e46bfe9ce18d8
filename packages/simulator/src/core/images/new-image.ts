import { formatTime } from "../clock.js";
import type { Daemon } from "../daemon.js";
import { sortedByKey } from "../go-order.js";
import { goJson } from "../json/encode.js";
import type { Release } from "../releases/release.js";
import { goConfig } from "./config.js";
import { contentOf } from "./content.js";
import { digestOf } from "./digest.js";
import type { Image } from "./image.js";

/** The parts from which an image is made on this engine. */
type Made = Omit<
  Image,
  "id" | "dockerVersion" | "like" | "executables" | "inert" | "references" | "taggedAt" | "size" | "file"
>;

/**
 * Adds an image that was made on this engine, or returns the equal one that exists. Its id is the digest of
 * its configuration, or of its manifest in a store of content.
 *
 * @param from the image below it, whose programs it keeps
 */
export function addImage(
  daemon: Daemon,
  made: Made,
  from: Pick<Image, "like" | "executables" | "inert"> = { like: null, executables: new Set(), inert: false },
): Image {
  const dockerVersion = daemon.release.system.version;
  const { release } = daemon;
  const { storesContent } = release.images;
  const id = storesContent
    ? contentOf(release, { ...made, file: null }).target.digest
    : digestOf(configFile(release, { ...made, dockerVersion, file: null }));
  const existing = daemon.images.get(id);
  if (existing) return existing;
  const image: Image = {
    id,
    dockerVersion: storesContent ? "" : dockerVersion,
    file: null,
    like: from.like,
    executables: from.executables,
    inert: from.inert,
    references: [],
    taggedAt: storesContent ? daemon.clock.now() : 0n,
    size: made.layers.reduce((sum, { size }) => sum + size, 0),
    ...made,
  };
  daemon.images.add(image);
  return image;
}

/** Returns an image's configuration as it is stored and saved, with sorted keys. */
export function configFile(release: Release, image: Made & Pick<Image, "dockerVersion" | "file">): string {
  const { architecture, author, comment, container, created, dockerVersion, history, layers } = image;
  if (image.file !== null) return image.file;
  return goJson(
    release,
    sortedByKey({
      architecture,
      ...(author && { author }),
      ...(comment && { comment }),
      config: goConfig(image.config),
      ...(container?.id && { container: container.id }),
      container_config: goConfig(container?.config ?? {}),
      created: formatTime(created),
      ...(dockerVersion && { docker_version: dockerVersion }),
      history: history.map((entry) => ({
        created: formatTime(entry.created),
        ...authorAndCommand(release, entry.author, entry.createdBy),
        ...(entry.comment && { comment: entry.comment }),
        ...(entry.empty && { empty_layer: true }),
      })),
      os: image.os,
      rootfs: { type: "layers", diff_ids: layers.map(({ digest }) => digest) },
      ...(image.variant && { variant: image.variant }),
    }),
  );
}

/** Returns the author and the command of a history entry, in the release's order of keys. */
export function authorAndCommand({ images }: Release, author = "", command = ""): object {
  const by = [author && { author }, command && { created_by: command }] as const;
  const [first, second] = images.authorBeforeCommand ? by : [by[1], by[0]];
  return { ...(first || {}), ...(second || {}) };
}
