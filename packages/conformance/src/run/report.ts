// What a run prints for people: a counterexample as a script with its differences, and the summary line.

import { script } from "../commands/script.js";
import type { Disagreement } from "../compare/compare.js";
import type { Counterexample, ParityResult } from "./parity.js";

const shownDifferences = 12;

/** Formats a counterexample for people: the script that leads to it, and the differences. */
export function showCounterexample({ commands, disagreements }: Counterexample): string {
  const hidden = disagreements.length - shownDifferences;
  return [
    script(commands),
    ...disagreements.slice(0, shownDifferences).map(showDisagreement),
    ...(hidden > 0 ? [`  … and ${hidden} more`] : []),
  ].join("\n");
}

function showDisagreement({ path, expected, actual }: Disagreement): string {
  return `  ${path.join(" › ")}\n    expected ${show(expected)}\n    actual   ${show(actual)}`;
}

function show(value: unknown): string {
  return value === undefined ? "nothing" : JSON.stringify(value);
}

/** Returns the line that a run ends with. */
export function summary(
  release: string,
  { seed, commands, comparisons, counterexamples }: ParityResult,
): string {
  return `parity ${release} seed ${seed}: ${commands} commands, ${comparisons} comparisons, ${counterexamples.length} disagreements`;
}
