// `parity`: runs generated sequences of commands on two engines side by side and reports where they differ,
// each difference shrunk to a short script. The programs in `lab/` and the live tests are built on it.

import fc from "fast-check";
import type { Command } from "../commands/command.js";
import type { ComparisonRules, Disagreement } from "../compare/compare.js";
import { commandSequence } from "../generate/sequence.js";
import type { Contestant } from "./contestant.js";
import { runSequence, type SequenceResult } from "./sequence.js";
import { shrink } from "./shrink.js";

/** The options of {@link parity}. */
export interface ParityOptions {
  /** The engine that is right, usually a real one. */
  readonly reference: Contestant;
  /** The engine that is tested against it. */
  readonly subject: Contestant;
  /** What is left out of the comparison. Default: the exclusions and forks for real engines. */
  readonly rules?: ComparisonRules;
  /** The number of commands to run, in sequences of up to 40. */
  readonly commands: number;
  /** The seed of the generator. The same seed gives the same commands. */
  readonly seed: number;
  /**
   * How long to look for a shorter sequence after each disagreement, in milliseconds. With 0 it is not
   * shrunk.
   */
  readonly shrinkMilliseconds: number;
  /** The number of disagreements after which the run stops. */
  readonly enough: number;
  /** Called after each sequence. `commands` counts the commands of the whole run so far. */
  readonly onSequence?: (progress: { commands: number; result: SequenceResult }) => void;
  /** Called with each disagreement once it has been shrunk. */
  readonly onCounterexample?: (counterexample: Counterexample) => void | Promise<void>;
  /** Called with each disagreement that did not come again, see {@link ParityResult.chance}. */
  readonly onChance?: (once: Counterexample) => void;
}

/** A sequence after whose last command the two engines differ. */
export interface Counterexample {
  readonly commands: readonly Command[];
  readonly disagreements: readonly Disagreement[];
}

/** The result of {@link parity}. */
export interface ParityResult {
  readonly seed: number;
  readonly commands: number;
  readonly comparisons: number;
  readonly counterexamples: readonly Counterexample[];
  /**
   * Disagreements that did not come again in every repetition of their commands. The subject is
   * deterministic, so in such a case the reference does now one thing and now another, and the subject does
   * one of the two.
   */
  readonly chance: readonly Counterexample[];
}

/** The number of commands of a generated sequence. */
export const sequenceLength = 40;

/** How often a failed sequence is repeated. It counts as a disagreement only if it fails every time. */
const repeats = 3;

/**
 * Runs generated sequences on both engines until `commands` have been run. Each sequence starts on fresh
 * engines. It ends at the first disagreement, because later ones would be its consequences.
 */
export async function parity(options: ParityOptions): Promise<ParityResult> {
  const { reference, subject, rules, seed, enough } = options;
  let commands = 0;
  let comparisons = 0;
  const counterexamples: Counterexample[] = [];
  const chance: Counterexample[] = [];
  try {
    for (let round = 0; commands < options.commands && counterexamples.length < enough; round++) {
      const sequence = generateSequence(seed, round).slice(0, options.commands - commands);
      const result = await runSequence(sequence, reference, subject, rules);
      commands += result.commands;
      comparisons += result.comparisons;
      options.onSequence?.({ commands, result });
      if (result.disagreements.length === 0) continue;
      const failing = { commands: sequence.slice(0, result.commands), disagreements: result.disagreements };
      const again = await failsAgain(failing.commands, options);
      if (!again) {
        chance.push(failing);
        options.onChance?.(failing);
        continue;
      }
      const counterexample = await shortest(again, options);
      counterexamples.push(counterexample);
      await options.onCounterexample?.(counterexample);
    }
  } finally {
    await Promise.all([reference.done(), subject.done()]);
  }
  return { seed, commands, comparisons, counterexamples, chance };
}

/** Returns sequence number `round` of a seed. It is the same on every machine. */
export function generateSequence(seed: number, round: number): Command[] {
  return fc.sample(commandSequence(sequenceLength), { numRuns: 1, seed: seed + round * 1_000_003 })[0]!;
}

async function failsAgain(
  commands: readonly Command[],
  { reference, subject, rules }: ParityOptions,
): Promise<Counterexample | undefined> {
  let failing: Counterexample | undefined;
  for (let repeat = 0; repeat < repeats; repeat++) {
    const { commands: done, disagreements } = await runSequence(commands, reference, subject, rules);
    if (disagreements.length === 0) return undefined;
    failing = { commands: commands.slice(0, done), disagreements };
  }
  return failing;
}

async function shortest(
  counterexample: Counterexample,
  { reference, subject, rules, shrinkMilliseconds }: ParityOptions,
): Promise<Counterexample> {
  let best = counterexample;
  // A simpler sequence may show another fault. It is taken only if it shows the fault that was found.
  const kinds = kindsOf(counterexample);
  await shrink(
    counterexample.commands,
    async (commands) => {
      const result = await runSequence(commands, reference, subject, rules);
      const shorter = { commands: commands.slice(0, result.commands), disagreements: result.disagreements };
      const fails = [...kindsOf(shorter)].some((kind) => kinds.has(kind));
      if (fails) best = shorter;
      return fails;
    },
    shrinkMilliseconds,
  );
  return best;
}

/**
 * Returns the marks by which two faults count as the same: the last command's call, and the places of the
 * differences without the names of the containers or networks. Where the engines' messages differ, the two
 * messages are the only mark, because the other differences follow from them.
 */
function kindsOf({ commands, disagreements }: Counterexample): ReadonlySet<string> {
  const call = commands.at(-1)?.call;
  const said = disagreements.find(({ path }) => path[0] === "outcome" && path[1] === "message");
  if (said) {
    // Symbols are numbered, and a shorter sequence counts less far.
    const words = JSON.stringify([said.expected, said.actual]).replace(/ \d+(?=>)/g, "");
    return new Set([`${call} › ${words}`]);
  }
  return new Set(
    disagreements.map(({ path: [entry = "", ...fields] }) =>
      [call, entry.split(" ", 1)[0], ...fields].join(" › "),
    ),
  );
}
