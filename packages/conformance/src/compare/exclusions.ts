/** Something that is not compared, and why. */
export interface Exclusion {
  /**
   * Where, as the entry of an observation and the fields in it; `*` stands for any run of characters
   * within a step.
   * @example ["container *", "GraphDriver"]
   */
  readonly path: readonly [entry: string, ...fields: string[]];
  readonly reason: string;
}

/** All that is not compared. The comparer reads this list, and nothing else leaves anything out. */
export const exclusions: readonly Exclusion[] = [
  {
    path: ["container *", "GraphDriver"],
    reason: "names layers of the engine's storage driver; containers have no layers here",
  },
  {
    path: ["container *", "HostConfig", "MaskedPaths"],
    reason: "follows the engine's host: its kernel and runc, not its networks",
  },
  {
    path: ["container *", "HostConfig", "ReadonlyPaths"],
    reason: "follows the engine's host: its kernel and runc, not its networks",
  },
];
