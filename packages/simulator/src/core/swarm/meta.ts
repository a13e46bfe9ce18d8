/** What everything that a swarm keeps tells of itself. */
export interface Meta {
  version: number;
  /** Nanoseconds. */
  readonly created: bigint;
  updated: bigint;
}

/** Notes that something has changed. @param now nanoseconds */
export function touch(swarm: { index: number }, meta: Meta, now: bigint): void {
  meta.version = ++swarm.index;
  meta.updated = now;
}
