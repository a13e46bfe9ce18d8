// Traces: what a real engine showed for a sequence, kept in `traces/` so that the comparison can be repeated
// without that engine. `record` makes one and `replay` compares an engine with it.

import type { Command } from "../commands/command.js";
import { compareStep } from "../compare/compare.js";
import { type Observation, openSession } from "../observe/session.js";
import type { Contestant } from "./contestant.js";
import { advanceTo, nextSubnet } from "./empty.js";
import { prepareHost } from "./host-folder.js";
import type { SequenceResult } from "./sequence.js";

/** What a real engine showed for a sequence of commands. */
export interface Trace {
  readonly release: string;
  /**
   * The subnet that the engine chose for a network right before the sequence. Replay brings the subject to
   * it.
   */
  readonly subnet: string;
  readonly start: Patch;
  readonly steps: readonly { readonly command: Command; readonly change: Patch }[];
}

/**
 * The change from one observation to the next, as a tree. `=key` gives a key's new value, `-key` says that
 * the key is gone, and `>key` holds a change inside its value. Most commands change little, so a trace is
 * small.
 */
export interface Patch {
  readonly [key: string]: unknown;
}

/** Runs `commands` on a fresh engine and returns what it showed as a trace. */
export async function record(
  release: string,
  commands: readonly Command[],
  contestant: Contestant,
): Promise<Trace> {
  const engine = await contestant.fresh();
  await prepareHost(engine, commands);
  const subnet = await nextSubnet(engine);
  const session = await openSession(engine);
  try {
    let last = await session.begin();
    const start = difference({}, last);
    const steps: { command: Command; change: Patch }[] = [];
    for (const command of commands) {
      const next = await session.step(command);
      steps.push({ command, change: difference(last, next) });
      last = next;
    }
    return { release, subnet, start, steps };
  } finally {
    session.close();
  }
}

/** Runs a trace's commands on a fresh engine and compares what it shows with the trace. */
export async function replay(trace: Trace, subject: Contestant): Promise<SequenceResult> {
  const begun = performance.now();
  const engine = await subject.fresh();
  await prepareHost(
    engine,
    trace.steps.map(({ command }) => command),
  );
  await advanceTo(engine, trace.subnet);
  const session = await openSession(engine);
  let comparisons = 0;
  let commands = 0;
  let expected: Observation = {};
  const result = (disagreements: SequenceResult["disagreements"]): SequenceResult => ({
    commands,
    comparisons,
    disagreements,
    milliseconds: { reset: 0, reference: 0, subject: performance.now() - begun },
  });
  try {
    for (const { command, change } of [{ command: undefined, change: trace.start }, ...trace.steps]) {
      expected = applied(expected, change);
      const actual = command ? await session.step(command) : await session.begin();
      const compared = compareStep(command, expected, actual);
      if (command) commands++;
      comparisons += compared.comparisons;
      if (compared.disagreements.length > 0 || compared.ends) return result(compared.disagreements);
    }
    return result([]);
  } finally {
    session.close();
  }
}

type Tree = Readonly<Record<string, unknown>>;

function isTree(value: unknown): value is Tree {
  return typeof value === "object" && value !== null && !Array.isArray(value);
}

/** Returns the patch that turns `from` into `to`. */
export function difference(from: Tree, to: Tree): Patch {
  const patch: Record<string, unknown> = {};
  for (const key of Object.keys(from)) if (!Object.hasOwn(to, key)) patch[`-${key}`] = 0;
  for (const [key, value] of Object.entries(to)) {
    const old = Object.hasOwn(from, key) ? from[key] : undefined;
    if (JSON.stringify(old) === JSON.stringify(value)) continue;
    if (isTree(old) && isTree(value)) patch[`>${key}`] = difference(old, value);
    else patch[`=${key}`] = value;
  }
  return patch;
}

export function applied(from: Tree, patch: Patch): Tree {
  const to: Record<string, unknown> = { ...from };
  for (const [step, value] of Object.entries(patch)) {
    const key = step.slice(1);
    if (step.startsWith("-")) delete to[key];
    else put(to, key, step.startsWith("=") ? value : applied(to[key] as Tree, value as Patch));
  }
  return to;
}

/** Sets a key, including `__proto__`, which an assignment would not store. */
function put(to: Record<string, unknown>, key: string, value: unknown): void {
  Object.defineProperty(to, key, { value, enumerable: true, configurable: true, writable: true });
}
