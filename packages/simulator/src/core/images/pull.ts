import { engineError, type PullProgress } from "@dryharbor/sdk/port";
import type { Daemon } from "../daemon.js";
import { shortId } from "../id.js";
import { digestProblem, hexOf } from "./digest.js";
import { emitImageEvent } from "./events.js";
import type { Image } from "./image.js";
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
import { registryImage, tagsOf } from "./registry.js";
import { unreachable } from "./unreachable.js";

/**
 * `POST /images/create?fromImage=…&tag=…`: gets an image from the registry, or with neither tag nor
 * digest all that its repository has. The answer is what the engine says while it does.
 *
 * @param tag a tag or a digest; empty for what `name` says
 * @throws 404 the registry does not have it, 500 there is none to be reached, 400 for what cannot be a
 * reference, 403 for `scratch`
 */
export function pullImage(daemon: Daemon, name: string, tag = ""): PullProgress[] {
  const reference = readReference(daemon, name, tag);
  if (familiarName(reference) === "scratch") throw engineError(403, "'scratch' is a reserved name");
  const wanted = wantedFromRegistry(daemon, reference);
  const progress: PullProgress[] = [];
  let updated = false;
  for (const [one, image] of wanted) {
    progress.push(...fetchImage(daemon, one, image));
    updated = refer(daemon, one, image) || updated;
  }
  const outcome = updated ? "Downloaded newer image" : "Image is up to date";
  progress.push({ status: `Status: ${outcome} for ${familiarString(reference)}` });
  emitPull(daemon, reference);
  return progress;
}

function readReference(daemon: Daemon, name: string, tag: string): Reference {
  // `docker pull -a` sends a trailing colon.
  const reference = parseReference(daemon.release, name.replace(/:$/, ""));
  if (tag === "") return reference;
  if (digestProblem(tag) === undefined) return { ...reference, tag: "", digest: tag };
  return withTag(reference, tag);
}

/** What there is to bring: one image, or all that the repository has. */
function wantedFromRegistry(daemon: Daemon, reference: Reference): [Reference, Image][] {
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
    const image = registryImage(registry, one);
    if (image) return [one, daemon.images.get(image.id) ?? image];
    throw engineError(
      404,
      `manifest for ${familiarString(one)} not found: manifest unknown: manifest unknown`,
    );
  });
}

/** Brings the image here. A layer that a container still stands on is here already. */
function fetchImage(daemon: Daemon, reference: Reference, image: Image): PullProgress[] {
  const { repository, tag, digest } = reference;
  const progress: PullProgress[] = [
    { status: `Pulling from ${pathOf(repository)}`, id: digest === "" ? tag : canonicalString(reference) },
  ];
  if (!daemon.images.get(image.id)) {
    const hasLayer = [...daemon.containers.byId.values()].some(({ imageId }) => imageId === image.id);
    const id = shortId(hexOf(image.layer));
    if (hasLayer) progress.push({ status: "Already exists", progressDetail: {}, id });
    else progress.push(...layerSteps(id, image.size));
    daemon.images.add(image);
  }
  progress.push({ status: `Digest: ${image.digest}` });
  return progress;
}

/** Makes the reference, and the image's digest in that repository, lead to it. `false`: the reference did before. */
function refer(daemon: Daemon, reference: Reference, image: Image): boolean {
  const isNew = daemon.images.referenced(reference) !== image;
  daemon.images.refer({ ...reference, tag: "", digest: image.digest }, image);
  daemon.images.refer(reference, image);
  return isNew;
}

function emitPull(daemon: Daemon, reference: Reference): void {
  const tag = isNameOnly(reference) ? "latest" : reference.tag;
  const image = daemon.images.referenced({ ...reference, tag });
  emitImageEvent(daemon, "pull", familiarString(reference), familiarName(reference), image);
}
