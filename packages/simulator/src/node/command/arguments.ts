import { parseArgs } from "node:util";
import { UsageError } from "@dryharbor/sdk/port";

/** An option that a command takes. */
interface Option {
  readonly type: "string" | "boolean";
  readonly short?: string;
  readonly multiple?: boolean;
}

export type Options = Readonly<Record<string, Option>>;

/** The options' values by name. */
export type Values<O extends Options> = {
  readonly [Name in keyof O]?: O[Name] extends { readonly multiple: true }
    ? readonly string[]
    : O[Name] extends { readonly type: "string" }
      ? string
      : boolean;
};

/**
 * Reads a command's arguments.
 *
 * @throws {UsageError} one line that says what to do
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
      throw new UsageError(
        `there is no option ${token.rawName}${suggestion(token.rawName, longNames(options))}`,
      );
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
  if (before !== undefined) throw new UsageError(`${rawName} can be given once only`);
  return value;
}

function longNames(options: Options): string[] {
  return Object.keys(options).map((name) => `--${name}`);
}

/** The one that was meant, if it is easy to see: `: did you mean --host?` */
export function suggestion(written: string, known: readonly string[]): string {
  const [nearest] = known
    .map((name) => ({ name, distance: distance(written, name) }))
    .toSorted((a, b) => a.distance - b.distance);
  return nearest && nearest.distance <= Math.max(1, Math.floor(nearest.name.length / 3))
    ? `: did you mean ${nearest.name}?`
    : `: there are ${known.join(", ")}`;
}

/** How many letters have to be added, left out or changed (Levenshtein). */
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
