import { Automaton } from "./automaton.js";
import { longestMatchWithReferences } from "./backtracking.js";
import { compiled, type Program } from "./program.js";
import { longestMatch } from "./threads.js";
import type { Tree } from "./tree.js";

/** Where a pattern was found. */
export interface Match {
  readonly index: number;
  /** The text that matched, then that of each group; `undefined` for one that took no part. */
  readonly groups: readonly [string, ...(string | undefined)[]];
}

/**
 * Finds a pattern in texts. The time that it takes grows with the text's length, and not faster, whatever the pattern is;
 * only a pattern that refers to its own groups may take more, up to a limit.
 *
 * @example
 * const pattern = new Matcher(posixTree("(a|b)*c", { extended: true }));
 * pattern.find("xabc"); // { index: 1, groups: ["abc", "b"] }
 */
export class Matcher {
  readonly #program: Program;
  readonly #automaton: Automaton;

  /** @throws {BadPattern} it is too large */
  constructor(tree: Tree) {
    this.#program = compiled(tree);
    this.#automaton = new Automaton(this.#program, { anchored: false });
  }

  /** How many groups the pattern has. */
  get groups(): number {
    return this.#program.slots / 2 - 1;
  }

  /** Whether the pattern is found anywhere in a text. @throws {MatchTooCostly} */
  test(text: string): boolean {
    return this.#isFound(text, 0, false);
  }

  /**
   * The first match that does not begin before `from`, and of those that begin there the longest.
   *
   * @param continued the text is the rest of another: it begins with no beginning of a line, and not within a word
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
