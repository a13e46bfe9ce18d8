// What a learner has solved, as plain JSON. The caller keeps it: a page in the browser, a program in a file.

/** What has been solved, by the ids of levels. */
export interface Progress {
  readonly version: 1;
  readonly solved: Readonly<Record<string, Solved>>;
}

/** A level that was solved. */
export interface Solved {
  /** The fewest commands it took. */
  readonly commands: number;
}

/** The progress of somebody who begins. */
export const noProgress: Progress = { version: 1, solved: {} };

/** Returns the progress after a level was solved with so many commands. */
export function withSolved({ solved }: Progress, level: string, commands: number): Progress {
  const fewest = Math.min(solved[level]?.commands ?? commands, commands);
  return { version: 1, solved: { ...solved, [level]: { commands: fewest } } };
}

/** Reads progress from what JSON holds. What is damaged or unknown counts as not solved. */
export function readProgress(value: unknown): Progress {
  const solved = (value as Partial<Progress> | null | undefined)?.solved;
  if (typeof solved !== "object" || solved === null) return noProgress;
  const kept = Object.entries(solved).filter(([, each]) =>
    Number.isInteger((each as Solved | null)?.commands),
  );
  return { version: 1, solved: Object.fromEntries(kept) };
}
