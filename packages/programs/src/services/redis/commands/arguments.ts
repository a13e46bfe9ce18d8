// How the arguments of commands are read. Each function refuses what it cannot read, with Redis's words.
import type { ByteText } from "../../../busybox/byte-text.js";
import { CommandError, notFloat, notInteger, syntaxError } from "../engine/command-error.js";
import { parseDouble, parseInteger } from "../values/numbers.js";

/** Reads an integer of 64 bits. */
export function integer(text: ByteText | undefined, problem: string = notInteger): bigint {
  const value = text === undefined ? undefined : parseInteger(text);
  if (value === undefined) throw new CommandError(problem);
  return value;
}

/** Reads an integer that is a place or a number of things. What is beyond 2^53 is far enough away. */
export function place(text: ByteText | undefined, problem: string = notInteger): number {
  return Number(integer(text, problem));
}

/** Reads a number that must be positive, or 0. */
export function count(text: ByteText | undefined, low: 0 | 1, problem: string): number {
  const value = place(text, problem);
  if (value < low) throw new CommandError(problem);
  return value;
}

/** Reads a number with a fraction. */
export function float(text: ByteText | undefined, problem: string = notFloat): number {
  const value = text === undefined ? undefined : parseDouble(text);
  if (value === undefined) throw new CommandError(problem);
  return value;
}

/** Reads a timeout in seconds. Returns it in milliseconds. */
export function timeout(text: ByteText | undefined): number {
  const seconds = float(text, "ERR timeout is not a float or out of range");
  if (seconds < 0) throw new CommandError("ERR timeout is negative");
  if (seconds * 1000 > 2 ** 63) throw new CommandError("ERR timeout is out of range");
  return Math.ceil(seconds * 1000);
}

/**
 * Reads a number of keys, and the keys behind it. Returns the arguments that follow, too.
 *
 * @param tooFew the refusal when there are fewer keys
 */
export function numberedKeys(
  args: readonly ByteText[],
  tooFew: string = syntaxError,
): { readonly keys: readonly ByteText[]; readonly rest: readonly ByteText[] } {
  const number = count(args[0], 1, "ERR numkeys should be greater than 0");
  if (number > args.length - 1) throw new CommandError(tooFew);
  return { keys: args.slice(1, number + 1), rest: args.slice(number + 1) };
}

/** The options of a command, read from left to right. */
export class Options {
  #at = 0;

  constructor(readonly args: readonly ByteText[]) {}

  get hasMore(): boolean {
    return this.#at < this.args.length;
  }

  /** The number of arguments that are left. */
  get left(): number {
    return this.args.length - this.#at;
  }

  /** Takes the next argument when it is this word, in either case, and enough arguments follow it. */
  takes(word: string, following = 0): boolean {
    if (this.args[this.#at]?.toUpperCase() !== word || this.left <= following) return false;
    this.#at++;
    return true;
  }

  /** Takes the next argument. */
  next(): ByteText {
    const arg = this.args[this.#at++];
    if (arg === undefined) throw new CommandError(syntaxError);
    return arg;
  }

  /** Refuses the next argument. */
  refuse(): never {
    throw new CommandError(syntaxError);
  }
}

/** Returns the part of a list of this length that two places of it, which may be negative, enclose. */
export function enclosed(length: number, first: number, last: number): readonly [from: number, to: number] {
  const from = Math.max(0, first < 0 ? length + first : first);
  const to = Math.min(length, (last < 0 ? length + last : last) + 1);
  return from >= to ? [0, 0] : [from, to];
}

/** Refuses all arguments but one of some words. */
export function onlyWords(args: readonly ByteText[], ...allowed: readonly string[]): void {
  if (args.length > 1 || (args[0] !== undefined && !allowed.includes(args[0].toUpperCase()))) {
    throw new CommandError(syntaxError);
  }
}
