import { formatTime } from "../clock.js";
import { showConfig } from "../containers/config.js";
import type { Daemon } from "../daemon.js";
import { sortedByKey } from "../go-order.js";
import { digestOf } from "./digest.js";
import type { Image } from "./image.js";
import { showImageConfig } from "./show.js";

/** The parts from which an image is made on this engine. */
type Made = Omit<
  Image,
  "id" | "dockerVersion" | "like" | "executables" | "inert" | "references" | "taggedAt" | "size"
>;

/**
 * Adds an image that was made on this engine, or returns the equal one that exists. Its id is the digest of
 * its configuration.
 *
 * @param from the image below it, whose programs it keeps
 */
export function addImage(
  daemon: Daemon,
  made: Made,
  from: Pick<Image, "like" | "executables" | "inert"> = { like: null, executables: new Set(), inert: false },
): Image {
  const dockerVersion = daemon.release.system.version;
  const id = digestOf(configFile({ ...made, dockerVersion }));
  const existing = daemon.images.get(id);
  if (existing) return existing;
  const image: Image = {
    id,
    dockerVersion,
    like: from.like,
    executables: from.executables,
    inert: from.inert,
    references: [],
    taggedAt: 0n,
    size: made.layers.reduce((sum, { size }) => sum + size, 0),
    ...made,
  };
  daemon.images.add(image);
  return image;
}

/** Returns an image's configuration as it is stored and saved, with sorted keys. */
export function configFile(image: Made & { readonly dockerVersion: string }): string {
  const { architecture, author, comment, container, created, dockerVersion, history, layers } = image;
  return JSON.stringify(
    sortedByKey({
      architecture,
      ...(author && { author }),
      ...(comment && { comment }),
      config: showImageConfig(image.config),
      ...(container && {
        container: container.id,
        container_config: showConfig({ Hostname: "", ...container.config }, ""),
      }),
      created: formatTime(created),
      ...(dockerVersion && { docker_version: dockerVersion }),
      history: history.map((entry) => ({
        created: formatTime(entry.created),
        ...(entry.author && { author: entry.author }),
        ...(entry.createdBy && { created_by: entry.createdBy }),
        ...(entry.comment && { comment: entry.comment }),
        ...(entry.empty && { empty_layer: true }),
      })),
      os: "linux",
      rootfs: { type: "layers", diff_ids: layers.map(({ digest }) => digest) },
    }),
  );
}
