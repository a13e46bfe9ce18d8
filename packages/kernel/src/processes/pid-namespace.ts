import type { Time } from "../time/time.js";
import { Child, type Parent } from "./child.js";
import { type Member, userOf } from "./member.js";
import type { ProcessInfo, Program, ProgramStart } from "./program.js";

/** A PID namespace: its processes by PID. It numbers, starts, signals and ends them. */
export class PidNamespace {
  readonly #members = new Map<number, Member>();
  /** Called when a process begins to wait, and when one has ended. */
  readonly watchers = new Set<() => void>();
  #next: number;
  readonly #pipes = new WeakMap<object, number>();
  #nextPipe = 40_001;

  /** @param next the PID of the next process. Lower PIDs were used by processes that set the namespace up. */
  constructor(
    readonly time: Time,
    next: number,
  ) {
    this.#next = next;
  }

  /** Returns the number of a pipe. Pipes are numbered in the order in which somebody looks at them. */
  pipeNumber(pipe: object): number {
    let number = this.#pipes.get(pipe);
    if (number === undefined) {
      number = this.#nextPipe++;
      this.#pipes.set(pipe, number);
    }
    return number;
  }

  newPid(): number {
    return this.#next++;
  }

  add(member: Member): void {
    this.#members.set(member.pid, member);
  }

  get(pid: number): Member | undefined {
    return this.#members.get(pid);
  }

  ofGroup(group: number): Member[] {
    return this.list().filter((member) => member.group === group);
  }

  /**
   * Delivers a signal from a key of a terminal to a process group of the terminal's session.
   *
   * @param group `undefined` for the group of the session's first process
   */
  signalGroup(session: number, group: number | undefined, signal: number): void {
    for (const member of this.ofGroup(group ?? session)) {
      if (member.session === session) member.process?.signal(signal);
    }
  }

  /** Returns the processes in order of their PID. */
  list(): Member[] {
    return [...this.#members.values()].sort((one, other) => one.pid - other.pid);
  }

  /** Returns the processes in order of their PID, in the form that programs see. */
  infos(): readonly ProcessInfo[] {
    return this.list().map((member) => {
      const { pid, parentPid, tty, startedAt, group, session, process } = member;
      const { uid, gid } = userOf(member);
      const stopped = process?.stopped ?? false;
      return { pid, parentPid, uid, gid, group, session, tty, startedAt, stopped, argv: member.argv() };
    });
  }

  /** Removes a process that has ended. The first process (PID 1) becomes the parent of its children. */
  remove(pid: number): void {
    this.#members.delete(pid);
    for (const member of this.#members.values()) if (member.parentPid === pid) member.parentPid = 1;
    this.waits();
  }

  /** Tells the watchers that a process has begun to wait. */
  waits(): void {
    for (const watcher of this.watchers) watcher();
  }

  /** Returns for how many milliseconds no process does anything. See {@link Process.idleFor}. */
  idleFor(settled: boolean): number {
    const times = [...this.#members.values()].map(({ process }) => process?.idleFor(settled) ?? 0);
    return Math.min(...times, Number.POSITIVE_INFINITY);
  }

  /** Kills all processes, as the kernel does when the first process has ended. */
  end(): void {
    for (const { process } of [...this.#members.values()]) process?.signal(9);
    this.#members.clear();
  }

  /** Suspends all processes, as a freezer cgroup does. */
  pause(): void {
    for (const { process } of this.#members.values()) process?.pause();
  }

  resume(): void {
    for (const { process } of this.#members.values()) process?.resume();
  }

  /** Starts a process as the child of another process. */
  start(program: Program, start: ProgramStart, parent: Parent): Child {
    const child = new Child(this, start, parent);
    this.add(child);
    child.run(program);
    return child;
  }
}
