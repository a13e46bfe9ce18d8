// The options of clients as getopt_long reads them, written as words in the order of the program's table.
import { type OptionLetters, type ParsedOptions, parseOptions } from "../../busybox/options.js";

/** Where letters begin that stand for options with a long name alone: no command line has them. */
const firstUnwritten = 0xe000;

/** The options of a program. */
export interface OptionTable {
  readonly letters: OptionLetters;
  /** The letter of a long name. */
  letter(long: string): string;
}

/**
 * Makes a table of options.
 *
 * @param words `h:/host` for an option with a value, `q/quiet` for one without, `/if-exists` and `/role:` for those without a
 * letter
 */
export function optionTable(words: string): OptionTable {
  const long: Record<string, string> = {};
  let flags = "";
  let values = "";
  for (const [at, word] of words.trim().split(/\s+/).entries()) {
    const [, short, name = ""] = /^([^/:]?):?\/?(.*?):?$/.exec(word) ?? [];
    const letter = short || String.fromCodePoint(firstUnwritten + at);
    if (name !== "") long[name] = letter;
    if (word.includes(":")) values += letter;
    else flags += letter;
  }
  return { letters: { flags, values, long }, letter: (name) => long[name] ?? "" };
}

/** Options that were given, asked for by long name or letter. */
export class Given {
  constructor(
    readonly table: OptionTable,
    readonly parsed: ParsedOptions,
  ) {}

  get operands(): readonly string[] {
    return this.parsed.operands;
  }

  readonly has = (name: string): boolean => this.parsed.given.has(this.#letter(name));

  /** The last value of an option. */
  readonly value = (name: string): string | undefined => this.parsed.given.get(this.#letter(name))?.at(-1);

  #letter(name: string): string {
    return name.length > 1 ? this.table.letter(name) : name;
  }
}

/** Reads a command line. Returns the text of the error of getopt_long where it is wrong. */
export function readGiven(args: readonly string[], table: OptionTable): Given | string {
  const parsed = parseOptions(args, table.letters);
  return typeof parsed === "string" ? parsed : new Given(table, parsed);
}
