// The layers of images: what one is, and its ids. Their files are made in `layer-files.ts`.

import type { LandingOptions } from "../archive/landing.js";
import { digestOfBytes } from "./digest.js";

/** One layer of an image's files. */
export interface Layer {
  /** The digest of the layer's archive, by which configurations name it (`diff_ids`). */
  readonly digest: string;
  /** The bytes of the layer's files. */
  readonly size: number;
  /**
   * A tar of the layer's changes. `null` for an image that was defined: its files come from its programs.
   */
  readonly archive: Uint8Array | null;
  /** What a store of content keeps of the layer; `undefined` in a store of layers. */
  readonly blob?: LayerBlob;
  /** The bytes that the layer takes on the host's disk once it is unpacked; in a store of content alone. */
  readonly unpacked?: number;
  /**
   * The bytes of the layer below it that the container had which it was made of (`/etc/hosts` and the like); in a store of
   * content alone, which unpacks the layer on top of that one.
   */
  readonly init?: number;
  /** Why it cannot be unpacked, if it cannot; in a store of content alone, which keeps it all the same. */
  readonly problem?: UnpackProblem;
}

/** Why a layer cannot be unpacked, and how that was tried. The reason names the directory. */
export interface UnpackProblem extends LandingOptions {
  readonly why: string;
}

/** A layer's archive as a store of content keeps it, which is compressed as a rule. */
export interface LayerBlob {
  readonly mediaType: string;
  /** Of the bytes as they are kept. */
  readonly digest: string;
  readonly size: number;
  /** `null` where they are the layer's archive itself, and for an image that was defined. */
  readonly bytes: Uint8Array | null;
}

/** The digest of an empty archive. An image does not count it among its layers. */
export const emptyLayer = digestOfBytes(new Uint8Array(1024));

/** Returns the last of an image's layers. */
export function topLayer({ layers }: { readonly layers: readonly Layer[] }): Layer {
  return layers.at(-1) as Layer;
}

/** Returns the chain id of each layer, which stands for the layer together with all below it. */
export function chainIds(layers: readonly Pick<Layer, "digest">[]): string[] {
  const ids: string[] = [];
  for (const { digest } of layers) {
    const below = ids.at(-1);
    const text = `${below} ${digest}`;
    ids.push(below === undefined ? digest : digestOfBytes(new TextEncoder().encode(text)));
  }
  return ids;
}
