import type { ContainerConfig, ImageConfig } from "@dryharbor/sdk/port";
import type { Layer } from "./layer.js";
import type { Reference } from "./reference.js";

/** An image as the daemon keeps it. */
export interface Image {
  /** `sha256:` and 64 hex digits. */
  readonly id: string;
  /** Nanoseconds. */
  readonly created: bigint;
  readonly config: StoredConfig;
  readonly architecture: string;
  /** Bytes. */
  readonly size: number;
  /** From the lowest. There is at least one. */
  readonly layers: readonly Layer[];
  /** What was done to make it, from the first on. */
  readonly history: readonly HistoryEntry[];
  /** Id of the image that it was committed on; empty for none. */
  readonly parent: string;
  readonly author: string;
  readonly comment: string;
  /** The container that it was committed from, and what that was configured to be; `null` for none. */
  readonly container: { readonly id: string; readonly config: ContainerConfig } | null;
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

/** Until 26.1 a committed image keeps of its container also what images have no use for. */
type StoredConfig = ImageConfig &
  Partial<
    Pick<
      ContainerConfig,
      | "Hostname"
      | "Domainname"
      | "AttachStdin"
      | "AttachStdout"
      | "AttachStderr"
      | "Tty"
      | "OpenStdin"
      | "StdinOnce"
      | "Image"
    >
  >;

/** One thing that was done to make an image. */
export interface HistoryEntry {
  /** Nanoseconds. */
  readonly created: bigint;
  readonly createdBy: string;
  readonly author: string;
  readonly comment: string;
  /** It made no layer. */
  readonly empty: boolean;
}
