import { compareText } from "../go-order.js";
import { idIndex } from "../id-index.js";
import { hexOf } from "./digest.js";
import type { Image } from "./image.js";
import { canonicalString, type Reference } from "./reference.js";
import type { Registry } from "./registry.js";

/** The images of a daemon, and the registry from which it pulls. */
export interface ImageTable {
  readonly size: number;
  readonly registry: Registry;
  /** A number that differs after each change. */
  readonly revision: number;
  get(id: string): Image | undefined;
  /** Returns at most `limit` images whose ids start with these hexadecimal digits. */
  startingWith(digits: string, limit: number): Image[];
  /** Returns the image of a tag or digest; the digest counts if there are both. */
  referenced(reference: Reference): Image | undefined;
  /** All images in order of arrival. */
  values(): IterableIterator<Image>;
  add(image: Image): void;
  /** Removes an image and all references to it. */
  delete(image: Image): void;
  /** Makes an image the parent of another. @param parent its id */
  setParent(image: Image, parent: string): void;
  /** Makes a tag or digest refer to `image`, and no longer to another. */
  refer(reference: Reference, image: Image): void;
  unrefer(reference: Reference): void;
}

/** Makes an empty table. */
export function imageTable(registry: Registry): ImageTable {
  const byHex = idIndex<Image>();
  const byReference = new Map<string, Image>();
  let revision = 0;

  function unrefer(reference: Reference): void {
    const key = stored(reference);
    const image = byReference.get(key);
    if (!image) return;
    revision++;
    byReference.delete(key);
    image.references = image.references.filter((other) => canonicalString(other) !== key);
  }

  return {
    registry,
    get revision() {
      return revision;
    },
    get size() {
      return byHex.size;
    },
    get: (id) => byHex.get(hexOf(id)),
    startingWith: (digits, limit) => byHex.startingWith(digits, limit),
    referenced: (reference) => byReference.get(stored(reference)),
    values: () => byHex.values(),
    add(image) {
      revision++;
      byHex.add(hexOf(image.id), image);
    },
    delete(image) {
      revision++;
      for (const reference of image.references) unrefer(reference);
      byHex.delete(hexOf(image.id));
    },
    setParent(image, parent) {
      revision++;
      image.parent = parent;
    },
    refer(reference, image) {
      unrefer(reference);
      revision++;
      byReference.set(stored(reference), image);
      image.references = [...image.references, withoutTagOfDigest(reference)].sort((one, other) =>
        compareText(canonicalString(one), canonicalString(other)),
      );
    },
    unrefer,
  };
}

/** Drops the tag of a reference that has a digest, as the engine does. */
function withoutTagOfDigest(reference: Reference): Reference {
  return reference.digest === "" ? reference : { ...reference, tag: "" };
}

function stored(reference: Reference): string {
  return canonicalString(withoutTagOfDigest(reference));
}
