import { walk } from "@dryharbor/lessons";
import { findLevel } from "@dryharbor/lessons/content";
import type { Check, Step } from "./lesson.js";

/**
 * Returns the commands of a level of `@dryharbor/lessons`, where the classic course stands word for word, each with what
 * must hold after it here.
 *
 * @param checks of each command, in order
 */
export function classicSteps(level: string, checks: readonly (readonly Check[])[]): Step[] {
  const commands = walk(findLevel(level)!);
  if (commands.length !== checks.length) {
    throw new Error(`${level} has ${commands.length} commands, and there are checks for ${checks.length}`);
  }
  return commands.map((command, index) => ({ ...command, checks: checks[index]! }));
}
