/** The version and times of every object in a swarm. */
export interface Meta {
  version: number;
  /** Times in nanoseconds. */
  readonly created: bigint;
  updated: bigint;
}

/** Records that an object has changed. @param now nanoseconds */
export function touch(swarm: { index: number }, meta: Meta, now: bigint): void {
  meta.version = ++swarm.index;
  meta.updated = now;
}
