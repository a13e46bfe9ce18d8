import { emptyTree, FileSystem, mountTime, type Tree } from "@dryharbor/kernel/host";

/** A volume of the daemon. */
export interface Volume {
  readonly name: string;
  /** Time of creation in nanoseconds. */
  readonly created: bigint;
  /** The labels as given; `null` for none. */
  readonly labels: Readonly<Record<string, string>> | null;
  /** The driver options as given; `null` for none. */
  readonly options: Readonly<Record<string, string>> | null;
  /** Ids of the containers that use it, in the order in which they came. */
  readonly holders: Set<string>;
  /** The files in the volume. */
  readonly files: FileSystem;
}

/** The files of a new volume: a root directory as old as the volume. */
const newVolume: Tree = {
  ...emptyTree,
  inodes: new Map(
    Array.from(emptyTree.inodes, ([number, inode]) => [number, { ...inode, mtime: mountTime }] as const),
  ),
};

/** Makes the files of a volume; a new one has no changes. */
export function volumeFiles(changed?: FileSystem["changed"]): FileSystem {
  return new FileSystem(newVolume, changed);
}

/** The volumes of an engine by name, in order of creation. */
export type VolumeTable = Map<string, Volume>;

/** The name of the only driver. */
export const localDriver = "local";

/** Returns whether the volume has mount options, which exclude it from disk usage and prunes. */
export function hasOptions({ options }: Volume): boolean {
  return Object.keys(options ?? {}).length > 0;
}
