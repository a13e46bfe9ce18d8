import { compareText } from "../go-order.js";
import { idIndex } from "../id-index.js";
import { hexOf } from "./digest.js";
import type { Image } from "./image.js";
import { canonicalString, type Reference } from "./reference.js";
import type { Registry } from "./registry.js";

/** The daemon's images, and those that a pull can get. */
export interface ImageTable {
  readonly size: number;
  readonly registry: Registry;
  /** Another number after each change. */
  readonly revision: number;
  get(id: string): Image | undefined;
  /** At most `limit` of those whose id has these hex digits in front. */
  startingWith(digits: string, limit: number): Image[];
  /** The image that a tag or digest leads to; of both, the digest. */
  referenced(reference: Reference): Image | undefined;
  /** In order of arrival. */
  values(): IterableIterator<Image>;
  add(image: Image): void;
  /** The image and all that leads to it. */
  delete(image: Image): void;
  /** Makes a tag or digest lead to `image`, and no longer to another. */
  refer(reference: Reference, image: Image): void;
  unrefer(reference: Reference): void;
}

/** An empty table; what pulls can get is `registry`. */
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

/** Of a reference with both, the engine keeps the digest only. */
function withoutTagOfDigest(reference: Reference): Reference {
  return reference.digest === "" ? reference : { ...reference, tag: "" };
}

function stored(reference: Reference): string {
  return canonicalString(withoutTagOfDigest(reference));
}
