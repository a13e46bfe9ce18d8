import { EngineError, engineError } from "@dryharbor/sdk/port";
import type { Daemon } from "../daemon.js";
import { compareText } from "../go-order.js";
import { shortId } from "../id.js";
import { hexOf } from "./digest.js";
import { emitImageEvent } from "./events.js";
import { tagsOfRepository } from "./find.js";
import type { Image } from "./image.js";
import { topLayer } from "./layer.js";
import type { Platform } from "./platform.js";
import { findImageFor } from "./platform-mismatch.js";
import { type PushStep, pushedLayer } from "./progress.js";
import {
  familiarName,
  familiarString,
  isNameOnly,
  parseReference,
  type Reference,
  withDefaultTag,
  withTag,
} from "./reference.js";
import { manifestOf } from "./registry.js";
import { pushStored } from "./stored/push.js";
import { unreachable } from "./unreachable.js";

/** The progress of a push, and the error that ended it after it had begun. */
export interface Push {
  readonly steps: readonly PushStep[];
  readonly failure?: EngineError;
}

/** The bytes of a manifest with one layer. Seen: pushes of busybox. */
export const manifestSize = 527;

/**
 * Answers `POST /images/{name}/push`: gives a tag, or all tags of a repository, to the registry, from which
 * pulls get them.
 *
 * @throws 400, or 500 on 20.10, for an invalid reference; 404 if the image is not for the platform
 */
export function pushImage(
  daemon: Daemon,
  name: string,
  { tag = "", platform }: { readonly tag?: string; readonly platform?: Platform | undefined } = {},
): Push {
  const reference = readReference(daemon, name, tag);
  if (daemon.release.images.storesContent) return pushStored(daemon, reference, platform);
  if (platform) findImageFor(daemon, familiarString(reference), platform);
  const { images } = daemon;
  const steps: PushStep[] = [{ status: `The push refers to repository [${reference.repository}]` }];
  const wanted = isNameOnly(reference) ? tagsHere(daemon, reference) : [reference];
  const present = wanted.filter((one) => images.referenced(withDefaultTag(one)));
  if (present.length === 0) {
    const message = `An image does not exist locally with the tag: ${familiarName(reference)}`;
    return { steps, failure: engineError(404, message) };
  }
  if (images.registry.pull === "deny") {
    return { steps, failure: unreachable(daemon, reference.repository) };
  }
  for (const one of present) steps.push(...send(daemon, one));
  emitImageEvent(
    daemon,
    "push",
    familiarString(reference),
    familiarName(reference),
    images.referenced(withDefaultTag(reference)),
  );
  return { steps };
}

function readReference(daemon: Daemon, name: string, tag: string): Reference {
  try {
    const { digest: _, ...reference } = parseReference(daemon.release, name);
    return tag === "" ? { ...reference, digest: "" } : withTag({ ...reference, digest: "" }, tag);
  } catch (error) {
    if (!(error instanceof EngineError)) throw error;
    throw engineError(daemon.release.images.badPushStatus, error.message);
  }
}

/** Returns all tags that the engine has of a repository, sorted. */
function tagsHere(daemon: Daemon, { repository }: Reference): Reference[] {
  return tagsOfRepository(daemon, repository)
    .map(([, reference]) => reference)
    .sort((one, other) => compareText(one.tag, other.tag));
}

function send({ images }: Daemon, reference: Reference): PushStep[] {
  const { repositories } = images.registry;
  const image = images.referenced(reference) as Image;
  const name = familiarName(reference);
  const digest = manifestOf(image);
  const tags = repositories.get(name) ?? new Map();
  const isKnown = [...tags.values()].some((offer) => topLayer(offer.image).digest === topLayer(image).digest);
  repositories.set(name, tags.set(reference.tag, { digest, image, manyPlatforms: false }));
  images.refer({ ...reference, tag: "", digest }, image);
  return [
    ...pushedLayer(shortId(hexOf(topLayer(image).digest)), image.size, isKnown),
    { status: `${reference.tag}: digest: ${digest} size: ${manifestSize}` },
    { progressDetail: {}, aux: { Tag: reference.tag, Digest: digest, Size: manifestSize } },
  ];
}
