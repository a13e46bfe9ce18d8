// The frame of BusyBox's programs (applets): `--help`, options, usage errors and file errors.
// Most files of this folder call `applet` with a help text, the options, and a function that does the work.
import { FileError, type ProcessContext, type Program } from "@dryharbor/kernel";
import { MatchTooCostly } from "@dryharbor/kernel/patterns";
import { type OptionLetters, type ParsedOptions, parseOptions } from "./options.js";

/** The first line of every help text. */
export const banner = "BusyBox v1.38.0 (Debian 1:1.38.0-3+b1) multi-call binary.";

/** The call of an applet: its parsed arguments. */
export interface AppletCall extends ParsedOptions {
  /** The name of the command without its directory. Messages begin with it. */
  readonly name: string;
  /** Writes the help text to standard error. Returns the exit code of a usage error. */
  usage(process: ProcessContext): number;
}

/** The description of an applet. */
export interface AppletOptions {
  /** The help text behind `Usage: `. Empty where BusyBox has none. */
  readonly help: string;
  /** The options. Without this, every argument is an operand. */
  readonly options?: OptionLetters;
  /** The exit code of a usage error. Default: 1. */
  readonly usageCode?: number;
  /** Converts arguments in an older syntax before they are parsed. */
  prepare?(args: readonly string[]): readonly string[];
  /**
   * Whether the applet uses no files. File errors are then not handled, which saves memory while it waits.
   */
  readonly withoutFiles?: boolean;
}

/** Thrown to end an applet with a message, as `bb_error_msg_and_die` does. */
export class Died extends Error {
  override readonly name = "Died";

  constructor(
    message: string,
    /** The exit code. */
    readonly code = 1,
  ) {
    super(message);
  }
}

/** Thrown to end an applet with its help text, as `bb_show_usage` does. */
export class BadUsage extends Error {
  override readonly name = "BadUsage";
}

const nothing: AppletCall["given"] & AppletCall["counts"] = new Map<string, never>();

/** Makes one of BusyBox's programs. It handles `--help`, options and file errors around `main`. */
export function applet(
  { help, options, usageCode = 1, prepare = (args) => args, withoutFiles = false }: AppletOptions,
  main: (process: ProcessContext, call: AppletCall) => Promise<number>,
): Program {
  const text = `${banner}\n\n${help === "" ? "No help available" : `Usage: ${help}`}\n`;
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
    if (!options) return main(process, { name, usage, given: nothing, counts: nothing, operands: args });
    const parsed = parseOptions(prepare(args), options);
    if (typeof parsed === "string") {
      process.stderr(`${process.argv[0]}: ${parsed}\n`);
      return Promise.resolve(usage(process));
    }
    return main(process, { name, usage, ...parsed });
  };
  return withoutFiles ? run : (process) => reportingErrors(process, run, usage);
}

function nameOf({ argv: [command] }: ProcessContext): string {
  return command.slice(command.lastIndexOf("/") + 1);
}

async function reportingErrors(
  process: ProcessContext,
  run: Program,
  usage: (process: ProcessContext) => number,
): Promise<number> {
  try {
    return await run(process);
  } catch (error) {
    if (error instanceof BadUsage) return usage(process);
    const isReported = error instanceof FileError || error instanceof MatchTooCostly || error instanceof Died;
    if (!isReported) throw error;
    process.stderr(`${nameOf(process)}: ${error.message}\n`);
    return error instanceof Died ? error.code : 1;
  }
}
