import { familiarName, familiarString, type Reference } from "../reference.js";

/** Returns the names of an image as a store of content tells them: those with a digest are tags as well. */
export function storedTags(references: readonly Reference[]): string[] {
  return references.map(familiarString);
}

/** Returns each repository that an image has a name in, with the digest of the name or of the image. */
export function storedDigests(references: readonly Reference[], id: string): string[] {
  return [
    ...new Set(
      references.map((reference) =>
        reference.digest === "" ? `${familiarName(reference)}@${id}` : familiarString(reference),
      ),
    ),
  ];
}
