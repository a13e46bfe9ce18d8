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
 * Whether the whole of `text` matches `pattern` as Go's path.Match has it: `*` and `?` stop at a
 * slash, `[^a-z]` is a class, `\` takes the next character as it is.
 *
 * @throws 500 for a pattern that is none, wherever the fault is
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

  /** One end of a range in a class. */
  function classCharacter(): number {
    const next = character();
    if (next === "-" || next === "]") throw bad();
    return codePoint(next === "\\" ? character() : next);
  }

  /** What is between brackets: at least one character or range. */
  function characterClass(): CharacterSet {
    const negated = characters[at] === "^";
    if (negated) at++;
    const ranges: Range[] = [];
    do {
      const low = classCharacter();
      if (characters[at] === "-") {
        at++;
        // An upside-down range holds nothing.
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
