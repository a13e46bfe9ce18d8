// The flags of commands: what a flag is, and the kinds that many commands have. Values are read as Go's strconv and
// docker's own readers read them, with their words for what is wrong.
import { isIn, type Lifetime, type Release, type ReleaseName } from "../releases.js";
import { FlagValueError } from "./errors.js";
import { quoted } from "./quoted.js";

/** A flag of a command. Its long name is the key under which the command declares it. */
export interface Flag<T> extends Lifetime {
  /** What help shows for its value, e.g. `string`; empty for a switch. */
  readonly kind: string;
  /** The letter, e.g. `a` for `-a`. */
  readonly short?: string | undefined;
  /** The value when it is not given. */
  readonly initial: T;
  /** The value of the flag alone, without `=value`: what makes a flag a switch. */
  readonly bare?: string | undefined;
  /** Whether help and completion leave it out. */
  readonly hidden?: boolean | undefined;
  /** Since when the flag is going away, and what docker says after its use: "Flag --x has been deprecated, …". */
  readonly deprecated?: { readonly since: ReleaseName; readonly advice: string } | undefined;
  /** The API version that the engine must speak for it. */
  readonly api?: string | undefined;
  /** What a complete value may be, for completion: words, or the kind of object that is named. */
  readonly completes?: readonly string[] | ObjectKind | undefined;
  /**
   * Reads one value.
   * @param before the value so far, for flags that may come several times
   * @param release the release of docker that reads it
   * @throws {FlagValueError}
   */
  read(text: string, before: T, release: Release): T;
}

/** What an argument or a flag's value names, for completion. */
export type ObjectKind =
  | "container"
  | "running container"
  | "container or file"
  | "image"
  | "image or repository"
  | "link"
  | "network"
  | "volume"
  | "file";

/** The flags of a command, by their long names. */
export type Flags = Readonly<Record<string, Flag<unknown>>>;

/** The values of declared flags. */
export type FlagValues<F> = { readonly [Name in keyof F]: F[Name] extends Flag<infer T> ? T : never };

/** What may be said of any flag beside its kind. */
export type FlagOptions = Partial<
  Pick<Flag<never>, "since" | "until" | "hidden" | "deprecated" | "api" | "completes" | "kind">
>;

/** What docker says after the use of a flag, if the flag is going away. */
export function adviceAfter({ deprecated }: Flag<unknown>, release: Release): string | undefined {
  return deprecated && isIn(release, deprecated) ? deprecated.advice : undefined;
}

/** Whether help and completion show a flag. */
export function isShown(flag: Flag<unknown>, release: Release): boolean {
  return isIn(release, flag) && !flag.hidden && adviceAfter(flag, release) === undefined;
}

/** A switch: `--all`, `--all=false`. */
export function toggle(
  short?: string,
  options: FlagOptions & { readonly initial?: boolean } = {},
): Flag<boolean> {
  return { kind: "", short, initial: false, bare: "true", read: readBool, ...options };
}

/** A text. */
export function text(
  short?: string,
  options: FlagOptions & { readonly initial?: string } = {},
): Flag<string> {
  return { kind: "string", short, initial: "", read: (value) => value, ...options };
}

/** A whole number, as Go's strconv reads it: also `0x1f` and `0b1`. */
export function int(
  short?: string,
  options: FlagOptions & { readonly initial?: number; readonly bits?: 32 | 64 } = {},
): Flag<number> {
  const { bits = 64, ...rest } = options;
  return { kind: "int", short, initial: 0, read: (value) => readInt(value, bits), ...rest };
}

/** A whole number that is not negative. */
export function uint(
  short?: string,
  options: FlagOptions & { readonly initial?: number; readonly bits?: 16 | 32 | 64 } = {},
): Flag<number> {
  const { bits = 64, ...rest } = options;
  return { kind: "uint", short, initial: 0, read: (value) => readUint(value, bits), ...rest };
}

/** Texts: the flag may come several times. `check` returns what is kept of one. */
export function list(
  short?: string,
  options: FlagOptions & { readonly check?: (value: string, release: Release) => string } = {},
): Flag<readonly string[]> {
  const { check = (value: string) => value, ...rest } = options;
  return {
    kind: "list",
    short,
    initial: [],
    read: (value, before, release) => [...before, check(value, release)],
    ...rest,
  };
}

/** Texts that may also come in one, with commas: Go's stringSlice. */
export function stringSlice(short?: string, options: FlagOptions = {}): Flag<readonly string[]> {
  return {
    kind: "strings",
    short,
    initial: [],
    read: (value, before) => (value === "" ? before : [...before, ...readCsv(value)]),
    ...options,
  };
}

/** `key=value` pairs: a key that comes twice keeps the last value. A key alone has an empty value. */
export function map(
  short?: string,
  options: FlagOptions & { readonly check?: (value: string, release: Release) => string } = {},
): Flag<Readonly<Record<string, string>>> {
  const { check = (value: string) => value, ...rest } = options;
  return {
    kind: "map",
    short,
    initial: {},
    read(value, before, release) {
      const [key, ...more] = check(value, release).split("=");
      return { ...before, [key as string]: more.join("=") };
    },
    ...rest,
  };
}

/** Filters: `--filter name=value`, by name. The names are in lower case, and both parts are trimmed. */
export function filters(
  short?: string,
  options: FlagOptions = {},
): Flag<Readonly<Record<string, readonly string[]>>> {
  return {
    kind: "filter",
    short,
    initial: {},
    read(value, before) {
      if (value === "") return before;
      const at = value.indexOf("=");
      if (at < 0) throw new FlagValueError("bad format of filter (expected name=value)");
      const name = value.slice(0, at).trim().toLowerCase();
      const wanted = value.slice(at + 1).trim();
      return { ...before, [name]: [...new Set([...(before[name] ?? []), wanted])] };
    },
    ...options,
  };
}

/** Labels: `key=value`, or a key alone. @throws {FlagValueError} no key */
export function labels(short?: string, options: FlagOptions = {}): Flag<readonly string[]> {
  return list(short, { check: checkedLabel, ...options });
}

function checkedLabel(value: string): string {
  if (value === "" || value.startsWith("=") || /^\s/.test(value)) {
    throw new FlagValueError(`invalid label '${value}': empty name`);
  }
  return value;
}

/** Reads a truth value as strconv.ParseBool does. */
export function readBool(value: string): boolean {
  if (["1", "t", "T", "true", "TRUE", "True"].includes(value)) return true;
  if (["0", "f", "F", "false", "FALSE", "False"].includes(value)) return false;
  throw new FlagValueError(`strconv.ParseBool: parsing ${quoted(value)}: invalid syntax`);
}

/** Reads a number as strconv.ParseInt does with base 0. Beyond 2^53 digits are lost. */
function readInt(value: string, bits: 32 | 64 = 64): number {
  const negative = value.startsWith("-");
  const digits = /^[+-]/.test(value) ? value.slice(1) : value;
  const number = wholeNumber(digits);
  const limit = 1n << BigInt(bits - 1);
  if (number === undefined) throw syntax("ParseInt", value);
  if (negative ? number > limit : number >= limit) throw outOfRange("ParseInt", value);
  return Number(negative ? -number : number);
}

/** Reads a number as strconv.ParseUint does with base 0. */
export function readUint(value: string, bits: 16 | 32 | 64 = 64): number {
  const number = wholeNumber(value);
  if (number === undefined) throw syntax("ParseUint", value);
  if (number >= 1n << BigInt(bits)) throw outOfRange("ParseUint", value);
  return Number(number);
}

function wholeNumber(digits: string): bigint | undefined {
  if (/^0[0-7_]+$/.test(digits)) return BigInt(`0o${digits.slice(1).replaceAll("_", "")}`);
  if (/^(\d[\d_]*|0[xX][\da-fA-F_]+|0[oO][0-7_]+|0[bB][01_]+)$/.test(digits) && !/^0\d/.test(digits)) {
    return BigInt(digits.replaceAll("_", "").toLowerCase());
  }
  return undefined;
}

function syntax(reader: string, value: string): FlagValueError {
  return new FlagValueError(`strconv.${reader}: parsing ${quoted(value)}: invalid syntax`);
}

function outOfRange(reader: string, value: string): FlagValueError {
  return new FlagValueError(`strconv.${reader}: parsing ${quoted(value)}: value out of range`);
}

/** One record of comma-separated values, as Go's encoding/csv reads it. */
export function readCsv(value: string): string[] {
  const fields: string[] = [];
  let at = 0;
  for (;;) {
    if (value[at] === '"') {
      let field = "";
      at++;
      for (;;) {
        const end = value.indexOf('"', at);
        if (end < 0)
          throw new FlagValueError(
            `parse error on line 1, column ${value.length + 1}: extraneous or missing " in quoted-field`,
          );
        field += value.slice(at, end);
        at = end + 1;
        if (value[at] !== '"') break;
        field += '"';
        at++;
      }
      if (at < value.length && value[at] !== ",") {
        throw new FlagValueError(
          `parse error on line 1, column ${at + 1}: extraneous or missing " in quoted-field`,
        );
      }
      fields.push(field);
    } else {
      const end = value.indexOf(",", at) < 0 ? value.length : value.indexOf(",", at);
      const field = value.slice(at, end);
      const quote = field.indexOf('"');
      if (quote >= 0) {
        throw new FlagValueError(
          `parse error on line 1, column ${at + quote + 1}: bare " in non-quoted-field`,
        );
      }
      fields.push(field);
      at = end;
    }
    if (at >= value.length) return fields;
    at++;
  }
}
