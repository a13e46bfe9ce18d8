import { emptyTree, FileSystem, mountTime, type Tree } from "@dryharbor/kernel/host";

/** A volume as the daemon keeps it. */
export interface Volume {
  readonly name: string;
  /** Nanoseconds. */
  readonly created: bigint;
  /** As given; `null` for none. */
  readonly labels: Readonly<Record<string, string>> | null;
  /** As given; `null` for none. */
  readonly options: Readonly<Record<string, string>> | null;
  /** Ids of the containers that hold it, in the order in which they came. */
  readonly holders: Set<string>;
  /** What is in it. */
  readonly files: FileSystem;
}

/** What a volume begins with: a directory as old as the volume. */
const newVolume: Tree = {
  ...emptyTree,
  inodes: new Map(
    Array.from(emptyTree.inodes, ([number, inode]) => [number, { ...inode, mtime: mountTime }] as const),
  ),
};

/** The files of a volume; of a new one, nothing has changed. */
export function volumeFiles(changed?: FileSystem["changed"]): FileSystem {
  return new FileSystem(newVolume, changed);
}

/** The volumes of an engine, by name, in order of creation. */
export type VolumeTable = Map<string, Volume>;

/** The one driver that there is. */
export const localDriver = "local";

/** Whether it has mount options, which keep it from being measured and pruned. */
export function hasOptions({ options }: Volume): boolean {
  return Object.keys(options ?? {}).length > 0;
}
