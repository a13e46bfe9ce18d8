import { type Neighbour, neighbour, neighbourBefore } from "./position.js";
import type { Program } from "./program.js";

/** Where a program can be before a character. */
interface State {
  /** Instructions in order of their number, before anything that takes no character. */
  readonly instructions: readonly number[];
  readonly before: Neighbour;
  /** What has been found out, by the character that follows. */
  readonly steps: Map<number | undefined, Step>;
}

/** What a character leads to. */
interface Step {
  /** The pattern matches up to before the character. */
  readonly matches: boolean;
  readonly state: State;
}

/** How much is kept of what was found out, in instructions. */
const mostKept = 200_000;
/** What a state takes beside its instructions. */
const stateSize = 20;

/**
 * A program without references as a deterministic automaton that is built while it runs: each character of a text costs
 * one look-up, and no more than one step for each instruction where that is not known yet. It tells where matches end.
 */
export class Automaton {
  readonly #program: Program;
  readonly #anchored: boolean;
  readonly #states = new Map<string, State>();
  #kept = 0;
  /** The round in which an instruction was last reached. */
  readonly #reached: Uint32Array;
  #round = 0;

  /** @param anchored a match begins where the search begins, and nowhere behind */
  constructor(program: Program, { anchored }: { readonly anchored: boolean }) {
    this.#program = program;
    this.#anchored = anchored;
    this.#reached = new Uint32Array(program.instructions.length);
  }

  /**
   * Goes through a text and tells where a match ends, in order, until it is told to stop.
   *
   * @param continued the text goes on from another
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
