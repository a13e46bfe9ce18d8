import type { Release } from "../releases/release.js";
import { digestOf } from "./digest.js";
import type { Image } from "./image.js";
import { inertImage } from "./inert.js";
import { nameOf } from "./like.js";
import { madeUp } from "./made-up.js";
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
export function offerOf(registry: Registry, reference: Reference): Offer | undefined {
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
  const { architecture, variant } = made;
  return {
    ...another(image, architecture + variant),
    architecture,
    variant: variant || usualVariant(architecture),
  };
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
