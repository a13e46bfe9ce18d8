// Runs the property test against real engines: `parity --engine` and `parity.live.test.ts` call it. It
// compares each engine with the simulator of its release, or records what the engine shows as traces.

import {
  type Command,
  disposable,
  generateSequence,
  parity,
  record,
  showCounterexample,
  standing,
  summary,
} from "../src/index.js";
import { openLive } from "./engine.js";
import { scenarios } from "./scenarios.js";
import { labSimulator } from "./simulator.js";
import { keepTrace } from "./traces.js";

export interface LiveOptions {
  readonly engines: readonly string[];
  readonly commands: number;
  readonly seed: number;
  readonly shrinkSeconds: number;
  readonly enough: number;
  /** Record traces instead of comparing. */
  readonly record: boolean;
}

/**
 * Runs on all engines at once and passes its output to `print`, with one line for each engine at the end.
 * @returns the number of disagreements
 */
export async function runLive(options: LiveOptions, print: (line: string) => void): Promise<number> {
  const runs = await Promise.allSettled(
    options.engines.map((url) =>
      options.record ? recordOne(url, options, print) : compareOne(url, options, print),
    ),
  );
  const failed = runs.find((run) => run.status === "rejected");
  for (const run of runs) if (run.status === "fulfilled") print(run.value.line);
  if (failed) throw failed.reason;
  return runs.reduce((sum, run) => sum + (run.status === "fulfilled" ? run.value.disagreements : 0), 0);
}

interface Run {
  readonly line: string;
  readonly disagreements: number;
}

/** The number of commands between two lines of progress. */
const progressStep = 200;

async function compareOne(url: string, options: LiveOptions, print: (line: string) => void): Promise<Run> {
  const { engine, release } = await openLive(url);
  try {
    const reference = await standing(engine);
    const started = performance.now();
    let announced = 0;
    const result = await parity({
      reference,
      subject: disposable(() => labSimulator(release)),
      commands: options.commands,
      seed: options.seed,
      shrinkMilliseconds: options.shrinkSeconds * 1000,
      enough: options.enough,
      onSequence({ commands }) {
        if (commands - announced < progressStep) return;
        announced = commands;
        const each = ((performance.now() - started) / commands).toFixed(0);
        print(`${release} seed ${options.seed}: ${commands} commands, ${each} ms each`);
      },
      onChance(once) {
        print(`\n${release}: differed once and agreed when repeated\n${showCounterexample(once)}\n`);
      },
      async onCounterexample(counterexample) {
        print(`\n${release}: a disagreement\n${showCounterexample(counterexample)}\n`);
        const trace = await record(release, counterexample.commands, reference);
        print(`kept as ${await keepTrace("regressions", trace)}`);
      },
    });
    return { line: summary(release, result), disagreements: result.counterexamples.length };
  } finally {
    await engine.close();
  }
}

async function recordOne(url: string, options: LiveOptions, print: (line: string) => void): Promise<Run> {
  const { engine, release } = await openLive(url);
  try {
    const contestant = await standing(engine);
    let commands = 0;
    let traces = 0;
    try {
      for (const sequence of sequencesToRecord(options)) {
        const trace = await record(release, sequence, contestant);
        print(await keepTrace("recorded", trace));
        commands += sequence.length;
        traces++;
      }
    } finally {
      await contestant.done();
    }
    return {
      line: `recorded ${release} seed ${options.seed}: ${commands} commands in ${traces} traces`,
      disagreements: 0,
    };
  } finally {
    await engine.close();
  }
}

/** Yields generated sequences up to the number of commands, then the scenarios. */
function* sequencesToRecord({ commands, seed }: LiveOptions): Iterable<readonly Command[]> {
  for (let round = 0, left = commands; left > 0; round++) {
    const sequence = generateSequence(seed, round).slice(0, left);
    left -= sequence.length;
    yield sequence;
  }
  yield* scenarios;
}
