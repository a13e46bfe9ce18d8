// The patterns of `${name%pattern}` and its like: `*` and `?`, and no brackets. They are matched in a time that grows with the
// text and the pattern, and not faster.

/** A part of a pattern: a character, or one of any. */
type Token = { readonly literal: string } | "any" | "star";

export type ShellPattern = readonly Token[];

/** Reads a pattern. Returns what is wrong with it instead, if anything is. */
export function readPattern(text: string): ShellPattern | string {
  const tokens: Token[] = [];
  const characters = [...text];
  for (let at = 0; at < characters.length; at++) {
    const character = characters[at] as string;
    if (character === "*") tokens.push("star");
    else if (character === "?") tokens.push("any");
    else if (character === "\\") {
      const next = characters[at + 1];
      if (next === "}" || next === "/") continue;
      at++;
      if (next !== "*" && next !== "?" && next !== "\\") return `invalid escape '\\${next ?? "\uFFFD"}'`;
      tokens.push({ literal: next });
    } else tokens.push({ literal: character });
  }
  return tokens;
}

export function reversedTokens(pattern: ShellPattern): ShellPattern {
  return [...pattern].reverse();
}

/** Returns after how many characters a match from the start may end, in ascending order. */
export function prefixEnds(pattern: ShellPattern, characters: readonly string[], from = 0): number[] {
  let places = withSkipped(pattern, new Set([0]));
  const ends: number[] = [];
  for (let at = from; ; at++) {
    if (places.has(pattern.length)) ends.push(at);
    const character = characters[at];
    if (character === undefined || places.size === 0) return ends;
    const next = new Set<number>();
    for (const place of places) {
      const token = pattern[place];
      if (token === undefined) continue;
      // As in Go's regular expressions, no wildcard matches a line's end.
      if (token === "star") {
        if (character !== "\n") next.add(place);
      } else if (token === "any" ? character !== "\n" : token.literal === character) next.add(place + 1);
    }
    places = withSkipped(pattern, next);
  }
}

/** A star may match nothing. */
function withSkipped(pattern: ShellPattern, places: Set<number>): Set<number> {
  for (const place of places) if (pattern[place] === "star") places.add(place + 1);
  return places;
}

/** Returns the first match anywhere, as long as can be. */
export function firstMatch(
  pattern: ShellPattern,
  characters: readonly string[],
): { readonly start: number; readonly end: number } | undefined {
  for (let start = 0; start <= characters.length; start++) {
    const end = prefixEnds(pattern, characters, start).at(-1);
    if (end !== undefined) return { start, end };
  }
  return undefined;
}
