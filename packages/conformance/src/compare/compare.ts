// Compares what two engines showed after the same command, entry by entry and field by field.
// `run/sequence.ts` and `run/trace.ts` call it after every step. What it leaves out is listed in
// `exclusions.ts`.

import type { Command } from "../commands/command.js";
import type { Observation } from "../observe/session.js";
import { type Exclusion, exclusions, type Fork, forks } from "./exclusions.js";

/** What a comparison leaves out. */
export interface ComparisonRules {
  readonly exclusions: readonly Exclusion[];
  readonly forks: readonly Fork[];
}

/** The rules for comparing with a real engine. */
const againstRealEngine: ComparisonRules = { exclusions, forks };

/** Rules that leave nothing out, for two engines that must agree in everything. */
export const nothingExcluded: ComparisonRules = { exclusions: [], forks: [] };

/** One place where two engines differ. */
export interface Disagreement {
  /** The entry of the observation, then the fields that lead to the difference. */
  readonly path: readonly string[];
  /** `undefined` if the reference shows nothing there. */
  readonly expected: unknown;
  readonly actual: unknown;
}

/** The result of comparing two observations. */
export interface Comparison {
  /** The number of entries that were compared. */
  readonly comparisons: number;
  readonly disagreements: readonly Disagreement[];
}

/**
 * Compares what two engines showed after `command`, or before the first command if it is `undefined`. After a
 * fork only the success of the command is compared, and `ends` is true.
 */
export function compareStep(
  command: Command | undefined,
  expected: Observation,
  actual: Observation,
  rules: ComparisonRules = againstRealEngine,
): Comparison & { readonly ends: boolean } {
  const ends = command !== undefined && rules.forks.some((fork) => fork.applies(command, expected));
  return {
    ...(ends
      ? compare(gistOf(expected, expected), gistOf(actual, expected), rules)
      : compare(expected, actual, rules)),
    ends,
  };
}

/** Reduces an observation to whether the command succeeded, or to nothing if the reference broke off. */
function gistOf({ outcome }: Observation, reference: Observation): Observation {
  if (Object.hasOwn(reference.outcome as object, "broken")) return {};
  return { outcome: Object.hasOwn(outcome as object, "answer") ? "done" : "refused" };
}

/** Compares what two engines showed after the same command, without what the rules exclude. */
export function compare(
  expected: Observation,
  actual: Observation,
  rules: ComparisonRules = againstRealEngine,
): Comparison {
  const entries = new Set([...Object.keys(expected), ...Object.keys(actual)]);
  const disagreements: Disagreement[] = [];
  for (const entry of entries) {
    differences([entry], expected[entry], actual[entry], rules.exclusions, disagreements);
  }
  return { comparisons: entries.size, disagreements };
}

function differences(
  path: readonly string[],
  expected: unknown,
  actual: unknown,
  left: readonly Exclusion[],
  found: Disagreement[],
): void {
  // The exclusions that match the path so far.
  const applying = left.filter(({ path: steps }) => matches(steps[path.length - 1], path.at(-1)!));
  if (applying.some(({ path: steps }) => steps.length === path.length)) return;
  if (isRecord(expected) && isRecord(actual)) {
    for (const key of new Set([...Object.keys(expected), ...Object.keys(actual)])) {
      differences([...path, key], expected[key], actual[key], applying, found);
    }
  } else if (Array.isArray(expected) && Array.isArray(actual) && expected.length === actual.length) {
    for (const [index, item] of expected.entries()) {
      differences([...path, String(index)], item, actual[index], applying, found);
    }
  } else if (JSON.stringify(expected) !== JSON.stringify(actual)) {
    found.push({ path, expected, actual });
  }
}

function isRecord(value: unknown): value is Readonly<Record<string, unknown>> {
  return typeof value === "object" && value !== null && !Array.isArray(value);
}

const patterns = new Map<string, RegExp>();

function matches(pattern: string | undefined, step: string): boolean {
  if (pattern === undefined) return false;
  if (!pattern.includes("*")) return pattern === step;
  let expression = patterns.get(pattern);
  if (expression === undefined) {
    const source = pattern.split("*").map((text) => text.replace(/[.+?^${}()|[\]\\]/g, "\\$&"));
    expression = new RegExp(`^${source.join(".*")}$`, "s");
    patterns.set(pattern, expression);
  }
  return expression.test(step);
}
