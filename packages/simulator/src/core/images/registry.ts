import type { Release } from "../releases/release.js";
import { digestOf } from "./digest.js";
import type { Image } from "./image.js";
import { inertImage } from "./inert.js";
import { madeUp } from "./made-up.js";
import { hostPlatform, type Platform, usualPlatform, usualPlatforms } from "./platform.js";
import { familiarName, type Reference } from "./reference.js";

/**
 * What pulls bring: `any`, an image for whatever name is well-formed; `listed`, those that are defined, and of
 * any other the registry says that there is none; `deny`, nothing: no registry can be reached.
 */
export type PullPolicy = "any" | "listed" | "deny";

export const pullPolicies: readonly PullPolicy[] = ["any", "listed", "deny"];

/** What is outside for pulls to get. */
export interface Registry {
  pull: PullPolicy;
  /** By tag, by the familiar name of their repository. Pushes add to it. */
  readonly repositories: Map<string, Map<string, Offer>>;
  /** Paths of the programs in images that nobody defined. */
  readonly programs: ReadonlySet<string>;
}

/** What a registry has under a tag. */
export interface Offer {
  /** Of the manifest: what the registry knows it by. */
  readonly digest: string;
  /** For the platform of the host, or the only one that there is. */
  readonly image: Image;
  /** It is there for the other platforms, too. */
  readonly manyPlatforms: boolean;
}

/** The tags that a repository has; `undefined` where the registry does not know it. */
export function tagsOf(registry: Registry, reference: Reference): readonly string[] | undefined {
  const tags = registry.repositories.get(familiarName(reference));
  if (tags) return [...tags.keys()];
  return registry.pull === "any" ? ["latest"] : undefined;
}

/** What a tag or digest stands for in the registry; `undefined` for nothing. The same each time. */
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
    ? // A repository's other tags are like those that are defined: `busybox:1.36` is a busybox.
      another(sibling.image, digest)
    : inertImage(reference, digest, registry.programs);
  return { digest, image, manyPlatforms: true };
}

/** The image of an offer for a platform; `undefined` where it has none that fits. */
export function imageFor(
  release: Release,
  { image, manyPlatforms }: Offer,
  wanted: Platform,
): Image | undefined {
  if (!manyPlatforms) return image;
  const made = usualPlatform(release, wanted);
  if (!made || made.architecture === image.architecture) return made && image;
  const { architecture, variant } = made;
  return { ...another(image, architecture + variant), architecture };
}

/** One like it that is not the same. */
function another(image: Image, by: string): Image {
  const id = digestOf(JSON.stringify([image.id, by]));
  return { ...image, ...madeUp({ ...image, id }), id, references: [], taggedAt: 0n };
}

/** The platforms that an offer is there for. */
export function platformsOf({ image, manyPlatforms }: Offer): readonly Platform[] {
  return manyPlatforms ? usualPlatforms : [{ ...hostPlatform, architecture: image.architecture }];
}

/** The digest of an image's manifest, where it is the only one. */
export function manifestOf({ id }: Image): string {
  return digestOf(`manifest of ${id}`);
}
