import type { Volume, VolumeTable } from "../core/volumes/volume.js";

/** A volume in a snapshot. */
export type SavedVolume = Omit<Volume, "created" | "holders"> & {
  /** Nanoseconds. */
  readonly created: string;
  /** Ids of containers. */
  readonly holders: readonly string[];
};

export function saveVolume({ created, holders, ...plain }: Volume): SavedVolume {
  return { ...plain, created: String(created), holders: [...holders] };
}

export function restoreVolumes(saved: readonly SavedVolume[]): VolumeTable {
  return new Map(
    saved.map(({ created, holders, ...plain }) => [
      plain.name,
      { ...plain, created: BigInt(created), holders: new Set(holders) },
    ]),
  );
}
