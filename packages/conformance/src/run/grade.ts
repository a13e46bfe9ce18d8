// `grade`: how far a driver gets with traces that were recorded on real engines. The replay tests use it, and
// authors of a driver who have no engine at hand.

import type { Contestant } from "./contestant.js";
import type { Counterexample } from "./parity.js";
import { replay, type Trace } from "./trace.js";

/** The result of {@link grade}. */
export interface Grade {
  /** The number of traces whose every step agreed. */
  readonly passed: number;
  readonly commands: number;
  readonly comparisons: number;
  /** One for each trace with a disagreement. */
  readonly counterexamples: readonly Counterexample[];
}

/**
 * Grades a driver by recorded traces: runs each trace's commands on a fresh engine, and compares what it
 * shows with what the real engine showed. To compare with an engine that runs now, use {@link parity}.
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
