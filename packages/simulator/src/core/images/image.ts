import type { ImageConfig } from "@dryharbor/sdk/port";
import type { Reference } from "./reference.js";
import type { Registry } from "./registry.js";

/** An image as the daemon keeps it. */
export interface Image {
  /** `sha256:` and 64 hex digits. */
  readonly id: string;
  /** Nanoseconds. */
  readonly created: bigint;
  readonly config: ImageConfig;
  readonly architecture: string;
  /** Bytes. */
  readonly size: number;
  /** Digest of its one layer. */
  readonly layer: string;
  readonly comment: string;
  /** The engine release that made it; empty for what a registry gave. */
  readonly dockerVersion: string;
  /** Absolute paths of the programs in it. What each does is the business of the runtime's program table, by base name. */
  readonly executables: ReadonlySet<string>;
  /** Whatever its containers run that is no program runs all the same: until it is stopped, without a word. */
  readonly inert: boolean;
  /** The tags and digests that lead to it here, in the order in which they are shown. Kept by the table. */
  references: readonly Reference[];
  /** Nanoseconds; 0 for never. */
  taggedAt: bigint;
}

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
