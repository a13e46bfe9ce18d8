import {
  type CharacterSet,
  choice,
  except,
  only,
  PrefixMatcher,
  type Range,
  repeated,
  sequence,
  setOf,
  type Tree,
  within,
} from "../patterns/index.js";

/**
 * A list of patterns that name files, each with all that is below it: `*` and `?` match no slash, `**` matches any
 * directories, and what a pattern with `!` before it names is not meant after all. The last pattern counts.
 */
export class PathList {
  readonly #patterns: readonly {
    readonly text: string;
    readonly isException: boolean;
    readonly matcher: PrefixMatcher;
  }[];

  /** @param text one pattern a line. Empty lines and lines that begin with `#` are no patterns */
  constructor(text: string) {
    this.#patterns = linesOf(text).map((line) => {
      const isException = line.startsWith("!");
      const pattern = isException ? line.slice(1) : line;
      return { text: pattern, isException, matcher: new PrefixMatcher(treeOf(pattern)) };
    });
  }

  /** Returns whether some pattern takes files below a directory out again, as far as its words tell. */
  hasExceptionBelow(directory: string): boolean {
    return this.#patterns.some(
      ({ isException, text }) => isException && `${text}/`.startsWith(`${directory}/`),
    );
  }

  /** Returns whether a file, or a directory above it, is meant. @param path such as `a/b`, without a slash at either end */
  has(path: string): boolean {
    const parts = path.split("/");
    const paths = parts.map((_, at) => parts.slice(0, at + 1).join("/")).reverse();
    let found = false;
    for (const { isException, matcher } of this.#patterns) {
      if (isException !== found) continue;
      if (paths.some((each) => matcher.matchesWhole(each))) found = !isException;
    }
    return found;
  }
}

function linesOf(text: string): string[] {
  const lines: string[] = [];
  for (const raw of text.replace(/^\uFEFF/, "").split("\n")) {
    const line = raw.replace(/\r$/, "");
    if (line.startsWith("#")) continue;
    const trimmed = line.trim();
    if (trimmed === "") continue;
    const isException = trimmed.startsWith("!");
    const pattern = cleaned(isException ? trimmed.slice(1).trim() : trimmed);
    if (pattern !== "") lines.push(isException ? `!${pattern}` : pattern);
  }
  return lines;
}

/** Removes what a path needs not: `.`, `..`, slashes at its ends. */
function cleaned(path: string): string {
  const parts: string[] = [];
  for (const part of path.split("/")) {
    if (part === ".." && parts.length > 0 && parts.at(-1) !== "..") parts.pop();
    else if (part !== "" && part !== "." && !(part === ".." && path.startsWith("/"))) parts.push(part);
  }
  return parts.join("/");
}

const slash = only(0x2f);
const any = within([[0, 0x10ffff]]);
const everything = (): Tree => repeated(setOf(any), 0, Number.POSITIVE_INFINITY);

function treeOf(pattern: string): Tree {
  const characters = [...pattern];
  const parts: Tree[] = [];
  let at = 0;
  const literal = (character: string): Tree => setOf(only(character.codePointAt(0) as number));
  while (at < characters.length) {
    const character = characters[at++] as string;
    if (character === "*" && characters[at] === "*") {
      at++;
      if (characters[at] === "/") at++;
      if (at === characters.length) parts.push(everything());
      else parts.push(choice([sequence([everything(), setOf(slash)]), sequence([])]));
    } else if (character === "*") parts.push(repeated(setOf(except(slash)), 0, Number.POSITIVE_INFINITY));
    else if (character === "?") parts.push(setOf(except(slash)));
    else if (character === "\\") parts.push(literal(characters[at++] ?? "\\"));
    else if (character === "[") {
      const set = setFrom(characters, at);
      if (set) at = set.end;
      parts.push(set ? setOf(set.set) : literal(character));
    } else parts.push(literal(character));
  }
  return sequence(parts);
}

/** Reads a set of characters behind its bracket. Returns `undefined` where it does not end. */
function setFrom(
  characters: readonly string[],
  start: number,
): { readonly set: CharacterSet; readonly end: number } | undefined {
  const end = characters.indexOf("]", start + 1);
  if (end < 0) return undefined;
  const inside = characters.slice(start, end);
  const negated = inside[0] === "^";
  const ranges: Range[] = [];
  for (let at = negated ? 1 : 0; at < inside.length; at++) {
    if (inside[at] === "\\" && at + 1 < inside.length) at++;
    const low = (inside[at] as string).codePointAt(0) as number;
    const high = inside[at + 1] === "-" ? inside[at + 2] : undefined;
    if (high !== undefined) at += 2;
    ranges.push([low, (high ?? String.fromCodePoint(low)).codePointAt(0) as number]);
  }
  const set = within(ranges);
  return { set: negated ? except(set) : set, end: end + 1 };
}
