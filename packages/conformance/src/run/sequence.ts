// Runs one sequence on two engines, a command at a time, and compares after each. `parity` calls it for every
// generated sequence and for every attempt to shrink one.

import type { Command } from "../commands/command.js";
import { type ComparisonRules, compareStep, type Disagreement } from "../compare/compare.js";
import { openSession, type Session } from "../observe/session.js";
import type { Contestant } from "./contestant.js";
import { advanceTo, nextSubnet } from "./empty.js";
import { prepareHost } from "./host-folder.js";

/** The result of `runSequence`. */
export interface SequenceResult {
  /** The number of commands that were run, including the one that the engines disagreed on. */
  readonly commands: number;
  readonly comparisons: number;
  /** Empty if the engines agreed to the end. */
  readonly disagreements: readonly Disagreement[];
  readonly milliseconds: { readonly reset: number; readonly reference: number; readonly subject: number };
}

/** Runs `commands` on both engines, and compares after each one. Stops at the first disagreement or fork. */
export async function runSequence(
  commands: readonly Command[],
  reference: Contestant,
  subject: Contestant,
  rules?: ComparisonRules,
): Promise<SequenceResult> {
  const spent = { reset: 0, reference: 0, subject: 0 };
  const timed = async <T>(what: keyof typeof spent, promise: Promise<T>): Promise<T> => {
    const start = performance.now();
    const result = await promise;
    spent[what] += performance.now() - start;
    return result;
  };
  const [expectedEngine, actualEngine] = await timed(
    "reset",
    Promise.all([reference.fresh(), subject.fresh()]),
  );
  await timed(
    "reset",
    Promise.all([expectedEngine, actualEngine].map((engine) => prepareHost(engine, commands))),
  );
  await timed("reset", (async () => advanceTo(actualEngine, await nextSubnet(expectedEngine)))());
  const sessions: Session[] = [];
  let done = 0;
  let comparisons = 0;
  try {
    for (const engine of [expectedEngine, actualEngine]) sessions.push(await openSession(engine));
    const [expecting, acting] = sessions as [Session, Session];
    for (const command of [undefined, ...commands]) {
      const [expected, actual] = await Promise.all([
        timed("reference", command ? expecting.step(command) : expecting.begin()),
        timed("subject", command ? acting.step(command) : acting.begin()),
      ]);
      const result = compareStep(command, expected, actual, rules);
      if (command) done++;
      comparisons += result.comparisons;
      if (result.disagreements.length > 0 || result.ends) {
        return { commands: done, comparisons, disagreements: result.disagreements, milliseconds: spent };
      }
    }
    return { commands: done, comparisons, disagreements: [], milliseconds: spent };
  } finally {
    for (const session of sessions) session.close();
  }
}
