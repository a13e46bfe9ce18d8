import fc from "fast-check";
import type { Command } from "../commands/command.js";
import type { ComparisonRules, Disagreement } from "../compare/compare.js";
import { commandSequence } from "../generate/sequence.js";
import type { Contestant } from "./contestant.js";
import { runSequence, type SequenceResult } from "./sequence.js";
import { shrink } from "./shrink.js";

/** What {@link parity} takes. */
export interface ParityOptions {
  /** Who is right. */
  readonly reference: Contestant;
  /** Who is to be like it. */
  readonly subject: Contestant;
  /** What is not compared. Default: what is excluded for real engines. */
  readonly rules?: ComparisonRules;
  /** How many commands to run, in sequences of up to 40. */
  readonly commands: number;
  /** The same seed gives the same commands. */
  readonly seed: number;
  /** How long to look for a shorter sequence for each disagreement; 0 for not at all. */
  readonly shrinkMilliseconds: number;
  /** Stop after so many disagreements. */
  readonly enough: number;
  /** Told of each sequence when it has been run; `commands` counts all so far. */
  readonly onSequence?: (progress: { commands: number; result: SequenceResult }) => void;
  /** Told of each disagreement when its script is as short as it gets. */
  readonly onCounterexample?: (counterexample: Counterexample) => void | Promise<void>;
  /** A disagreement that did not come again, see {@link ParityResult.chance}. */
  readonly onChance?: (once: Counterexample) => void;
}

/** A sequence after whose last command two engines differ. */
export interface Counterexample {
  readonly commands: readonly Command[];
  readonly disagreements: readonly Disagreement[];
}

/** How two engines went together. */
export interface ParityResult {
  readonly seed: number;
  readonly commands: number;
  readonly comparisons: number;
  readonly counterexamples: readonly Counterexample[];
  /**
   * Disagreements that did not come again each time that the same commands were run again: the subject
   * does the same each time, so the reference does now one thing and now the other, and the subject one
   * of them.
   */
  readonly chance: readonly Counterexample[];
}

const sequenceLength = 40;

/** How often a sequence that failed has to fail again before it is no chance. */
const repeats = 3;

/**
 * Runs generated sequences on both engines until there were enough commands. Each starts on fresh engines
 * and ends at the first disagreement, because all that follows one is its consequence.
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

/** The `round`th sequence of a seed: the same for everybody. */
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
  // Commands made simpler may well show another fault, and this one would be lost.
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
 * What tells one fault from another: after which call, and where it was seen, whichever container or network it
 * was. Where one engine refuses and the other does not, or says something else, what they said; all else follows.
 */
function kindsOf({ commands, disagreements }: Counterexample): ReadonlySet<string> {
  const call = commands.at(-1)?.call;
  const said = disagreements.find(({ path }) => path[0] === "outcome" && path[1] === "message");
  if (said) {
    // Numbers of symbols: shorter sequences count less.
    const words = JSON.stringify([said.expected, said.actual]).replace(/ \d+(?=>)/g, "");
    return new Set([`${call} › ${words}`]);
  }
  return new Set(
    disagreements.map(({ path: [entry = "", ...fields] }) =>
      [call, entry.split(" ", 1)[0], ...fields].join(" › "),
    ),
  );
}
