// Pulls images from the simulated registry (`registry.ts`). The port and the route `POST /images/create` call
// `pullImage`; it returns the whole progress at once.

import { type EngineError, engineError, type PullProgress } from "@dryharbor/sdk/port";
import { isOlder } from "../api-version.js";
import type { Daemon } from "../daemon.js";
import { shortId } from "../id.js";
import { containersOf } from "./containers.js";
import { digestProblem, hexOf } from "./digest.js";
import { emitImageEvent } from "./events.js";
import type { Image } from "./image.js";
import { topLayer } from "./layer.js";
import { hostPlatform, type Platform, parsePlatform, platformText } from "./platform.js";
import { platformMismatch } from "./platform-mismatch.js";
import { layerSteps } from "./progress.js";
import {
  canonicalString,
  familiarName,
  familiarString,
  isNameOnly,
  parseReference,
  pathOf,
  type Reference,
  withTag,
} from "./reference.js";
import { imageFor, type Offer, offerOf, tagsOf } from "./registry.js";
import { pullStored } from "./stored/pull.js";
import { unreachable } from "./unreachable.js";

/** The progress of a pull, and the error that ended it after it had begun. */
export interface Pull {
  readonly steps: readonly PullProgress[];
  readonly failure?: EngineError;
}

/** The parameters of a pull. */
export interface PullRequest {
  /** A reference. */
  readonly name: string;
  /** A tag or a digest; empty for the one in `name`. */
  readonly tag?: string;
  /** The platform, such as `linux/arm64`; empty for the host's. Ignored before API 1.32. */
  readonly platform?: string;
}

/**
 * Answers `POST /images/create?fromImage=…`: gets an image from the registry, or all of its repository if
 * there is neither tag nor digest.
 *
 * @throws 404 if the registry does not have it, 500 if no registry can be reached, 400 for an invalid
 * reference or platform, 403 for `scratch`
 */
export function pullImage(
  daemon: Daemon,
  { name, tag = "", platform = "" }: PullRequest,
  apiVersion?: string,
): Pull {
  const asked =
    platform === "" || isOlder(apiVersion, "1.32") ? undefined : parsePlatform(daemon.release, platform);
  const reference = readReference(daemon, name, tag);
  if (familiarName(reference) === "scratch") throw engineError(403, "'scratch' is a reserved name");
  if (daemon.release.images.storesContent) return pullStored(daemon, reference, asked);
  const steps: PullProgress[] = [];
  let updated = false;
  for (const [one, offer] of wantedFromRegistry(daemon, reference)) {
    steps.push({ status: `Pulling from ${pathOf(one.repository)}`, id: idOf(one) });
    const made = imageFor(daemon.release, offer, asked ?? hostPlatform);
    if (!made) return { steps, failure: noPlatform(asked ?? hostPlatform) };
    const image = daemon.images.get(made.id) ?? made;
    steps.push(...fetchImage(daemon, image), { status: `Digest: ${offer.digest}` });
    updated = refer(daemon, one, offer.digest, image) || updated;
  }
  const outcome = updated ? "Downloaded newer image" : "Image is up to date";
  steps.push({ status: `Status: ${outcome} for ${familiarString(reference)}` });
  emitPull(daemon, reference);

  const mismatch = asked && mismatchOf(daemon, reference, name, asked);
  if (mismatch === undefined) return { steps };
  if (daemon.release.images.pulledMismatch === "error") return { steps, failure: engineError(500, mismatch) };
  return { steps: [...steps, { status: `WARNING: ${mismatch}` }] };
}

function readReference(daemon: Daemon, name: string, tag: string): Reference {
  // `docker pull -a` sends a trailing colon.
  const reference = parseReference(daemon.release, name.replace(/:$/, ""));
  if (tag === "") return reference;
  if (digestProblem(tag) === undefined) return { ...reference, tag: "", digest: tag };
  return withTag(reference, tag);
}

/** Returns the images to pull: one, or all that the repository has. */
function wantedFromRegistry(daemon: Daemon, reference: Reference): [Reference, Offer][] {
  const { registry } = daemon.images;
  if (registry.pull === "deny") throw unreachable(daemon, reference.repository);
  const tags = tagsOf(registry, reference);
  if (!tags) {
    throw engineError(
      404,
      `pull access denied for ${familiarName(reference)}, repository does not exist or may require 'docker login': denied: requested access to the resource is denied`,
    );
  }
  const wanted = isNameOnly(reference) ? tags.map((tag) => withTag(reference, tag)) : [reference];
  return wanted.map((one) => {
    const offer = offerOf(daemon.release, registry, one);
    if (offer) return [one, offer];
    throw engineError(
      404,
      `manifest for ${familiarString(one)} not found: manifest unknown: manifest unknown`,
    );
  });
}

function idOf(reference: Reference): string {
  return reference.digest === "" ? reference.tag : canonicalString(reference);
}

function noPlatform(wanted: Platform): EngineError {
  return engineError(500, `no matching manifest for ${platformText(wanted)} in the manifest list entries`);
}

/** Adds the image. A layer that a container still uses is present already. */
function fetchImage(daemon: Daemon, image: Image): PullProgress[] {
  if (daemon.images.get(image.id)) return [];
  const hasLayer = containersOf(daemon, image.id).length > 0;
  const id = shortId(hexOf(topLayer(image).digest));
  daemon.images.add(image);
  return hasLayer ? [{ status: "Already exists", progressDetail: {}, id }] : layerSteps(id, image.size);
}

/**
 * Makes the reference, and the digest in that repository, refer to the image. Returns `false` if the
 * reference did already.
 */
function refer(daemon: Daemon, reference: Reference, digest: string, image: Image): boolean {
  const isNew = daemon.images.referenced(reference) !== image;
  daemon.images.refer({ ...reference, tag: "", digest }, image);
  daemon.images.refer(reference, image);
  return isNew;
}

function emitPull(daemon: Daemon, reference: Reference): void {
  emitImageEvent(
    daemon,
    "pull",
    familiarString(reference),
    familiarName(reference),
    pulled(daemon, reference),
  );
}

/** Returns the image that was pulled. A whole repository is represented by its `latest`. */
function pulled({ images }: Daemon, reference: Reference): Image | undefined {
  const tag = isNameOnly(reference) ? "latest" : reference.tag;
  return images.referenced({ ...reference, tag });
}

/**
 * Returns the message about an image that the registry had for one platform only, when another was asked for.
 */
function mismatchOf(
  daemon: Daemon,
  reference: Reference,
  spelt: string,
  wanted: Platform,
): string | undefined {
  const image = pulled(daemon, reference);
  if (!image) return undefined;
  const name = daemon.release.images.mismatchNamesAsSpelt ? spelt : familiarString(reference);
  return platformMismatch(daemon, image, name, wanted);
}
