/** A volume as the daemon keeps it: a name, and who holds it. Nothing is stored in it. */
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
}

/** The volumes of an engine, by name, in order of creation. */
export type VolumeTable = Map<string, Volume>;

/** The one driver that there is. */
export const localDriver = "local";

/** Whether it has mount options, which keep it from being measured and pruned. */
export function hasOptions({ options }: Volume): boolean {
  return Object.keys(options ?? {}).length > 0;
}
