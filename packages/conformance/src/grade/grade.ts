// `grade`: how far an engine agrees with one that is right, concept by concept. Authors of a driver or of an engine use it.
import type { Engine } from "@dryharbor/sdk/port";
import { UsageError } from "@dryharbor/sdk/port";
import type { Command } from "../commands/command.js";
import { compareStep } from "../compare/compare.js";
import { type Observation, openSession } from "../observe/session.js";
import type { Contestant } from "../run/contestant.js";
import { advanceTo, nextSubnet } from "../run/empty.js";
import { prepareHost } from "../run/host-folder.js";
import { generateSequence, sequenceLength } from "../run/parity.js";
import { shrink } from "../run/shrink.js";
import { applied, type Trace } from "../run/trace.js";
import { isRefusal } from "./concepts.js";
import { type ConceptGrade, type Kind, Tally } from "./tally.js";

/** The options of {@link grade}. */
export interface GradeOptions {
  /** The engine that is graded. */
  readonly subject: Contestant;
  /** What a real engine showed, to compare with. Default: none. */
  readonly traces?: readonly Trace[];
  /** The engine that is right in the generated sequences, such as a simulator. Without it there are none. */
  readonly reference?: Contestant;
  /** The number of generated commands. Default: 500. */
  readonly commands?: number;
  /** The seed of the generator. Default: 1. */
  readonly seed?: number;
  /** How long to look for shorter scripts, for all kinds together, in milliseconds. Default: 0. */
  readonly shrinkMilliseconds?: number;
  /** Whether an entry of what is seen is not compared, such as `dns in web: A db`. Default: none. */
  readonly leaveOut?: (entry: string) => boolean;
  /** Called after each sequence and trace with the number of commands so far. */
  readonly onProgress?: (commands: number) => void;
}

/** The result of {@link grade}. Plain data. */
export interface Grade {
  readonly commands: number;
  readonly comparisons: number;
  readonly agreed: number;
  /** The sequences and traces, and how many of them were broken off because the two engines' states parted. */
  readonly sequences: number;
  readonly brokenOff: number;
  readonly concepts: readonly ConceptGrade[];
  /** Each kind of disagreement. */
  readonly kinds: readonly Kind[];
}

/**
 * Grades an engine: runs the commands of recorded traces and generated ones on it, and counts in each concept how often it
 * shows what the other does. A disagreement does not end a sequence, unless one engine does what the other refuses: what
 * comes after that would be its consequence.
 *
 * @example
 * const { concepts, kinds } = await grade({
 *   subject: await standing(engine),
 *   reference: disposable(() => createSimulator({ release: "28.5" }).engine),
 * });
 * @throws {UsageError} the engine is not empty or has no image busybox:latest: see {@link standing}
 */
export async function grade(options: GradeOptions): Promise<Grade> {
  const { subject, reference, traces = [], commands = 500, seed = 1, onProgress } = options;
  const tally = new Tally(options.leaveOut);
  const counts = { commands: 0, sequences: 0, brokenOff: 0 };
  const ran = ({ commands, brokenOff }: Ran): void => {
    counts.commands += commands;
    counts.sequences++;
    if (brokenOff) counts.brokenOff++;
    onProgress?.(counts.commands);
  };
  try {
    for (const trace of traces) ran(await gradeTrace(trace, subject, tally));
    let generated = 0;
    for (let round = 0; reference && generated < commands; round++) {
      const sequence = generateSequence(seed, round).slice(0, commands - generated);
      // A sequence that breaks off early has been asked for all the same.
      generated += Math.min(sequence.length, sequenceLength);
      ran(await gradeSequence(sequence, reference, subject, tally));
    }
    const kinds = reference
      ? await shortened(tally.kinds, options.shrinkMilliseconds ?? 0, reference, subject, options.leaveOut)
      : tally.kinds;
    const sum = (part: "comparisons" | "agreed") =>
      tally.concepts.reduce((total, each) => total + each[part], 0);
    return {
      ...counts,
      comparisons: sum("comparisons"),
      agreed: sum("agreed"),
      concepts: tally.concepts,
      kinds,
    };
  } finally {
    await Promise.all([subject.done(), reference?.done()]);
  }
}

interface Ran {
  readonly commands: number;
  readonly brokenOff: boolean;
}

/** What the engine that is right shows after a command, and before the first one. */
type Expectation = (command: Command | undefined, index: number) => Promise<Observation> | Observation;

async function gradeTrace(trace: Trace, subject: Contestant, tally: Tally): Promise<Ran> {
  const engine = await subject.fresh();
  let expected: Observation = {};
  const expectation: Expectation = (command, index) => {
    expected = applied(expected, command ? trace.steps[index]!.change : trace.start);
    return expected;
  };
  const commands = trace.steps.map(({ command }) => command);
  if (!(await isPrepared(engine, commands, trace.subnet, tally))) return { commands: 0, brokenOff: true };
  return await follow(commands, expectation, engine, tally);
}

async function gradeSequence(
  commands: readonly Command[],
  reference: Contestant,
  subject: Contestant,
  tally: Tally,
): Promise<Ran> {
  const [right, engine] = await Promise.all([reference.fresh(), subject.fresh()]);
  await prepareHost(right, commands);
  const subnet = await nextSubnet(right);
  if (!(await isPrepared(engine, commands, subnet, tally))) return { commands: 0, brokenOff: true };
  const session = await openSession(right);
  try {
    const expectation: Expectation = (command) => (command ? session.step(command) : session.begin());
    return await follow(commands, expectation, engine, tally);
  } finally {
    session.close();
  }
}

/** Brings the engine to where the other one begins, as far as it has Docker's pools. */
async function isPrepared(
  engine: Engine,
  commands: readonly Command[],
  subnet: string,
  tally: Tally,
): Promise<boolean> {
  try {
    await prepareHost(engine, commands);
    await advanceTo(engine, subnet).catch((error: unknown) => {
      if (!(error instanceof UsageError)) throw error;
    });
    return true;
  } catch (error) {
    broken("what sequences begin with", [], error, tally);
    return false;
  }
}

function broken(place: string, commands: readonly Command[], error: unknown, tally: Tally): void {
  const actual = error instanceof Error ? error.message : String(error);
  tally.disagreed("errors", place, commands, { path: [place], expected: "no error", actual });
}

async function follow(
  commands: readonly Command[],
  expectation: Expectation,
  engine: Engine,
  tally: Tally,
): Promise<Ran> {
  const session = await openSession(engine);
  try {
    for (const [at, command] of [undefined, ...commands].entries()) {
      const done = commands.slice(0, at);
      const expected = await expectation(command, at - 1);
      let actual: Observation;
      try {
        actual = await soon(command ? session.step(command) : session.begin());
      } catch (error) {
        broken(`what can be seen after ${command?.call ?? "the start"}`, done, error, tally);
        return { commands: done.length, brokenOff: true };
      }
      const { disagreements, ends } = compareStep(command, expected, actual);
      const parted = command !== undefined && isRefusal(expected.outcome) !== isRefusal(actual.outcome);
      if (parted) tally.countParted(done, expected, actual);
      else tally.count(done, expected, actual, disagreements);
      if (ends || parted) return { commands: done.length, brokenOff: parted };
    }
    return { commands: commands.length, brokenOff: false };
  } finally {
    session.close();
  }
}

/** How long one command may take with all that is looked at after it, in milliseconds. */
const patience = 60_000;

/** Waits for an engine that may never answer. @throws {Error} it has not answered in time */
async function soon<T>(answer: Promise<T>): Promise<T> {
  let timer: ReturnType<typeof setTimeout> | undefined;
  const tooLate = new Promise<never>((_, reject) => {
    timer = setTimeout(() => reject(new Error(`no answer within ${patience / 1000} seconds`)), patience);
  });
  try {
    return await Promise.race([answer, tooLate]);
  } finally {
    clearTimeout(timer);
    answer.catch(() => {});
  }
}

/** Looks for shorter scripts, the same time for each kind. A trace's kinds are found on the reference, too. */
async function shortened(
  kinds: readonly Kind[],
  milliseconds: number,
  reference: Contestant,
  subject: Contestant,
  leaveOut: GradeOptions["leaveOut"],
): Promise<Kind[]> {
  const long = kinds.filter(({ commands }) => commands.length > 1);
  const shorter = new Map<Kind, Kind>();
  // A single attempt may take longer than the share of a kind.
  const end = performance.now() + milliseconds;
  for (const kind of long) {
    if (performance.now() >= end) break;
    let best = kind;
    const shows = async (commands: readonly Command[]): Promise<boolean> => {
      const own = new Tally(leaveOut);
      await gradeSequence(commands, reference, subject, own);
      const found = own.kinds.find(({ concept, place }) => concept === kind.concept && place === kind.place);
      if (found) best = { ...found, count: kind.count };
      return found !== undefined;
    };
    await shrink(kind.commands, shows, milliseconds / long.length);
    shorter.set(kind, best);
  }
  return kinds.map((kind) => shorter.get(kind) ?? kind);
}
