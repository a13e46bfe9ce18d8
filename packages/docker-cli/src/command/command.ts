// The command tree as data. A command is declared once; the parser, help, refusals and completion follow from its
// declaration.
import type { Engine } from "@dryharbor/sdk/port";
import type { CommandIo } from "../io.js";
import type { Lifetime, PerRelease, Release } from "../releases.js";
import type { ArgumentRule } from "./arguments.js";
import type { Flags, FlagValues, ObjectKind } from "./flags.js";
import type { Session } from "./session.js";

/** A command, or a group of commands such as `docker network`. */
export interface Command extends Lifetime {
  /** The word that calls it, e.g. `ls`. */
  readonly name: string;
  /** Other words that call it in the same place. */
  readonly aliases?: readonly string[] | undefined;
  /**
   * What it does, in one line. Lists of commands show it, and up to 26.1 also errors of usage. So it is docker's own,
   * to the letter.
   */
  readonly short: PerRelease<string>;
  /** What follows the command's path in its usage line, e.g. `[OPTIONS] NETWORK`; empty for groups. */
  readonly usage: PerRelease<string>;
  readonly flags: Flags;
  /** Whether flags may also come after the first argument. `run` and `exec` do not want that. */
  readonly interspersed: boolean;
  /** How many arguments it takes. */
  readonly arguments: ArgumentRule;
  /** What its arguments name, for completion; a list where the first one names something else than the others. */
  readonly completes?: ObjectKind | readonly ObjectKind[] | undefined;
  /** What its arguments name where certain flags are given, by the flag and its value, e.g. `type=image`. */
  readonly completesWith?: Lifetime & { readonly flags: Readonly<Record<string, ObjectKind>> };
  /** The heading under which `docker --help` lists it. Default: `Commands`. */
  readonly heading?: Heading | undefined;
  /** Whether help and completion leave it out. */
  readonly hidden?: boolean | undefined;
  /** The API version that the engine must speak for it. */
  readonly api?: string | undefined;
  /** The commands of a group. */
  readonly commands?: readonly Command[] | undefined;
  /**
   * Carries it out with the words that follow it, flags and all: a program of its own, such as `docker compose`, which
   * is loaded when somebody calls it. Returns the exit code.
   */
  program?(words: readonly string[], surroundings: ProgramSurroundings): Promise<number>;
  /** Loads the commands and flags of a program of its own, which completion offers. */
  loadTree?(): Promise<Command>;
  /** Is called before its words are read. @throws {CommandError} nothing more happens */
  before?(io: CommandIo, release: Release): void;
  /** Carries it out. Returns the exit code; nothing means 0. Groups have none: they print their help. */
  run?(call: Call): Promise<number | undefined> | Promise<void>;
}

/** What a command that is a program of its own is run with. */
export interface ProgramSurroundings {
  readonly engine: Engine;
  readonly io: CommandIo;
  /** The root of the command tree. */
  readonly root: Command;
  /** Runs another line of the same docker command. Returns its exit code. */
  docker(words: readonly string[]): Promise<number>;
}

export type Heading = "Common Commands" | "Management Commands" | "Swarm Commands";

/** A command that has been called: what it was given, and what it may use. */
export interface Call<F = Readonly<Record<string, unknown>>> {
  readonly engine: Engine;
  readonly io: CommandIo;
  /** Which docker command this is. */
  readonly release: Release;
  /** The values of its flags, by their long names. */
  readonly flags: F;
  /** The long names of the flags that were given. */
  readonly given: ReadonlySet<string>;
  readonly arguments: readonly string[];
  /** The words that called it, e.g. `docker network ls`. */
  readonly path: string;
  /** What all commands of one line share: the configuration, what the engine says of itself. */
  readonly session: Session;
}

/** What {@link command} takes. */
type Declaration<F extends Flags> = Partial<Omit<Command, "flags" | "run">> &
  Pick<Command, "name" | "short" | "arguments"> & {
    readonly flags?: F;
    run(call: Call<FlagValues<F>>): Promise<number | undefined> | Promise<void>;
  };

/**
 * Declares a command.
 *
 * @example
 * export const rename = command({
 *   name: "rename",
 *   short: "Rename a container",
 *   usage: "CONTAINER NEW_NAME",
 *   arguments: exactly(2),
 *   async run({ engine, arguments: [container = "", name = ""] }) {
 *     await engine.containers.rename(container, name);
 *   },
 * });
 */
export function command<F extends Flags = Record<never, never>>(declaration: Declaration<F>): Command {
  return { usage: "", interspersed: true, flags: {}, ...declaration } as Command;
}

/** Declares a group of commands. */
export function group(
  name: string,
  short: PerRelease<string>,
  commands: readonly Command[],
  options: Partial<Command> = {},
): Command {
  return {
    name,
    short,
    usage: "",
    flags: {},
    interspersed: true,
    arguments: { least: 0, most: 0 },
    commands,
    ...options,
  };
}

/** The same command in another place, as `docker ps` is `docker container ls`. */
export function alsoCalled(name: string, original: Command, options: Partial<Command> = {}): Command {
  const { aliases: _, ...rest } = original;
  return { ...rest, name, ...options };
}
