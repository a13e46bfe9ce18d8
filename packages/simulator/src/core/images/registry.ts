import { goJson } from "../json/encode.js";
import type { Release } from "../releases/release.js";
import { contentOf, ociTypes } from "./content.js";
import { digestOf } from "./digest.js";
import type { Image, StoredFile } from "./image.js";
import { inertImage } from "./inert.js";
import { nameOf } from "./like.js";
import { madeUp, madeUpBlob } from "./made-up.js";
import { hostPlatform, type Platform, usualPlatform, usualPlatforms, usualVariant } from "./platform.js";
import { familiarName, type Reference } from "./reference.js";

/**
 * What a pull finds. `"any"`: an image for every valid name. `"listed"`: only the images that are defined.
 * `"deny"`: no registry can be reached.
 */
export type PullPolicy = "any" | "listed" | "deny";

export const pullPolicies: readonly PullPolicy[] = ["any", "listed", "deny"];

/** The registry from which the engine pulls. */
export interface Registry {
  pull: PullPolicy;
  /** Offers by tag, by the familiar name of their repository. Pushes add to it. */
  readonly repositories: Map<string, Map<string, Offer>>;
  /** The programs in images that nobody defined. */
  readonly programs: Programs;
}

/** Absolute paths of programs. */
export interface Programs {
  /** Those that were given to the simulator. All images have them. */
  readonly own: readonly string[];
  /** BusyBox's, and those that were given. */
  readonly small: readonly string[];
  /** All that there are. */
  readonly all: readonly string[];
}

/** What a registry has under a tag. */
export interface Offer {
  /** The digest of the manifest, by which the registry knows it. */
  readonly digest: string;
  /** The image for the host's platform, or the only one. */
  readonly image: Image;
  /** The image also exists for the other platforms. */
  readonly manyPlatforms: boolean;
}

/** Returns the tags of a repository, or `undefined` if the registry does not know it. */
export function tagsOf(registry: Registry, reference: Reference): readonly string[] | undefined {
  const tags = registry.repositories.get(familiarName(reference));
  if (tags) return [...tags.keys()];
  return registry.pull === "any" ? ["latest"] : undefined;
}

/** Returns the offer under a tag or digest, or `undefined`. It is the same each time. */
export function offerOf(release: Release, registry: Registry, reference: Reference): Offer | undefined {
  const offer = anyOffer(registry, reference);
  return offer && release.images.storesContent ? storedOffer(release, offer) : offer;
}

function anyOffer(registry: Registry, reference: Reference): Offer | undefined {
  const tags = registry.repositories.get(familiarName(reference));
  const listed =
    reference.digest === ""
      ? tags?.get(reference.tag)
      : [...(tags?.values() ?? [])].find(({ digest }) => digest === reference.digest);
  if (listed || registry.pull !== "any") return listed;
  const digest = reference.digest || digestOf(`manifest of ${reference.repository}:${reference.tag}`);
  const [sibling] = tags?.values() ?? [];
  const image = sibling
    ? // A repository's other tags resemble the defined ones: `busybox:1.36` is a busybox.
      { ...another(sibling.image, digest), like: likeSibling(sibling.image, reference) }
    : inertImage(reference, digest, registry.programs);
  return { digest, image, manyPlatforms: true };
}

/** Returns the image of an offer for a platform, or `undefined` if none fits. */
export function imageFor(
  release: Release,
  { image, manyPlatforms }: Offer,
  wanted: Platform,
): Image | undefined {
  if (!manyPlatforms) return image;
  const made = usualPlatform(release, wanted);
  if (!made || made.architecture === image.architecture) return made && image;
  const other = variantOf(image, made);
  if (!release.images.storesContent) return other;
  return { ...stored(other), id: image.id, ...(image.index && { index: image.index }) };
}

/** Returns the same image for another platform. */
function variantOf(image: Image, { architecture, variant }: Platform): Image {
  return {
    ...another(image, architecture + variant),
    architecture,
    variant: variant || usualVariant(architecture),
  };
}

/** Returns an image with its layers as a store of content has them. */
function stored(image: Image): Image {
  return { ...image, layers: image.layers.map(madeUpBlob) };
}

const storedOffers = new WeakMap<Image, Offer>();

/** Returns an offer as a store of content gets it: the image is known by the digest of what the registry has. */
function storedOffer(release: Release, offer: Offer): Offer {
  const { digest, image, manyPlatforms } = offer;
  if (image.id === digest) return offer;
  const known = storedOffers.get(image);
  if (known?.digest === digest) return known;
  const index = manyPlatforms ? indexOf(release, image) : undefined;
  const made = { digest, image: { ...stored(image), id: digest, ...(index && { index }) }, manyPlatforms };
  storedOffers.set(image, made);
  return made;
}

/** Returns the index of an image that is for many platforms. */
export function indexOf(
  release: Release,
  image: Omit<Image, "references" | "taggedAt" | "like" | "executables" | "inert" | "dockerVersion">,
): StoredFile {
  const whole = {
    ...image,
    references: [],
    taggedAt: 0n,
    like: null,
    executables: new Set<string>(),
    inert: false,
    dockerVersion: "",
  };
  const manifests = usualPlatforms.map((platform) => {
    const isOwn = platform.architecture === image.architecture && platform.variant === image.variant;
    const { id: _, ...made } = stored(isOwn ? whole : variantOf(whole, platform));
    const { mediaType, digest, size } = contentOf(release, made).manifest;
    const { architecture, os, variant } = made;
    return { mediaType, digest, size, platform: { architecture, os, ...(variant && { variant }) } };
  });
  const mediaType = ociTypes.index;
  return { mediaType, text: goJson(release, { schemaVersion: 2, mediaType, manifests }) };
}

/** Returns the image whose files another tag of a repository has. */
function likeSibling({ like }: Image, reference: Reference): Image["like"] {
  const name = nameOf(reference);
  return like?.path === name.path ? name : like;
}

/** Returns a copy of the image with an id of its own. */
function another(image: Image, by: string): Image {
  const id = digestOf(JSON.stringify([image.id, by]));
  return { ...image, ...madeUp({ ...image, id }), id, references: [], taggedAt: 0n };
}

/** Returns the platforms of an offer. */
export function platformsOf({ image, manyPlatforms }: Offer): readonly Platform[] {
  return manyPlatforms ? usualPlatforms : [{ ...hostPlatform, architecture: image.architecture }];
}

/** Returns the digest of the manifest of an image for one platform. */
export function manifestOf({ id }: Image): string {
  return digestOf(`manifest of ${id}`);
}
