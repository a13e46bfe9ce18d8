// The machine on which a level is played, as the session sees it. A simulator fits, and so does a real engine, which
// cannot be taken back.

import { type Engine, UsageError } from "@dryharbor/sdk/port";
import { judge } from "../checks/judge.js";
import type { Outcome } from "../checks/state.js";
import type { Level, LevelRelease } from "../level/level.js";

/** A Docker host with a shell. */
export interface Machine {
  readonly engine: Engine;
  /**
   * Carries out a line as a shell on the host does.
   * @param typed lines for a command that waits for them at a terminal
   * @param cwd the directory of the shell. Default: the machine's own choice
   */
  run(command: string, typed?: readonly string[], cwd?: string): Promise<Outcome>;
  /** Returns the whole state, which {@link OpenMachine} takes. Absent where it cannot be had: then there is no undo. */
  snapshot?(): object;
  /** Ends what runs on the machine. */
  close(): Promise<void>;
}

/** Opens a machine: an empty one of a release, or one with a state that an earlier one has returned. */
export type OpenMachine = (from: {
  readonly release?: LevelRelease;
  readonly snapshot?: object;
}) => Machine | Promise<Machine>;

/** Finds a level by its id. */
export type FindLevel = (id: string) => Level | undefined;

/**
 * Opens a machine in the state in which a level begins.
 * @throws {UsageError} a command of the start fails, or the level begins after one that is not known
 */
export async function openAtStart(
  level: Level,
  open: OpenMachine,
  { release, find = () => undefined }: { readonly release?: LevelRelease; readonly find?: FindLevel } = {},
): Promise<Machine> {
  const { chain, first } = beginningsOf(level, find);
  const { snapshot } = first.start;
  const machine = await open(snapshot ? { snapshot } : release === undefined ? {} : { release });
  try {
    for (const each of chain) {
      await fetchImages(machine.engine, each.images);
      for (const command of each.start.commands) await mustRun(machine, level, command);
      await mustHold(machine, each);
      if (each === level) break;
      for (const { command, typed } of each.solution) await machine.run(command, typed);
    }
    return machine;
  } catch (error) {
    await machine.close();
    throw error;
  }
}

/** The levels that come before a level, the first one first, and itself. */
function beginningsOf(
  level: Level,
  find: FindLevel,
): { readonly chain: readonly Level[]; readonly first: Level } {
  const chain = [level];
  let first = level;
  while (first.start.after !== undefined) {
    const id = first.start.after;
    const before = find(id);
    if (!before)
      throw new UsageError(`the level ${first.id} begins after the level ${id}, which is not there`);
    if (chain.includes(before)) throw new UsageError(`the level ${level.id} begins after itself`);
    chain.unshift(before);
    first = before;
  }
  return { chain, first };
}

async function fetchImages({ images }: Engine, wanted: readonly string[]): Promise<void> {
  if (wanted.length === 0) return;
  const tags = (await images.list()).flatMap(({ RepoTags }) => RepoTags ?? []);
  for (const image of wanted) {
    const reference = /:[^/]*$/.test(image) ? image : `${image}:latest`;
    if (!tags.includes(reference)) await images.pull(reference);
  }
}

async function mustRun(machine: Machine, level: Level, command: string): Promise<void> {
  const { exitCode, stdout, stderr } = await machine.run(command);
  if (exitCode === 0) return;
  throw new UsageError(
    `the level ${level.id} cannot begin: \`${command}\` ended with ${exitCode}: ${`${stderr}${stdout}`.trim()}`,
  );
}

/** How long a server may take until it listens, in milliseconds. */
const patience = 15_000;

async function mustHold(machine: Machine, { id, start }: Level): Promise<void> {
  const verdicts = await judge(machine.engine, start.ready, { patience });
  const missing = verdicts.filter(({ held }) => !held).map(({ says }) => says);
  if (missing.length > 0) throw new UsageError(`the level ${id} cannot begin: ${missing.join("; ")}`);
}
