import { type Volume, type VolumeTable, volumeFiles } from "../core/volumes/volume.js";
import { restoreInodes, type SavedInode, saveInodes } from "./saved-inodes.js";

/** A volume in a snapshot. */
export type SavedVolume = Omit<Volume, "created" | "holders" | "files"> & {
  /** In nanoseconds. */
  readonly created: string;
  /** The ids of the containers that use the volume. */
  readonly holders: readonly string[];
  readonly files: readonly SavedInode[];
};

export function saveVolume({ created, holders, files, ...plain }: Volume): SavedVolume {
  return { ...plain, created: String(created), holders: [...holders], files: saveInodes(files.changed) };
}

export function restoreVolumes(saved: readonly SavedVolume[]): VolumeTable {
  return new Map(
    saved.map(({ created, holders, files, ...plain }) => [
      plain.name,
      {
        ...plain,
        created: BigInt(created),
        holders: new Set(holders),
        files: volumeFiles(restoreInodes(files)),
      },
    ]),
  );
}
