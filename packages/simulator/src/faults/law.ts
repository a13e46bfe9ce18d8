// When a fault strikes: which of the times that it could.

import { seededRandom } from "../core/random.js";
import type { Often } from "./fault.js";

/** How often a fault has been met. Plain data. */
export interface Met {
  /** How many times it could have struck. */
  readonly met: number;
  /** How many times it has struck. */
  readonly struck: number;
  /** Where its own chance goes on. */
  readonly chance: number;
}

/** How finely a probability is drawn. */
export const steps = 0x1_0000_0000;

/** Returns the count of a fault that nothing has met. Each fault has a chance of its own, so none disturbs another. */
export function unmet(seed: number, number: number): Met {
  return { met: 0, struck: 0, chance: seededRandom(seed ^ Math.imul(number, 0x9e37_79b1)).below(steps) };
}

/** Counts that a fault is met once more, and tells whether it strikes. */
export function meet(
  { times = Number.POSITIVE_INFINITY, each = 1, probability = 1 }: Often,
  { met, struck, chance }: Met,
): { readonly strikes: boolean; readonly after: Met } {
  const isDue = (met + 1) % each === 0 && struck < times;
  // Only what is decided by chance draws, and only where chance decides.
  const random = seededRandom(chance);
  const strikes = isDue && (probability >= 1 || random.below(steps) < probability * steps);
  return { strikes, after: { met: met + 1, struck: struck + (strikes ? 1 : 0), chance: random.state } };
}

/** Returns whether a fault cannot strike any more. */
export function isSpent({ times }: Often, { struck }: Met): boolean {
  return times !== undefined && struck >= times;
}
