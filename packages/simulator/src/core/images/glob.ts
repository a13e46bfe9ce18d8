import { engineError } from "@dryharbor/sdk/port";

/**
 * Whether the whole of `text` matches `pattern` as Go's path.Match has it: `*` and `?` stop at a
 * slash, `[^a-z]` is a class, `\` takes the next character as it is.
 *
 * @throws 500 for a pattern that is none, wherever the fault is
 */
export function matchesGlob(pattern: string, text: string): boolean {
  return new RegExp(`^${expression(pattern)}$`, "su").test(text);
}

function expression(pattern: string): string {
  const characters = [...pattern];
  let at = 0;
  let source = "";
  const bad = () => engineError(500, "syntax error in pattern");

  function character(): string {
    const next = characters[at++];
    if (next === undefined) throw bad();
    return next;
  }

  /** One end of a range in a class. */
  function classCharacter(): string {
    const next = character();
    if (next === "-" || next === "]") throw bad();
    return escaped(next === "\\" ? character() : next);
  }

  /** What is between brackets: at least one character or range. */
  function characterClass(): string {
    const negated = characters[at] === "^";
    if (negated) at++;
    let ranges = "";
    do {
      const low = classCharacter();
      if (characters[at] !== "-") {
        ranges += low;
        continue;
      }
      at++;
      const high = classCharacter();
      // An upside-down range holds nothing; a regular expression would refuse it.
      if ((low.codePointAt(0) ?? 0) <= (high.codePointAt(0) ?? 0)) ranges += `${low}-${high}`;
    } while (characters[at] !== "]");
    at++;
    if (ranges === "") return negated ? "[^]" : "[]";
    return negated ? `[^${ranges}]` : `[${ranges}]`;
  }

  while (at < characters.length) {
    const next = character();
    if (next === "*") source += "[^/]*";
    else if (next === "?") source += "[^/]";
    else if (next === "[") source += characterClass();
    else source += escaped(next === "\\" ? character() : next);
  }
  return source;
}

function escaped(character: string): string {
  return /[\w\s]/.test(character) ? character : `\\u{${(character.codePointAt(0) as number).toString(16)}}`;
}
