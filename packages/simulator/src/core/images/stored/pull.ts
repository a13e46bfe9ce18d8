import { type EngineError, engineError, type PullProgress } from "@dryharbor/sdk/port";
import type { Daemon } from "../../daemon.js";
import { shortId } from "../../id.js";
import { contentOf } from "../content.js";
import { hexOf } from "../digest.js";
import { emitImageEvent } from "../events.js";
import type { Image } from "../image.js";
import { hostPlatform, isSamePlatform, type Platform, platformText, runsOn } from "../platform.js";
import type { Pull } from "../pull.js";
import {
  canonicalString,
  familiarName,
  familiarString,
  isNameOnly,
  pathOf,
  type Reference,
  withTag,
} from "../reference.js";
import { imageFor, offerOf, tagsOf } from "../registry.js";
import { containerdUnreachable, unreachable } from "../unreachable.js";

/** A pull into a store of content. @throws 404 if the registry does not have it, 500 if it cannot be reached */
export function pullStored(daemon: Daemon, reference: Reference, asked: Platform | undefined): Pull {
  const steps: PullProgress[] = [];
  for (const one of wantedTags(daemon, reference)) {
    const problem = pullOne(daemon, one, asked ?? hostPlatform, steps);
    if (!problem) continue;
    if (steps.length === 0) throw problem;
    return {
      steps,
      failure: engineError(problem.status, `error pulling ${canonicalString(one)}: ${problem.message}`),
    };
  }
  return { steps };
}

/** Returns the tags of a repository where none is named. */
function wantedTags(daemon: Daemon, reference: Reference): Reference[] {
  if (!isNameOnly(reference)) return [reference];
  const { registry } = daemon.images;
  if (registry.pull === "deny") throw unreachable(daemon, reference.repository);
  const tags = tagsOf(registry, reference);
  if (!tags) throw accessDenied(reference, ": denied: requested access to the resource is denied");
  return tags.map((tag) => withTag(reference, tag));
}

function accessDenied(reference: Reference, why = ""): EngineError {
  return engineError(
    404,
    `pull access denied for ${familiarName(reference)}, repository does not exist or may require 'docker login'${why}`,
  );
}

/** Pulls one image. Returns why it could not. */
function pullOne(
  daemon: Daemon,
  reference: Reference,
  wanted: Platform,
  steps: PullProgress[],
): EngineError | undefined {
  const { release, images } = daemon;
  const { registry } = images;
  const name = canonicalString(reference);
  if (registry.pull === "deny") {
    const path = `v2/${pathOf(reference.repository)}/manifests/${reference.tag || reference.digest}`;
    const why = containerdUnreachable(daemon, reference.repository, path);
    return engineError(500, `failed to resolve reference ${JSON.stringify(name)}: ${why}`);
  }
  if (!tagsOf(registry, reference)) return accessDenied(reference);
  const offer = offerOf(release, registry, reference);
  if (!offer)
    return engineError(404, `failed to resolve reference ${JSON.stringify(name)}: ${name}: not found`);
  const made = imageFor(release, offer, wanted);
  if (!made) {
    return engineError(
      404,
      `no matching manifest for ${platformText(wanted)} in the manifest list entries: no match for platform in manifest: not found`,
    );
  }
  steps.push({
    status: `Pulling from ${pathOf(reference.repository)}`,
    id: reference.digest === "" ? reference.tag : name,
  });
  const isNew = images.referenced(reference)?.id !== made.id;
  const image = added(daemon, made, steps);
  images.refer(reference, image);
  image.dangles = false;
  image.taggedAt = daemon.clock.now();
  addSource(image, reference);
  steps.push({ status: `Digest: ${offer.digest}` });
  const outcome = isNew ? "Downloaded newer image" : "Image is up to date";
  steps.push({ status: `Status: ${outcome} for ${familiarString(reference)}` });
  emitImageEvent(daemon, "pull", familiarString(reference), familiarName(reference), image);
  return undefined;
}

/** Adds an image, or the same one for another platform. Returns the one that the engine has by this id. */
function added(daemon: Daemon, made: Image, steps: PullProgress[]): Image {
  const { images, release } = daemon;
  const known = images.get(made.id);
  if (!known) {
    steps.push(...layerSteps(daemon, made));
    images.add(made);
    return made;
  }
  const { others = [] } = known;
  const isThere = [known, ...others].some((one) => isSamePlatform(one, made));
  if (isThere || contentOf(release, known).manifest.digest === contentOf(release, made).manifest.digest)
    return known;
  steps.push(...layerSteps(daemon, made));
  known.others = [...others, made];
  return known;
}

/** The progress of each layer that the engine does not have. Only what is for the host is unpacked. */
function layerSteps(daemon: Daemon, image: Image): PullProgress[] {
  const known = new Set(
    [...daemon.images.values()].flatMap((other) =>
      contentOf(daemon.release, other).layers.map(({ digest }) => digest),
    ),
  );
  const fresh = contentOf(daemon.release, image).layers.filter(({ digest }) => !known.has(digest));
  const step = (status: string, progressDetail: object) =>
    fresh.map(({ digest }) => ({ status, progressDetail, id: shortId(hexOf(digest)) }));
  return [
    ...step("Pulling fs layer", {}),
    ...step("Download complete", { hidecounts: true }),
    ...(runsOn(image, hostPlatform) ? step("Extracting", { current: 1, units: "s" }) : []),
    ...step("Pull complete", { hidecounts: true }),
  ];
}

/** Notes where an image is known. The port of a registry is not told. */
export function addSource(image: Image, { repository }: Reference): void {
  const domain = repository.slice(0, repository.indexOf("/")).replace(/:\d+$/, "");
  const source = `${domain}/${pathOf(repository)}`;
  const { sources = [] } = image;
  if (!sources.includes(source)) image.sources = [...sources, source];
}
