import {
  type CharacterSet,
  except,
  only,
  PrefixMatcher,
  type Range,
  repeated,
  sequence,
  setOf,
  type Tree,
  within,
} from "@dryharbor/kernel/patterns";
import { engineError } from "@dryharbor/sdk/port";

/**
 * Returns whether all of `text` matches a pattern of Go's path.Match: `*` and `?` do not match a slash,
 * `[^a-z]` is a class, and `\` escapes the next character.
 *
 * @throws 500 for an invalid pattern, wherever the fault is
 */
export function matchesGlob(pattern: string, text: string): boolean {
  return new PrefixMatcher(tree(pattern)).matchesWhole(text);
}

const notSlash = except(only(0x2f));

function tree(pattern: string): Tree {
  const characters = [...pattern];
  let at = 0;
  const bad = () => engineError(500, "syntax error in pattern");

  function character(): string {
    const next = characters[at++];
    if (next === undefined) throw bad();
    return next;
  }

  /** Reads one end of a range in a class. */
  function classCharacter(): number {
    const next = character();
    if (next === "-" || next === "]") throw bad();
    return codePoint(next === "\\" ? character() : next);
  }

  /** Reads a class, which has at least one character or range. */
  function characterClass(): CharacterSet {
    const negated = characters[at] === "^";
    if (negated) at++;
    const ranges: Range[] = [];
    do {
      const low = classCharacter();
      if (characters[at] === "-") {
        at++;
        // A reversed range matches nothing.
        ranges.push([low, classCharacter()]);
      } else ranges.push([low, low]);
    } while (characters[at] !== "]");
    at++;
    return negated ? except(within(ranges)) : within(ranges);
  }

  const parts: Tree[] = [];
  while (at < characters.length) {
    const next = character();
    if (next === "*") parts.push(repeated(setOf(notSlash), 0, Number.POSITIVE_INFINITY));
    else if (next === "?") parts.push(setOf(notSlash));
    else if (next === "[") parts.push(setOf(characterClass()));
    else parts.push(setOf(only(codePoint(next === "\\" ? character() : next))));
  }
  return sequence(parts);
}

function codePoint(character: string): number {
  return character.codePointAt(0) as number;
}
