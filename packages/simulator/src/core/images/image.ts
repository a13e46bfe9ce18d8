// The image as the core keeps it. `table.ts` holds the images of an engine; `defined.ts`, `pull.ts`,
// `loaded.ts` and `new-image.ts` make them.

import type { ImageName } from "@dryharbor/programs/image";
import type { ContainerConfig, ImageConfig } from "@dryharbor/sdk/port";
import type { Layer, LayerBlob } from "./layer.js";
import type { Reference } from "./reference.js";

/** An image of the daemon or of the registry. */
export interface Image {
  /** `sha256:` and 64 hexadecimal digits. */
  readonly id: string;
  /** Time of creation in nanoseconds. */
  readonly created: bigint;
  /** The same as text, where it was told in another zone than UTC. */
  readonly createdInZone?: string;
  readonly config: StoredConfig;
  /** The platform, as the configuration spells it: `x86_64` stays `x86_64`. */
  readonly os: string;
  /** The version of the system, which images for Windows have. */
  readonly osVersion?: string;
  readonly architecture: string;
  /** The variant of the architecture, such as `v7`; empty for none. */
  readonly variant: string;
  /** The file with its configuration, as an archive brought it; `null` for an image that came otherwise. */
  readonly file: string | null;
  /** The manifest that it came with, in a store of content; `undefined` where it follows from the rest. */
  readonly manifest?: StoredFile;
  /** The layers that this manifest names, where it came with one. They need not be those of the configuration. */
  readonly blobs?: readonly LayerBlob[];
  /** The index that it came with, of which it is a part; in a store of content alone. */
  readonly index?: StoredFile;
  /** Why its configuration cannot be read; in a store of content alone, which takes such an image. */
  readonly problem?: string;
  /**
   * The whole names with which archives brought it, by the names that have their descriptors of these, and by an empty text
   * for the image without a name; in a store of content alone.
   */
  broughtAs?: Readonly<Record<string, string>>;
  /** A load over one of its names has kept it without a name as well, beside those that it has; in a store of content alone. */
  dangles?: boolean;
  /** The same image for other platforms, which were pulled later; in a store of content alone. */
  others?: readonly Image[];
  /** The repositories from which it was pulled or to which it was pushed; in a store of content alone. */
  sources?: readonly string[];
  /** That file has no `config`, for which inspect shows `null`. */
  readonly showsNoConfig?: true;
  /** Size in bytes. */
  readonly size: number;
  /** The layers, from the lowest. There is none in what was built of nothing. */
  readonly layers: readonly Layer[];
  /** The steps that made it, from the first. */
  readonly history: readonly HistoryEntry[];
  /** The id of the image that it was committed on, or an empty text. The image table sets that of a loaded one. */
  parent: string;
  readonly author: string;
  readonly comment: string;
  /**
   * The container that it was committed from, with that container's configuration; `null` for none. A step of a build may have
   * had none: then the id is empty.
   */
  readonly container: { readonly id: string; readonly config: ContainerConfig } | null;
  /** The engine release that made it; empty for an image from a registry. */
  readonly dockerVersion: string;
  /** The image of a registry whose files it has. `null` for one with a small BusyBox, or with files of its own. */
  readonly like: ImageName | null;
  /**
   * Absolute paths of its programs, beyond those of {@link like}. The runtime's program table says what each does, by
   * its base name.
   */
  readonly executables: ReadonlySet<string>;
  /** A container whose command has no program runs silently until it is stopped. */
  readonly inert: boolean;
  /**
   * The tags and digests that refer to it, in the order in which they are shown. The image table keeps them.
   */
  references: readonly Reference[];
  /** Time of the last tag in nanoseconds; 0 for never. */
  taggedAt: bigint;
}

/**
 * The configuration. Until 26.1 a committed image also keeps fields that only its container used, and an
 * archive may bring any of a container's.
 */
type StoredConfig = ImageConfig & Partial<Omit<ContainerConfig, keyof ImageConfig>>;

/** A file of a store of content. */
export interface StoredFile {
  readonly mediaType: string;
  readonly text: string;
}

/** A step that made an image. */
export interface HistoryEntry {
  /** Time of the step in nanoseconds. */
  readonly created: bigint;
  readonly createdBy: string;
  readonly author: string;
  readonly comment: string;
  /** The step made no layer. */
  readonly empty: boolean;
}
