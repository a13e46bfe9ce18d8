// The deterministic automaton that answers whether, and where, a pattern matches. Matcher and PrefixMatcher
// use it.
import { type Neighbour, neighbour, neighbourBefore } from "./position.js";
import type { Program } from "./program.js";

/** A state of the automaton: all instructions at which a program can be before a character. */
interface State {
  /**
   * The numbers of the instructions in ascending order. Instructions that take no character have not been
   * followed yet.
   */
  readonly instructions: readonly number[];
  readonly before: Neighbour;
  /** The known transitions, by the character that follows. */
  readonly steps: Map<number | undefined, Step>;
}

/** A transition: the effect of one character. */
interface Step {
  /** Whether a match ends before the character. */
  readonly matches: boolean;
  readonly state: State;
}

/** The largest total size of the kept states, in instructions. Beyond it, all states are forgotten. */
const mostKept = 200_000;
/** The size of a state besides its instructions, in instructions. */
const stateSize = 20;

/**
 * A deterministic automaton for a program without references. It finds the positions at which matches end.
 *
 * The automaton is built while it runs. A character costs one look-up when its transition is known, and at
 * most one step for each instruction when it is not.
 */
export class Automaton {
  readonly #program: Program;
  readonly #anchored: boolean;
  readonly #states = new Map<string, State>();
  #kept = 0;
  /** The round in which each instruction was last reached. */
  readonly #reached: Uint32Array;
  #round = 0;

  /** @param anchored whether a match must begin at the start of the search */
  constructor(program: Program, { anchored }: { readonly anchored: boolean }) {
    this.#program = program;
    this.#anchored = anchored;
    this.#reached = new Uint32Array(program.instructions.length);
  }

  /**
   * Calls `stops` with each position at which a match ends, in ascending order, until it returns true.
   *
   * @param continued whether the text continues another text
   */
  ends(text: string, from: number, continued: boolean, stops: (end: number) => boolean): void {
    let state = this.#state([0], neighbourBefore(text, from, continued));
    for (let at = from; ; ) {
      const point = text.codePointAt(at);
      let step = state.steps.get(point);
      if (!step) {
        step = this.#step(state, point);
        state.steps.set(point, step);
      }
      if (step.matches && stops(at)) return;
      state = step.state;
      if (point === undefined || state.instructions.length === 0) return;
      at += point > 0xffff ? 2 : 1;
    }
  }

  #step({ instructions, before }: State, point: number | undefined): Step {
    const after = neighbour(point);
    const next = new Set<number>(this.#anchored ? [] : [0]);
    let matches = false;
    this.#round++;
    const open = [...instructions];
    for (let at = open.pop(); at !== undefined; at = open.pop()) {
      if (this.#reached[at] === this.#round) continue;
      this.#reached[at] = this.#round;
      const instruction = this.#program.instructions[at];
      switch (instruction?.kind) {
        case "set":
          if (point !== undefined && instruction.set(point)) next.add(at + 1);
          break;
        case "split":
          open.push(at + 1, instruction.other);
          break;
        case "loop":
          open.push(at + 1, instruction.back);
          break;
        case "jump":
          open.push(instruction.to);
          break;
        case "slot":
          open.push(at + 1);
          break;
        case "assertion":
          if (instruction.holds(before, after)) open.push(at + 1);
          break;
        case "match":
          matches = true;
          break;
      }
    }
    return {
      matches,
      state: this.#state(
        [...next].sort((a, b) => a - b),
        after,
      ),
    };
  }

  #state(instructions: readonly number[], neighbourBefore: Neighbour): State {
    const before = this.#program.hasAssertions ? neighbourBefore : "other";
    const key = `${before} ${instructions.join()}`;
    const known = this.#states.get(key);
    if (known) return known;
    if (this.#kept > mostKept) {
      for (const { steps } of this.#states.values()) steps.clear();
      this.#states.clear();
      this.#kept = 0;
    }
    this.#kept += instructions.length + stateSize;
    const state: State = { instructions, before, steps: new Map() };
    this.#states.set(key, state);
    return state;
  }
}
