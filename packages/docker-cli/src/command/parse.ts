// Reads the flags of a command line as Go's pflag does, with its words for what is wrong.

import type { Release } from "../releases.js";
import { FlagValueError } from "./errors.js";
import type { Flag, Flags } from "./flags.js";
import { quoted } from "./quoted.js";

/** A command line's flags and arguments. */
export interface Parsed {
  readonly values: Record<string, unknown>;
  readonly given: Set<string>;
  readonly arguments: string[];
  /** Whether help was asked for, by `--help` or by `-h`. */
  help: "--help" | "-h" | undefined;
}

/** What is wrong with the flags of a command line. */
export class FlagError extends Error {
  override readonly name = "FlagError";
}

/**
 * Reads flags and arguments.
 *
 * @param interspersed whether flags may come after arguments; if not, the first argument ends them
 * @param onUse called with each flag that is used
 * @throws {FlagError}
 */
export function parseFlags(
  flags: Flags,
  words: readonly string[],
  {
    interspersed,
    release,
    onUse,
  }: {
    readonly interspersed: boolean;
    readonly release: Release;
    onUse?(name: string, flag: Flag<unknown>): void;
  },
): Parsed {
  const parsed: Parsed = {
    values: Object.fromEntries(Object.entries(flags).map(([name, { initial }]) => [name, initial])),
    given: new Set(),
    arguments: [],
    help: undefined,
  };
  const byLetter = new Map(
    Object.entries(flags).flatMap(([name, { short }]) => (short === undefined ? [] : [[short, name]])),
  );

  const set = (name: string, value: string): void => {
    const flag = flags[name]!;
    try {
      parsed.values[name] = flag.read(value, parsed.values[name], release);
    } catch (error) {
      if (!(error instanceof FlagValueError)) throw error;
      const shown = flag.short === undefined ? `--${name}` : `-${flag.short}, --${name}`;
      throw new FlagError(`invalid argument ${quoted(value)} for "${shown}" flag: ${error.message}`);
    }
    parsed.given.add(name);
    onUse?.(name, flag);
  };

  for (let at = 0; at < words.length; at++) {
    const word = words[at]!;
    if (word === "" || word === "-" || !word.startsWith("-")) {
      if (!interspersed) {
        parsed.arguments.push(...words.slice(at));
        break;
      }
      parsed.arguments.push(word);
    } else if (word === "--") {
      parsed.arguments.push(...words.slice(at + 1));
      break;
    } else if (word.startsWith("--")) {
      const equals = word.indexOf("=");
      const name = equals < 0 ? word.slice(2) : word.slice(2, equals);
      if (/^-/.test(name) || name === "") throw new FlagError(`bad flag syntax: ${word}`);
      const flag = Object.hasOwn(flags, name) ? flags[name] : undefined;
      if (!flag) {
        if (name !== "help") throw new FlagError(`unknown flag: --${name}`);
        parsed.help = "--help";
        return parsed;
      }
      if (equals >= 0) set(name, word.slice(equals + 1));
      else if (flag.bare !== undefined) set(name, flag.bare);
      else if (at + 1 < words.length) set(name, words[++at]!);
      else throw new FlagError(`flag needs an argument: ${word}`);
    } else {
      let letters = word.slice(1);
      while (letters !== "") {
        const letter = letters[0]!;
        const name = byLetter.get(letter);
        if (name === undefined) {
          if (letter !== "h")
            throw new FlagError(`unknown shorthand flag: ${quoted(letter, "'")} in -${letters}`);
          parsed.help = "-h";
          return parsed;
        }
        const { bare } = flags[name]!;
        const rest = letters.slice(1);
        if (rest.length > 1 && rest.startsWith("=")) {
          set(name, rest.slice(1));
          break;
        }
        if (bare !== undefined) {
          set(name, bare);
          letters = rest;
          continue;
        }
        if (rest !== "") set(name, rest);
        else if (at + 1 < words.length) set(name, words[++at]!);
        else throw new FlagError(`flag needs an argument: ${quoted(letter, "'")} in -${letters}`);
        break;
      }
    }
  }
  return parsed;
}
