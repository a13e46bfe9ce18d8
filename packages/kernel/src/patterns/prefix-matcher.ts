// Matching at the beginning of a text. The shell uses it for `case`, wildcards and `${name#pattern}`.
import { Automaton } from "./automaton.js";
import { compiled } from "./program.js";
import type { Tree } from "./tree.js";

/**
 * Finds the prefixes of a text that a pattern matches, in a time that grows linearly with the length of the
 * text.
 */
export class PrefixMatcher {
  readonly #automaton: Automaton;

  /** @param tree a pattern without references @throws {BadPattern} The pattern is too large. */
  constructor(tree: Tree) {
    this.#automaton = new Automaton(compiled(tree), { anchored: true });
  }

  /** Returns whether the pattern matches the whole text. */
  matchesWhole(text: string): boolean {
    let whole = false;
    this.#automaton.ends(text, 0, false, (end) => {
      whole = end === text.length;
      return whole;
    });
    return whole;
  }

  /** Returns the lengths of the matching prefixes in ascending order. */
  lengths(text: string): number[] {
    const found: number[] = [];
    this.#automaton.ends(text, 0, false, (end) => {
      found.push(end);
      return false;
    });
    return found;
  }
}
