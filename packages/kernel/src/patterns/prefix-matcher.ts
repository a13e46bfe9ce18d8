import { Automaton } from "./automaton.js";
import { compiled } from "./program.js";
import type { Tree } from "./tree.js";

/** Tells how much of a text's beginning a pattern matches, in a time that grows with the text's length and not faster. */
export class PrefixMatcher {
  readonly #automaton: Automaton;

  /** @param tree one without references @throws {BadPattern} it is too large */
  constructor(tree: Tree) {
    this.#automaton = new Automaton(compiled(tree), { anchored: true });
  }

  matchesWhole(text: string): boolean {
    let whole = false;
    this.#automaton.ends(text, 0, false, (end) => {
      whole = end === text.length;
      return whole;
    });
    return whole;
  }

  /** The lengths that match, in ascending order. */
  lengths(text: string): number[] {
    const found: number[] = [];
    this.#automaton.ends(text, 0, false, (end) => {
      found.push(end);
      return false;
    });
    return found;
  }
}
