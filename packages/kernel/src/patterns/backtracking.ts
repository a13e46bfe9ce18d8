import { inOtherCase } from "./characters.js";
import { neighbour, neighbourBefore } from "./position.js";
import type { Program } from "./program.js";
import type { Slots } from "./threads.js";

/**
 * A pattern that refers to its groups took more steps with a text than it may. The message is what a program says that
 * gets no memory, since that is how a real one ends which goes on.
 */
export class MatchTooCostly extends Error {
  constructor() {
    super("out of memory");
  }
}

/** What a search may cost. This many steps take a fraction of a second. */
const mostSteps = 500_000;

interface Attempt {
  readonly at: number;
  readonly position: number;
  readonly slots: Slots;
}

/**
 * The same match as `longestMatch` finds, of a program with references. What such a pattern matches is not a regular
 * language, and nobody knows how to find it in a time that does not grow exponentially with the pattern. So ways are
 * tried in turn, none from the same point with the same groups twice, and there is an end to it.
 *
 * @throws {MatchTooCostly}
 */
export function longestMatchWithReferences(
  program: Program,
  text: string,
  from: number,
  continued: boolean,
): Slots | undefined {
  const { instructions, references } = program;
  const none: Slots = Array.from({ length: program.slots }, () => undefined);
  let steps = 0;
  for (let begin = from; begin <= text.length; begin++) {
    let best: Slots | undefined;
    const tried = new Set<string>();
    const open: Attempt[] = [{ at: 0, position: begin, slots: none.with(0, begin) }];
    for (let attempt = open.pop(); attempt !== undefined; attempt = open.pop()) {
      const { at, position, slots } = attempt;
      if (++steps > mostSteps) throw new MatchTooCostly();
      const instruction = instructions[at];
      switch (instruction?.kind) {
        case "set": {
          const point = text.codePointAt(position);
          if (point !== undefined && instruction.set(point)) {
            open.push({ at: at + 1, position: position + (point > 0xffff ? 2 : 1), slots });
          }
          break;
        }
        case "split":
        case "loop": {
          const key = [
            at,
            position,
            ...[...references].flatMap((n) => [slots[2 * n], slots[2 * n + 1]]),
          ].join();
          if (tried.has(key)) break;
          tried.add(key);
          if (instruction.kind === "split") {
            open.push({ at: instruction.other, position, slots }, { at: at + 1, position, slots });
          } else open.push({ at: at + 1, position, slots }, { at: instruction.back, position, slots });
          break;
        }
        case "jump":
          open.push({ at: instruction.to, position, slots });
          break;
        case "slot":
          open.push({ at: at + 1, position, slots: slots.with(instruction.slot, position) });
          break;
        case "assertion":
          if (
            instruction.holds(
              neighbourBefore(text, position, continued),
              neighbour(text.codePointAt(position)),
            )
          ) {
            open.push({ at: at + 1, position, slots });
          }
          break;
        case "reference": {
          const begin = slots[2 * instruction.number];
          const end = slots[2 * instruction.number + 1];
          if (begin === undefined || end === undefined) break;
          const length = end - begin;
          // Comparing is work as well.
          steps += length;
          if (isSame(text, begin, position, length, instruction.ignoresCase)) {
            open.push({ at: at + 1, position: position + length, slots });
          }
          break;
        }
        case "match":
          if (!best || position > (best[1] as number)) best = slots.with(1, position);
          break;
      }
    }
    if (best) return best;
  }
  return undefined;
}

function isSame(text: string, one: number, other: number, length: number, ignoresCase: boolean): boolean {
  if (other + length > text.length) return false;
  for (let index = 0; index < length; index++) {
    const a = text.charCodeAt(one + index);
    const b = text.charCodeAt(other + index);
    if (a !== b && !(ignoresCase && inOtherCase(a) === b)) return false;
  }
  return true;
}
