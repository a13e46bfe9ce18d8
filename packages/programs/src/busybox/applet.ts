import { FileError, type ProcessContext, type Program } from "@dryharbor/kernel";
import { MatchTooCostly } from "@dryharbor/kernel/patterns";
import { type OptionLetters, type ParsedOptions, parseOptions } from "./options.js";

export const banner = "BusyBox v1.38.0 (Debian 1:1.38.0-3+b1) multi-call binary.";

/** What an applet is given besides its process. */
export interface AppletCall extends ParsedOptions {
  /** The command without its directory, as messages begin. */
  readonly name: string;
  /** Writes to standard error how the applet is used; the exit code that goes with it. */
  usage(process: ProcessContext): number;
}

export interface AppletOptions {
  /** What follows `Usage: `, and the explanation below it. */
  readonly help: string;
  /** None: every argument is an operand. */
  readonly options?: OptionLetters;
  /** The exit code of a call that is none. Default: 1. */
  readonly usageCode?: number;
  /** What arguments stand for that are spelt in an older way. */
  prepare?(args: readonly string[]): readonly string[];
  /** Has nothing to do with files: so nothing is kept in order to tell what was wrong with one. */
  readonly withoutFiles?: boolean;
}

const nothingGiven: AppletCall["given"] = new Map();

/** One of BusyBox's programs: `--help` as the first argument, options, and what it does. */
export function applet(
  { help, options, usageCode = 1, prepare = (args) => args, withoutFiles = false }: AppletOptions,
  main: (process: ProcessContext, call: AppletCall) => Promise<number>,
): Program {
  const text = `${banner}\n\nUsage: ${help}\n`;
  const usage = (process: ProcessContext): number => {
    process.stderr(text);
    return usageCode;
  };
  const run = (process: ProcessContext): Promise<number> => {
    const args = process.argv.slice(1);
    if (args[0] === "--help") {
      process.stdout(text);
      return Promise.resolve(0);
    }
    const name = nameOf(process);
    if (!options) return main(process, { name, usage, given: nothingGiven, operands: args });
    const parsed = parseOptions(prepare(args), options);
    if (typeof parsed === "string") {
      process.stderr(`${process.argv[0]}: ${parsed}\n`);
      return Promise.resolve(usage(process));
    }
    return main(process, { name, usage, ...parsed });
  };
  return withoutFiles ? run : (process) => tellingOfFiles(process, run);
}

function nameOf({ argv: [command] }: ProcessContext): string {
  return command.slice(command.lastIndexOf("/") + 1);
}

async function tellingOfFiles(process: ProcessContext, run: Program): Promise<number> {
  try {
    return await run(process);
  } catch (error) {
    if (!(error instanceof FileError || error instanceof MatchTooCostly)) throw error;
    process.stderr(`${nameOf(process)}: ${error.message}\n`);
    return 1;
  }
}
