import { EngineError, engineError } from "@dryharbor/sdk/port";
import type { Daemon } from "../../daemon.js";
import { compareText } from "../../go-order.js";
import { shortId } from "../../id.js";
import { contentOf } from "../content.js";
import { hexOf } from "../digest.js";
import { emitImageEvent } from "../events.js";
import { tagsOfRepository } from "../find.js";
import type { Image } from "../image.js";
import type { Platform } from "../platform.js";
import { findImageFor } from "../platform-mismatch.js";
import type { PushStep } from "../progress.js";
import type { Push } from "../push.js";
import { familiarName, familiarString, isNameOnly, pathOf, type Reference } from "../reference.js";
import { containerdUnreachable } from "../unreachable.js";
import { addSource } from "./pull.js";

/** A push from a store of content. All that goes wrong is told in its progress. */
export function pushStored(daemon: Daemon, reference: Reference, platform: Platform | undefined): Push {
  const { images } = daemon;
  const steps: PushStep[] = [{ status: `The push refers to repository [${reference.repository}]` }];
  const wanted = isNameOnly(reference) ? tagsHere(daemon, reference) : [reference];
  if (wanted.length === 0) {
    const message = `An image does not exist locally with the tag: ${familiarName(reference)}`;
    return { steps, failure: engineError(404, message) };
  }
  for (const one of wanted) {
    const image = images.referenced(one);
    if (!image) return { steps, failure: engineError(404, `tag does not exist: ${familiarString(one)}`) };
    try {
      send(daemon, one, platform ? findImageFor(daemon, familiarString(one), platform) : image, steps);
    } catch (error) {
      if (error instanceof EngineError) return { steps, failure: error };
      throw error;
    }
    emitImageEvent(daemon, "push", familiarString(one), familiarName(one), image);
  }
  return { steps };
}

/** Returns all tags that the engine has of a repository, sorted. */
function tagsHere(daemon: Daemon, { repository }: Reference): Reference[] {
  return tagsOfRepository(daemon, repository)
    .map(([, reference]) => reference)
    .sort((one, other) => compareText(one.tag, other.tag));
}

function send(daemon: Daemon, reference: Reference, image: Image, steps: PushStep[]): void {
  const { release, images } = daemon;
  const { target, layers } = contentOf(release, image);
  const told = (status: string, digest: string) =>
    steps.push({ status, progressDetail: {}, id: shortId(hexOf(digest)) });
  const { pull, repositories } = images.registry;
  if (pull === "deny") {
    for (const { digest } of layers) told("Waiting", digest);
    const asked = layers.at(-1)?.digest ?? target.digest;
    const path = `v2/${pathOf(reference.repository)}/blobs/${asked}`;
    throw engineError(500, containerdUnreachable(daemon, reference.repository, path));
  }
  const name = familiarName(reference);
  const tags = repositories.get(name) ?? new Map();
  const known = new Set(
    [...tags.values()].flatMap((offer) => contentOf(release, offer.image).layers.map(({ digest }) => digest)),
  );
  for (const { digest } of layers) told(known.has(digest) ? "Layer already exists" : "Pushed", digest);
  repositories.set(
    name,
    tags.set(reference.tag, { digest: target.digest, image, manyPlatforms: image.index !== undefined }),
  );
  addSource(image, reference);
  steps.push({ status: `${reference.tag}: digest: ${target.digest} size: ${target.size}` });
}
