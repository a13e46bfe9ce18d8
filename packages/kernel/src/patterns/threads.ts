import { neighbour, neighbourBefore } from "./position.js";
import type { Program } from "./program.js";

/** Begin and end of the match and of each group, by number; `undefined` for what took no part. */
export type Slots = readonly (number | undefined)[];

/** A way through a program that is still open. */
interface Thread {
  readonly at: number;
  readonly slots: Slots;
}

/**
 * The first match of a program without references, and of those that begin there the longest. Groups have what they
 * have on the most preferred way that leads to it, as in glibc.
 *
 * All ways are followed at once, character by character. Of ways that come to the same instruction the most
 * preferred goes on alone, so that a character costs no more than one step for each instruction.
 */
export function longestMatch(
  program: Program,
  text: string,
  from: number,
  continued: boolean,
): Slots | undefined {
  const { instructions } = program;
  const reached = new Float64Array(instructions.length).fill(-1);
  const none: Slots = Array.from({ length: program.slots }, () => undefined);
  let threads: Thread[] = [];
  let best: Slots | undefined;
  let before = neighbourBefore(text, from, continued);
  for (let position = from; ; ) {
    const point = text.codePointAt(position);
    const after = neighbour(point);
    // A match that begins later is less preferred than any that has begun.
    if (!best) threads.push({ at: 0, slots: none.with(0, position) });
    const next: Thread[] = [];
    const open: Thread[] = threads.reverse();
    for (let thread = open.pop(); thread !== undefined; thread = open.pop()) {
      const { at, slots } = thread;
      if (reached[at] === position || (best && (slots[0] as number) > (best[0] as number))) continue;
      reached[at] = position;
      const instruction = instructions[at];
      switch (instruction?.kind) {
        case "set":
          if (point !== undefined && instruction.set(point)) next.push({ at: at + 1, slots });
          break;
        case "split":
          open.push({ at: instruction.other, slots }, { at: at + 1, slots });
          break;
        case "loop":
          open.push({ at: at + 1, slots }, { at: instruction.back, slots });
          break;
        case "jump":
          open.push({ at: instruction.to, slots });
          break;
        case "slot":
          open.push({ at: at + 1, slots: slots.with(instruction.slot, position) });
          break;
        case "assertion":
          if (instruction.holds(before, after)) open.push({ at: at + 1, slots });
          break;
        case "match":
          if (!best || position > (best[1] as number)) best = slots.with(1, position);
          break;
      }
    }
    if (point === undefined || (best && next.length === 0)) return best;
    threads = next;
    before = after;
    position += point > 0xffff ? 2 : 1;
  }
}
