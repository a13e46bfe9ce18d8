import { digestOf } from "./digest.js";
import type { Image } from "./image.js";
import { inertImage } from "./inert.js";
import { familiarName, type Reference } from "./reference.js";

/**
 * What pulls bring: `any`, an image for whatever name is well-formed; `listed`, those that are defined, and of
 * any other the registry says that there is none; `deny`, nothing: no registry can be reached.
 */
export type PullPolicy = "any" | "listed" | "deny";

export const pullPolicies: readonly PullPolicy[] = ["any", "listed", "deny"];

/** What is outside for pulls to get. */
export interface Registry {
  readonly pull: PullPolicy;
  /** Images by tag, by the familiar name of their repository. */
  readonly repositories: ReadonlyMap<string, ReadonlyMap<string, Image>>;
  /** Paths of the programs in images that nobody defined. */
  readonly programs: readonly string[];
}

/** The tags that a repository has; `undefined` where the registry does not know it. */
export function tagsOf(registry: Registry, reference: Reference): readonly string[] | undefined {
  const tags = registry.repositories.get(familiarName(reference));
  if (tags) return [...tags.keys()];
  return registry.pull === "any" ? ["latest"] : undefined;
}

/** What a tag or digest stands for in the registry; `undefined` for nothing. The same each time. */
export function registryImage(registry: Registry, reference: Reference): Image | undefined {
  const tags = registry.repositories.get(familiarName(reference));
  const listed =
    reference.digest === ""
      ? tags?.get(reference.tag)
      : [...(tags?.values() ?? [])].find(({ digest }) => digest === reference.digest);
  if (listed || registry.pull !== "any") return listed;
  const digest = reference.digest || digestOf(`manifest of ${reference.repository}:${reference.tag}`);
  const [sibling] = tags?.values() ?? [];
  return sibling ? another(sibling, digest) : inertImage(reference, digest, registry.programs);
}

/** A repository's other tags are like those that are defined: `busybox:1.36` is a busybox. */
function another(image: Image, digest: string): Image {
  const id = digestOf(JSON.stringify([image.id, digest]));
  return { ...image, id, digest, layer: digestOf(`layer of ${id}`), references: [], taggedAt: 0n };
}
