import type { ImageConfig } from "@dryharbor/sdk";

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
  /** Digests of its layers. */
  readonly layers: readonly string[];
  /** Absolute paths of the programs in it. What each does is the business of the runtime's program table, by base name. */
  readonly executables: ReadonlySet<string>;
  /** Familiar names, e.g. `busybox:latest`. */
  readonly tags: string[];
  /** E.g. `busybox@sha256:…`. */
  readonly digests: string[];
  /** Nanoseconds; 0 for never. */
  taggedAt: bigint;
}

/** The daemon's images, and those that a pull can get. */
export interface ImageTable {
  readonly size: number;
  get(id: string): Image | undefined;
  values(): IterableIterator<Image>;
}
