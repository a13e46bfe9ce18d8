// Searching for a pattern in texts. Everybody who has a pattern's tree and needs the match makes a `Matcher`.
import { Automaton } from "./automaton.js";
import { longestMatchWithReferences } from "./backtracking.js";
import { compiled, type Program } from "./program.js";
import { longestMatch } from "./threads.js";
import type { Tree } from "./tree.js";

/** A match of a pattern in a text. */
export interface Match {
  /** The index of the first character of the match. */
  readonly index: number;
  /** The text of the match, then the text of each group. `undefined` for a group that took no part. */
  readonly groups: readonly [string, ...(string | undefined)[]];
}

/**
 * Searches texts for a pattern. The time grows linearly with the length of the text, whatever the pattern is.
 * Only a pattern with back references may take longer, up to a limit.
 *
 * @example
 * const pattern = new Matcher(posixTree("(a|b)*c", { extended: true }));
 * pattern.find("xabc"); // { index: 1, groups: ["abc", "b"] }
 */
export class Matcher {
  readonly #program: Program;
  readonly #automaton: Automaton;

  /** @throws {BadPattern} The pattern is too large. */
  constructor(tree: Tree) {
    this.#program = compiled(tree);
    this.#automaton = new Automaton(this.#program, { anchored: false });
  }

  /** The number of groups in the pattern. */
  get groups(): number {
    return this.#program.slots / 2 - 1;
  }

  /** Returns whether a text contains a match. @throws {MatchTooCostly} */
  test(text: string): boolean {
    return this.#isFound(text, 0, false);
  }

  /**
   * Finds the leftmost match that begins at `from` or later. Of several that begin at the same place it is
   * the longest. Returns `undefined` when there is none.
   *
   * @param continued Whether the text is the rest of another text. Its beginning then counts as neither the
   *   beginning of a line nor the inside of a word.
   * @throws {MatchTooCostly}
   */
  find(text: string, from = 0, continued = false): Match | undefined {
    if (this.#program.references.size === 0 && !this.#isFound(text, from, continued)) return undefined;
    const find = this.#program.references.size > 0 ? longestMatchWithReferences : longestMatch;
    const slots = find(this.#program, text, from, continued);
    if (!slots) return undefined;
    const group = (number: number): string | undefined => {
      const begin = slots[2 * number];
      const end = slots[2 * number + 1];
      return begin === undefined || end === undefined ? undefined : text.slice(begin, end);
    };
    const others = Array.from({ length: slots.length / 2 - 1 }, (_, index) => group(index + 1));
    return { index: slots[0] as number, groups: [group(0) as string, ...others] };
  }

  #isFound(text: string, from: number, continued: boolean): boolean {
    if (this.#program.references.size > 0) {
      return longestMatchWithReferences(this.#program, text, from, continued) !== undefined;
    }
    let found = false;
    this.#automaton.ends(text, from, continued, () => {
      found = true;
      return true;
    });
    return found;
  }
}
