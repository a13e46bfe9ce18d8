// The search for the text of a match and its groups. Matcher uses it for patterns without back references.
import { neighbour, neighbourBefore } from "./position.js";
import type { Program } from "./program.js";

/**
 * The begin and end of the match and of each group, two slots each. `undefined` for a group that took no
 * part.
 */
export type Slots = readonly (number | undefined)[];

/** A way through a program that is still being followed. */
interface Thread {
  readonly at: number;
  readonly slots: Slots;
}

/**
 * Finds the leftmost match of a program without references. Of several that begin at the same place it is the
 * longest. The groups are those of the most preferred way to this match, as in glibc.
 *
 * All ways are followed at the same time, character by character. When several reach the same instruction,
 * only the most preferred goes on. So a character costs at most one step for each instruction.
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
    // A match that begins here is less preferred than all that began earlier.
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
