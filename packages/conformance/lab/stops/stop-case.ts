import {
  type ContainerCreateRequest,
  type Engine,
  type EventStream,
  NotFoundError,
  type ProcessStream,
} from "@dryharbor/sdk/port";
import { type ByRelease, cellOf, type ReleaseName } from "@dryharbor/simulator";

/** A container that is stopped or restarted, what happens around that, and what is left of it. */
export interface StopCase {
  readonly name: string;
  /** The script that the container's first process runs with `sh -c`, or its whole command line. */
  readonly runs: string | readonly string[];
  readonly request?: Partial<ContainerCreateRequest>;
  /** What clients do before the call, one after another. */
  readonly before?: readonly Act[];
  readonly call?: "stop" | "restart";
  /** The grace in seconds. */
  readonly t?: number;
  readonly signal?: string;
  /** What clients do during the call, and how many seconds after its beginning. */
  readonly during?: readonly (readonly [seconds: number, act: Act])[];
  /** What {@link outcomeOf} returns on every release, or on each. */
  readonly ends: readonly string[] | ByRelease<readonly string[]>;
}

/** What a client does to the container. */
export type Act = (box: Box) => Promise<unknown>;

/** The container of one case, with the streams and execs that clients have opened. */
interface Box {
  readonly engine: Engine;
  readonly id: string;
  readonly streams: ProcessStream[];
  readonly execs: string[];
}

/** Lets time pass: it sleeps, or moves a virtual clock. */
export type Pass = (milliseconds: number) => Promise<void>;

/** What passes before a client goes on, so that processes have begun to wait. */
const settling = 300;
/** The steps in which time passes while a call is awaited. */
const step = 50;

/**
 * Returns what a case leads to: the container's events from the call on, its state, its execs' exit codes and
 * its log. Calls that fail are told in its place.
 */
export async function outcomeOf(engine: Engine, each: StopCase, pass: Pass): Promise<string[]> {
  const { runs, request } = each;
  const Cmd = typeof runs === "string" ? ["sh", "-c", runs] : [...runs];
  const { Id: id } = await engine.containers.create({ Image: "busybox", Cmd, ...request });
  const box: Box = { engine, id, streams: [], execs: [] };
  const events = engine.events({ filters: { container: [id] } });
  try {
    return await played(box, events, each, pass);
  } finally {
    events.close();
    for (const stream of box.streams) stream.close();
    await engine.containers.remove(id, { force: true }).catch(() => {});
  }
}

async function played(box: Box, events: EventStream, each: StopCase, pass: Pass): Promise<string[]> {
  const { before = [], call = "stop", t, signal, during = [] } = each;
  const { engine, id } = box;
  const told: string[] = [];
  await events.opened;
  let listens = false;
  void (async () => {
    for await (const { Action, Actor } of events) {
      if (!listens) continue;
      const { signal: sent, exitCode } = Actor.Attributes;
      told.push([Action, sent ?? exitCode].filter((word) => word !== undefined).join(" "));
    }
  })();
  await engine.containers.start(id);
  await pass(settling);
  for (const act of before) {
    await act(box);
    await pass(settling);
  }

  listens = true;
  const options = { ...(t !== undefined && { t }), ...(signal !== undefined && { signal }) };
  let over = false;
  const called = engine.containers[call](id, options).then(
    (done) => {
      over = true;
      return call === "stop" && done === false ? ["304"] : [];
    },
    (error: unknown) => {
      over = true;
      return [said(error)];
    },
  );
  let now = 0;
  const others: Promise<unknown>[] = [];
  for (const [seconds, act] of during) {
    await pass(seconds * 1000 - now);
    now = seconds * 1000;
    others.push(act(box).catch((error: unknown) => told.push(said(error))));
  }
  while (!over) await pass(step);
  told.push(...(await called));
  let done = false;
  void Promise.all(others).then(() => {
    done = true;
  });
  while (!done) await pass(step);
  await pass(2 * settling);

  const state = await stateOf(box);
  // A busy engine tells of a restart later than it shows it.
  for (
    let waited = 0;
    state.includes("restarted 1") && !told.includes("start") && waited < 5000;
    waited += step
  ) {
    await pass(step);
  }
  return [...inOrder(told), ...state];
}

function said(error: unknown): string {
  return error instanceof Error ? error.message.replaceAll(/[0-9a-f]{64}/g, "ID") : String(error);
}

/** Pairs of events that come in either order, because several parts of the engine tell them. */
const unordered: readonly (readonly [RegExp, RegExp])[] = [
  [/^die/, /^stop$/],
  [/^exec_die/, /^kill 9$/],
  [/^kill 9$/, /^unpause$/],
];

function inOrder(told: readonly string[]): string[] {
  const ended = [...told];
  for (let at = 1; at < ended.length; at++) {
    const [one = "", other = ""] = ended.slice(at - 1, at + 1);
    if (unordered.some(([first, second]) => second.test(one) && first.test(other))) {
      ended.splice(at - 1, 2, other, one);
      at = Math.max(0, at - 2);
    }
  }
  return ended;
}

async function stateOf({ engine, id, execs }: Box): Promise<string[]> {
  try {
    const { State, RestartCount } = await engine.containers.inspect(id);
    const { Status, ExitCode, OOMKilled, Error: problem, Health } = State;
    const lines = [`${Status} ${ExitCode}`];
    if (OOMKilled) lines.push("out of memory");
    if (problem !== "") lines.push(problem);
    if (RestartCount > 0) lines.push(`restarted ${RestartCount}`);
    if (Health) lines.push(`${Health.Status}, ${Health.Log.length} checks`);
    for (const exec of execs) {
      const inspected = await engine.exec.inspect(exec).catch(() => undefined);
      lines.push(`exec ${inspected ? inspected.ExitCode : "forgotten"}`);
    }
    let log = "";
    for await (const { data } of await engine.containers.logs(id)) log += new TextDecoder().decode(data);
    // An interactive shell begins with its version, and asks a terminal where the cursor is.
    log = log.replaceAll("\u001b[6n", "").replace(/^\s*BusyBox.*? # /s, "/ # ");
    if (log !== "") lines.push(`log ${log.trim().replaceAll("\n", ", ")}`);
    return lines;
  } catch (error) {
    if (error instanceof NotFoundError) return ["removed"];
    throw error;
  }
}

/** Returns what a case leads to on a release. */
export function expected({ ends }: StopCase, release: ReleaseName): readonly string[] {
  return "20.10" in ends ? cellOf(ends, release) : ends;
}
