// The search for patterns with back references such as `\1`. Matcher uses it for these patterns only.
import { inOtherCase } from "./characters.js";
import { neighbour, neighbourBefore } from "./position.js";
import type { Program } from "./program.js";
import type { Slots } from "./threads.js";

/**
 * The error of a pattern with back references that takes too many steps. A real program would go on until it
 * has no memory left, so the message is that of a program without memory.
 */
export class MatchTooCostly extends Error {
  constructor() {
    super("out of memory");
  }
}

/** The most steps that a search may take. They last a fraction of a second. */
const mostSteps = 500_000;

/** A way through the program that is still to be tried. */
interface Attempt {
  readonly at: number;
  readonly position: number;
  readonly slots: Slots;
}

/**
 * Finds the match that `longestMatch` would find, for a program with references.
 *
 * Such a pattern is not a regular language, and no algorithm is known whose time does not grow exponentially
 * with the pattern. So ways are tried one after another, each only once from the same point with the same
 * groups, up to a limit.
 *
 * @throws {MatchTooCostly} The limit is reached.
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
          // A comparison counts by its length.
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
