import { engineError } from "@dryharbor/sdk/port";
import type { Daemon } from "../daemon.js";
import { digestProblem, hexOf } from "./digest.js";
import type { Image } from "./image.js";
import { familiarString, parseReference, type Reference, withDefaultTag } from "./reference.js";

/**
 * Returns the image that a request names: by a whole id, by tag (default `latest`) or manifest digest, or by
 * a unique prefix of its id, with or without `sha256:`.
 *
 * @throws 404 if there is none, 400 for an invalid reference
 */
export function findImage(daemon: Daemon, ref: string): Image {
  const { images } = daemon;
  if (isWholeId(ref)) {
    const id = ref.includes(":") ? ref : `sha256:${ref}`;
    const image = images.get(id);
    if (image?.id !== id) throw engineError(404, `No such image: ${id}`);
    return image;
  }
  const reference = withDefaultTag(parseReference(daemon.release, ref));
  if (daemon.release.images.storesContent) return findStored(daemon, ref, reference);
  const image = images.referenced(reference) ?? imageOfPrefix(daemon, ref);
  if (!image) throw engineError(404, `No such image: ${familiarString(reference)}`);
  return image;
}

/** The same in a store of content, where a digest is that of the image, and an id has four digits at least. */
function findStored({ images }: Daemon, ref: string, reference: Reference): Image {
  const { digest, repository } = reference;
  const named = digest === "" ? images.referenced(reference) : images.get(digest);
  if (named && (digest === "" || named.references.some((one) => one.repository === repository))) return named;
  const digits = ref.replace(/^sha256:/, "");
  const [image, another] = /^[a-f0-9]{4,64}$/.test(digits) ? images.startingWith(digits, 2) : [];
  if (another) throw engineError(404, "ambiguous reference");
  if (!image) throw engineError(404, `No such image: ${familiarString(reference)}`);
  return image;
}

function isWholeId(ref: string): boolean {
  return /^[a-f0-9]{64}$/.test(ref) || digestProblem(ref) === undefined;
}

function imageOfPrefix(daemon: Daemon, ref: string): Image | undefined {
  const [image, another] = daemon.images.startingWith(ref.replace(/^sha256:/, ""), 2);
  return another ? undefined : image;
}

/** Returns whether `ref` is the image's id or a prefix of it, rather than a tag or digest. */
export function isIdPrefix(image: Image, ref: string): boolean {
  return image.id.startsWith(ref) || hexOf(image.id).startsWith(ref);
}

/** Returns all tags that the engine has of a repository, each with its image. */
export function tagsOfRepository({ images }: Daemon, repository: string): [Image, Reference][] {
  return [...images.values()].flatMap((image) =>
    image.references
      .filter((reference) => reference.repository === repository && reference.tag !== "")
      .map((reference): [Image, Reference] => [image, reference]),
  );
}
