// Images in the form of Docker before 1.10, where each layer is an image with a `json` of its own. Saved
// archives still have them. moby's image/tarexport/save.go and image/v1.

import { formatTime } from "../clock.js";
import { sortedByKey } from "../go-order.js";
import { goJson } from "../json/encode.js";
import type { Release } from "../releases/release.js";
import { goConfig } from "./config.js";
import { digestOf, hexOf } from "./digest.js";
import type { Image } from "./image.js";
import { chainIds, type Layer } from "./layer.js";

/** A layer as an image. */
export interface VersionOne {
  /** 64 hexadecimal digits. */
  readonly id: string;
  /** The file `json`. */
  readonly json: string;
}

/** Returns an image's layers as images, from the lowest. */
export function versionOneOf(
  release: Release,
  image: Image,
  layers: readonly Pick<Layer, "digest">[],
): VersionOne[] {
  const made: VersionOne[] = [];
  for (const [at, chain] of chainIds(layers).entries()) {
    const parent = made.at(-1)?.id;
    const own = at === layers.length - 1 ? topOf(release, image) : lower;
    const id = idOf(release, own, chain, parent);
    const json = goJson(release, {
      id,
      ...(parent !== undefined && { parent }),
      ...own,
      ...(image.os && { os: image.os }),
    });
    made.push({ id, json });
  }
  return made;
}

/** What is said of a layer below the topmost. */
const lower: Readonly<Record<string, unknown>> = {
  created: "1970-01-01T00:00:00Z",
  container_config: goConfig({}),
};

function topOf(release: Release, image: Image): Readonly<Record<string, unknown>> {
  const { architecture, author, comment, container, dockerVersion, os, variant } = image;
  const unknown = image.created === 0n;
  return {
    ...(comment && { comment }),
    created:
      unknown && !release.images.showsZeroCreated ? null : (image.createdInZone ?? formatTime(image.created)),
    ...(container?.id && { container: container.id }),
    container_config: goConfig(container?.config ?? {}),
    ...(dockerVersion && { docker_version: dockerVersion }),
    ...(author && { author }),
    ...(!image.showsNoConfig && { config: goConfig(image.config) }),
    ...(architecture && { architecture }),
    ...(variant && { variant }),
    ...(os && { os }),
  };
}

function idOf(
  release: Release,
  own: Readonly<Record<string, unknown>>,
  chain: string,
  parent: string | undefined,
): string {
  const above = parent === undefined ? {} : { parent: `sha256:${parent}` };
  return hexOf(digestOf(goJson(release, sortedByKey({ ...own, layer_id: chain, ...above }))));
}
