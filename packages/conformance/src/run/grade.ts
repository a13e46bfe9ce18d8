import type { Contestant } from "./contestant.js";
import type { Counterexample } from "./parity.js";
import { replay, type Trace } from "./trace.js";

/** How an engine did. */
export interface Grade {
  /** Traces that were followed to their end. */
  readonly passed: number;
  readonly commands: number;
  readonly comparisons: number;
  /** One for each trace that the engine left. */
  readonly counterexamples: readonly Counterexample[];
}

/**
 * Grades a driver by what real engines did: runs each trace's commands on a fresh engine and compares. To
 * grade it by an engine that is at hand instead, see {@link parity}.
 *
 * @example await grade(disposable(() => myEngine()), traces)
 */
export async function grade(subject: Contestant, traces: readonly Trace[]): Promise<Grade> {
  const counterexamples: Counterexample[] = [];
  let commands = 0;
  let comparisons = 0;
  try {
    for (const trace of traces) {
      const result = await replay(trace, subject);
      commands += result.commands;
      comparisons += result.comparisons;
      if (result.disagreements.length === 0) continue;
      const failing = trace.steps.slice(0, result.commands).map(({ command }) => command);
      counterexamples.push({ commands: failing, disagreements: result.disagreements });
    }
  } finally {
    await subject.done();
  }
  return { passed: traces.length - counterexamples.length, commands, comparisons, counterexamples };
}
