// Faults of calls that come over the port.

import {
  type CallOptions,
  ConnectionError,
  type EventStream,
  engineError,
  type ProgressOptions,
  type PullProgress,
} from "@dryharbor/sdk/port";
import type { OpenRecord } from "../../calls/call-log.js";
import type { CallName } from "../../calls/call-name.js";
import type { Release } from "../../core/releases/release.js";
import type { CallFault, StreamFault } from "../fault.js";
import { isRecord } from "../fields.js";
import type { StruckCall } from "../table.js";
import { type Around, struckPieces } from "./pieces.js";
import { holdsPull } from "./pull.js";
import { type Subject, subjectOf } from "./subject.js";

/** What faults of calls need of the simulator. */
export interface Struck {
  /** Counts a call with the faults. */
  strike(subject: Subject): StruckCall | undefined;
  wait(number: number, milliseconds: number | undefined, signal?: AbortSignal): Promise<void>;
  /** Lets the process that a call starts end at once. Returns what calls it off. */
  endNext(subject: Subject, exitCode: number): () => void;
  /** Returns what a pull would tell, without doing it. */
  stepsOfPull(subject: Subject): readonly PullProgress[];
  readonly release: Release;
}

/** Makes the error of a connection that breaks, as the driver for real engines words it. */
function broken(): ConnectionError {
  return new ConnectionError("no answer from the Docker Engine: a fault has dropped the connection");
}

/** Makes a call of the port, unless a fault has it otherwise. */
export async function strikePortCall(
  around: Struck,
  record: OpenRecord,
  name: CallName,
  given: readonly unknown[],
  operate: (...given: readonly unknown[]) => unknown,
): Promise<unknown> {
  const subject = subjectOf(name, given);
  const struck = around.strike(subject);
  if (!struck) return operate(...given);
  const { number, fault } = struck;
  record.fault = number;
  const signal = signalIn(given);
  const wait = (milliseconds: number | undefined): Promise<void> => around.wait(number, milliseconds, signal);
  await begin(fault, wait);
  const callOff = fault.exitCode === undefined ? undefined : around.endNext(subject, fault.exitCode);
  const operation = holdsPull(subject, fault)
    ? heldPull(fault.stream!, around.stepsOfPull(subject), given, operate, { wait, broken })
    : answered(fault, given, operate, { wait, broken });
  const answer = await operation.finally(callOff);
  if (fault.late !== undefined) await wait(fault.late);
  if (fault.drop) throw broken();
  return answer;
}

/** Subscribes to events, unless a fault has it otherwise. */
export async function strikeEvents(
  around: Struck,
  record: OpenRecord,
  given: readonly unknown[],
  subscribe: () => EventStream,
): Promise<EventStream> {
  const struck = around.strike(subjectOf("events", given));
  if (!struck) return subscribe();
  const { number, fault } = struck;
  record.fault = number;
  const signal = signalIn(given);
  const wait = (milliseconds: number | undefined): Promise<void> => around.wait(number, milliseconds, signal);
  const beginning = begin(fault, wait);
  // A subscription that nothing delays misses nothing.
  if (beginning) await beginning;
  const stream = subscribe();
  if (fault.late !== undefined) await wait(fault.late);
  const how = streamFaultOf(fault);
  if (fault.drop === "after") {
    stream.close();
    throw broken();
  }
  if (!how) return stream;
  const pieces = struckPieces(stream, how, how.after ?? 0, { wait, broken });
  return { opened: stream.opened, close: () => stream.close(), [Symbol.asyncIterator]: () => pieces };
}

/** What happens before the engine does anything: nothing to wait for, unless there is a delay. */
function begin(fault: CallFault, wait: Around["wait"]): Promise<void> | undefined {
  if (fault.delay !== undefined) return wait(fault.delay).then(() => refuse(fault));
  refuse(fault);
  return undefined;
}

function refuse({ error, drop }: CallFault): void {
  if (error) throw engineError(error.status, error.message);
  if (drop === "before") throw broken();
}

/** Returns what becomes of an answer in pieces: one whose connection breaks in its middle has begun. */
export function streamFaultOf({ stream, drop }: CallFault): StreamFault | undefined {
  return stream ?? (drop === "body" ? { after: 1, does: "break" } : undefined);
}

/** Makes a pull of which half is told before the fault strikes, and the rest when it goes on. */
async function heldPull(
  { does, after: asked, for: milliseconds }: StreamFault,
  steps: readonly PullProgress[],
  given: readonly unknown[],
  operate: (...given: readonly unknown[]) => unknown,
  { wait, broken }: Around,
): Promise<unknown> {
  const after = asked ?? Math.floor(steps.length / 2);
  const [image, options = {}] = given as [unknown, ProgressOptions<PullProgress>?];
  for (const step of steps.slice(0, after)) options.onProgress?.(step);
  if (does === "break") throw broken();
  await wait(milliseconds);
  let told = 0;
  const onProgress = (step: PullProgress): void => {
    if (told++ >= after) options.onProgress?.(step);
  };
  return operate(image, { ...options, onProgress });
}

async function answered(
  fault: CallFault,
  given: readonly unknown[],
  operate: (...given: readonly unknown[]) => unknown,
  around: Around,
): Promise<unknown> {
  const { stream } = fault;
  if (!stream) return operate(...given);
  const options = given.at(-1);
  const tell = isRecord(options) ? (options as ProgressOptions<unknown>).onProgress : undefined;
  const steps: unknown[] = [];
  const own =
    isRecord(options) && tell
      ? [...given.slice(0, -1), { ...options, onProgress: (step: unknown) => steps.push(step) }]
      : given;
  const answer = await operate(...own);
  if (answer === undefined) {
    const after = stream.after ?? Math.floor(steps.length / 2);
    for await (const step of struckPieces(listed(steps), stream, after, around)) tell?.(step as never);
    return undefined;
  }
  return struckAnswer(answer, stream, around);
}

function struckAnswer(answer: unknown, stream: StreamFault, around: Around): unknown {
  const { after = 0 } = stream;
  if (answer instanceof ReadableStream) return readable(struckPieces(answer, stream, after, around));
  if (isRecord(answer) && answer.archive instanceof ReadableStream) {
    return { ...answer, archive: readable(struckPieces(answer.archive, stream, after, around)) };
  }
  if (isRecord(answer) || Symbol.asyncIterator in (answer as object)) {
    const pieces = struckPieces(answer as unknown as AsyncIterable<unknown>, stream, after, around);
    return Object.assign(Object.create(answer as object) as object, { [Symbol.asyncIterator]: () => pieces });
  }
  return answer;
}

async function* listed<T>(items: readonly T[]): AsyncIterable<T> {
  yield* items;
}

function readable(pieces: AsyncGenerator<unknown>): ReadableStream<unknown> {
  return new ReadableStream(
    {
      async pull(controller) {
        const { done, value } = await pieces.next();
        if (done) controller.close();
        else controller.enqueue(value);
      },
      async cancel() {
        await pieces.return(undefined);
      },
    },
    { highWaterMark: 0 },
  );
}

function signalIn(given: readonly unknown[]): AbortSignal | undefined {
  const options = given.at(-1);
  return isRecord(options) ? (options as CallOptions).abortSignal : undefined;
}
