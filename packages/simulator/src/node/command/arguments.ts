import { parseArgs } from "node:util";
import { UsageError } from "@dryharbor/sdk/port";

/** An option of a command. */
interface Option {
  readonly type: "string" | "boolean";
  readonly short?: string;
  readonly multiple?: boolean;
}

export type Options = Readonly<Record<string, Option>>;

/** The values of the options, by name. */
export type Values<O extends Options> = {
  readonly [Name in keyof O]?: O[Name] extends { readonly multiple: true }
    ? readonly string[]
    : O[Name] extends { readonly type: "string" }
      ? string
      : boolean;
};

/**
 * Reads the arguments of a command.
 *
 * @throws {UsageError} an argument is wrong; the message is one line that says what to do
 */
export function readArguments<O extends Options>(
  args: readonly string[],
  options: O,
): { readonly values: Values<O>; readonly positionals: readonly string[] } {
  const { tokens } = parseArgs({
    args: [...args],
    options,
    strict: false,
    allowPositionals: true,
    tokens: true,
  });
  const values: Record<string, string | boolean | string[]> = {};
  const positionals: string[] = [];
  for (const token of tokens) {
    if (token.kind === "positional") positionals.push(token.value);
    if (token.kind !== "option") continue;
    const option = Object.hasOwn(options, token.name) ? options[token.name] : undefined;
    if (!option) {
      throw new UsageError(`unknown option ${token.rawName}${suggestion(token.rawName, longNames(options))}`);
    }
    values[token.name] = readValue(token, option, values[token.name]);
  }
  return { values: values as Values<O>, positionals };
}

function readValue(
  {
    rawName,
    value,
    inlineValue,
  }: { rawName: string; value?: string | undefined; inlineValue?: boolean | undefined },
  { type, multiple }: Option,
  before: string | boolean | string[] | undefined,
): string | boolean | string[] {
  if (type === "boolean") {
    if (value !== undefined) throw new UsageError(`${rawName} takes no value: leave out "=${value}"`);
    return true;
  }
  if (value === undefined || value === "" || (!inlineValue && value.startsWith("-"))) {
    throw new UsageError(`${rawName} needs a value`);
  }
  if (multiple) return [...(Array.isArray(before) ? before : []), value];
  if (before !== undefined) throw new UsageError(`${rawName} was given twice: give it once`);
  return value;
}

function longNames(options: Options): string[] {
  return Object.keys(options).map((name) => `--${name}`);
}

/**
 * Returns the end of a message: the option that was probably meant (`: did you mean --host?`), or all of
 * them.
 */
export function suggestion(written: string, known: readonly string[]): string {
  const [nearest] = known
    .map((name) => ({ name, distance: distance(written, name) }))
    .toSorted((a, b) => a.distance - b.distance);
  return nearest && nearest.distance <= Math.max(1, Math.floor(nearest.name.length / 3))
    ? `: did you mean ${nearest.name}?`
    : `: use one of ${known.join(", ")}`;
}

/** Returns the Levenshtein distance: how many letters to add, remove or change. */
function distance(a: string, b: string): number {
  let row = Array.from({ length: b.length + 1 }, (_, at) => at);
  for (let i = 1; i <= a.length; i++) {
    const next = [i];
    for (let j = 1; j <= b.length; j++) {
      const changed = row[j - 1]! + (a[i - 1] === b[j - 1] ? 0 : 1);
      next.push(Math.min(changed, row[j]! + 1, next[j - 1]! + 1));
    }
    row = next;
  }
  return row.at(-1)!;
}
