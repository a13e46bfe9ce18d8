// What a command of compose is: a command of the tree whose call also knows the project.

import type { ArgumentRule } from "../../command/arguments.js";
import type { Command } from "../../command/command.js";
import type { Flags, FlagValues } from "../../command/flags.js";
import type { Release } from "../../releases.js";
import type { ComposeContext } from "../actions/context.js";
import type { LoadContext, ProjectOptions } from "../model/load.js";

/** A command of compose that has been called. */
export interface ComposeCall<F = Readonly<Record<string, unknown>>> {
  readonly context: ComposeContext;
  readonly load: LoadContext;
  readonly options: ProjectOptions;
  /** Keep networks and volumes that no service uses. */
  readonly allResources: boolean;
  /** Whether colours may be used on standard output. */
  readonly colours: boolean;
  readonly flags: F;
  readonly given: ReadonlySet<string>;
  readonly arguments: readonly string[];
  readonly release: Release;
  /** Aborted by Ctrl-C. */
  readonly signal: AbortSignal;
  /** Runs another command of docker. Returns its exit code. */
  docker(words: readonly string[]): Promise<number>;
}

/** A command of compose. */
export interface ComposeCommand extends Command {
  /** Whether it answers Ctrl-C itself. */
  readonly ownSignals?: boolean;
  execute(call: ComposeCall): Promise<number | undefined> | Promise<void>;
}

interface Declaration<F extends Flags> {
  name: string;
  short: string;
  usage: string;
  flags?: F;
  arguments?: ArgumentRule;
  interspersed?: boolean;
  ownSignals?: boolean;
  execute(call: ComposeCall<FlagValues<F>>): Promise<number | undefined> | Promise<void>;
}

/** Declares a command of compose. */
export function composeCommand<F extends Flags = Record<never, never>>(
  declaration: Declaration<F>,
): ComposeCommand {
  return {
    flags: {},
    arguments: { least: 0 },
    interspersed: true,
    ...declaration,
  } as unknown as ComposeCommand;
}
