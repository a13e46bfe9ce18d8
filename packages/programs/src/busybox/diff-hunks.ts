// The unified format of differences between two files.
import { type Change, changesBetween } from "./diff-lines.js";

/** How lines are compared and printed. */
export interface DiffStyle {
  /** The number of lines around a change. */
  readonly context: number;
  readonly ignores: {
    readonly case: boolean;
    readonly allSpace: boolean;
    readonly amountOfSpace: boolean;
    readonly blankLines: boolean;
  };
  readonly thorough: boolean;
  readonly expandsTabs: boolean;
  readonly initialTab: boolean;
}

/** Returns the hunks that tell two texts apart. @param one a text with one character for each byte */
export function hunksBetween(one: string, other: string, style: DiffStyle): string[] {
  const [before, after] = [linesIn(one), linesIn(other)];
  const alike = (line: string) => comparable(line, style.ignores);
  const changes = changesBetween(before.map(alike), after.map(alike), style.thorough);
  const isBlank = ({ from1, to1, from2, to2 }: Change): boolean =>
    [...before.slice(from1 - 1, to1), ...after.slice(from2 - 1, to2)].every((line) => line === "\n");
  return together(changes, style.context)
    .filter((hunk) => !style.ignores.blankLines || !hunk.every(isBlank))
    .map((hunk) => printed(hunk, before, after, style));
}

/** Lines with their ends. The last one may have none. */
function linesIn(text: string): string[] {
  return text.match(/[^\n]*\n|[^\n]+$/g) ?? [];
}

function comparable(line: string, ignores: DiffStyle["ignores"]): string {
  let text = ignores.case ? line.toLowerCase() : line;
  if (ignores.allSpace) text = text.replace(/[ \t-\r]+/g, "");
  else if (ignores.amountOfSpace) text = text.replace(/[ \t-\r]+$/, "").replace(/[ \t-\r]+/g, " ");
  return text;
}

/** Puts changes into a hunk whose surroundings meet. */
function together(changes: readonly Change[], context: number): Change[][] {
  const hunks: Change[][] = [];
  let last: Change | undefined;
  for (const change of changes) {
    const isNear =
      last && (change.from1 <= last.to1 + 2 * context + 1 || change.from2 <= last.to2 + 2 * context + 1);
    if (isNear) hunks.at(-1)?.push(change);
    else hunks.push([change]);
    last = change;
  }
  return hunks;
}

function printed(
  hunk: readonly Change[],
  before: readonly string[],
  after: readonly string[],
  style: DiffStyle,
): string {
  const [first, last] = [hunk[0] as Change, hunk.at(-1) as Change];
  const { context } = style;
  const from1 = Math.max(1, first.from1 - context);
  const from2 = Math.max(1, first.from2 - context);
  const to1 = Math.min(before.length, last.to1 + context);
  const to2 = Math.min(after.length, last.to2 + context);
  let text = `@@ -${range(from1, to1)} +${range(from2, to2)} @@\n`;
  const print = (mark: string, lines: readonly string[], from: number, to: number): void => {
    for (const line of lines.slice(from - 1, to)) text += marked(mark, line, style);
  };
  let at = from1;
  for (const change of hunk) {
    print(" ", before, at, change.from1 - 1);
    print("-", before, change.from1, change.to1);
    print("+", after, change.from2, change.to2);
    at = change.to1 + 1;
  }
  print(" ", before, at, to1);
  return text;
}

function range(from: number, to: number): string {
  if (from < to) return `${from},${to - from + 1}`;
  return from === to ? String(from) : `${to},0`;
}

function marked(mark: string, line: string, { expandsTabs, initialTab }: DiffStyle): string {
  const shown = expandsTabs ? withoutTabs(line) : line;
  const end = line.endsWith("\n") ? "" : "\n\\ No newline at end of file\n";
  return mark + (initialTab ? "\t" : "") + shown + end;
}

function withoutTabs(line: string): string {
  let out = "";
  for (const letter of line) out += letter === "\t" ? " ".repeat(8 - (out.length % 8)) : letter;
  return out;
}
