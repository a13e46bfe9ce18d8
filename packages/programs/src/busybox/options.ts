/** The options of a program. */
export interface OptionLetters {
  /** The options without a value. */
  readonly flags: string;
  /** The options with a value, in the same argument or in the next one. */
  readonly values?: string;
  /** Letters by long names, for example `parents` for `p`. */
  readonly long?: Readonly<Record<string, string>>;
  /** The options with an optional value, which must be in the same argument. */
  readonly attached?: string;
  /** Whether an argument like `-5` is a number and not an option. */
  readonly numbers?: boolean;
  /** Whether an argument like `--name` is read as letters. */
  readonly onlyLetters?: boolean;
  /** Whether options end at the first operand. */
  readonly first?: boolean;
}

/**
 * Parsed arguments: the values of the given options by letter, and the operands. An option without a value
 * has none.
 */
export interface ParsedOptions {
  readonly given: ReadonlyMap<string, readonly string[]>;
  /** How often each option is given. */
  readonly counts: ReadonlyMap<string, number>;
  readonly operands: readonly string[];
}

/** Parses arguments as getopt does. Returns the text of the error when an option is invalid. */
export function parseOptions(args: readonly string[], letters: OptionLetters): ParsedOptions | string {
  const given = new Map<string, string[]>();
  const counts = new Map<string, number>();
  const operands: string[] = [];
  const rest = [...args];
  const note = (letter: string, value?: string): void => {
    given.set(letter, [...(given.get(letter) ?? []), ...(value === undefined ? [] : [value])]);
    counts.set(letter, (counts.get(letter) ?? 0) + 1);
  };

  for (let argument = rest.shift(); argument !== undefined; argument = rest.shift()) {
    if (argument === "--") return { given, counts, operands: [...operands, ...rest] };
    if (!argument.startsWith("-") || argument === "-" || (letters.numbers && /^-[\d.]/.test(argument))) {
      operands.push(argument);
      if (letters.first) return { given, counts, operands: [...operands, ...rest] };
      continue;
    }
    const problem =
      argument.startsWith("--") && !letters.onlyLetters
        ? readLong(argument.slice(2), letters, rest, note)
        : readShort(argument.slice(1), letters, rest, note);
    if (problem !== undefined) return problem;
  }
  return { given, counts, operands };
}

type Note = (letter: string, value?: string) => void;

function readShort(cluster: string, letters: OptionLetters, rest: string[], note: Note): string | undefined {
  for (const [at, letter] of [...cluster].entries()) {
    if (letters.values?.includes(letter)) {
      const value = [...cluster].slice(at + 1).join("") || rest.shift();
      if (value === undefined) return `option requires an argument -- '${letter}'`;
      note(letter, value);
      return undefined;
    }
    if (letters.attached?.includes(letter)) {
      note(letter, [...cluster].slice(at + 1).join(""));
      return undefined;
    }
    if (!letters.flags.includes(letter)) return `invalid option -- '${letter}'`;
    note(letter);
  }
  return undefined;
}

function readLong(text: string, letters: OptionLetters, rest: string[], note: Note): string | undefined {
  const [name = "", ...parts] = text.split("=");
  const value = parts.length > 0 ? parts.join("=") : undefined;
  const long = letters.long ?? {};
  const whole = Object.hasOwn(long, name)
    ? [name]
    : Object.keys(long).filter((each) => each.startsWith(name));
  const [found, another] = whole;
  if (found === undefined) return `unrecognized option '--${text}'`;
  if (another !== undefined) {
    const possible = whole.map((each) => `'--${each}'`).join(" ");
    return `option '--${name}' is ambiguous; possibilities: ${possible}`;
  }
  const letter = long[found] as string;
  if (!letters.values?.includes(letter)) {
    if (value !== undefined) return `option '--${found}' doesn't allow an argument`;
    note(letter);
    return undefined;
  }
  const given = value ?? rest.shift();
  if (given === undefined) return `option '--${found}' requires an argument`;
  note(letter, given);
  return undefined;
}
