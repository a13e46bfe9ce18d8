import type { Time } from "../time/time.js";
import { Child, type Parent } from "./child.js";
import type { User } from "./host.js";
import type { Process } from "./process.js";
import type { ProcessInfo, Program, ProgramStart } from "./program.js";

/** A process as the kernel keeps it in its PID namespace. */
export interface Member {
  readonly pid: number;
  /** 0 for a process that was put into the namespace from outside. */
  parentPid: number;
  readonly startedAt: bigint;
  readonly tty: boolean;
  readonly user: User;
  /** The session: the PID of the first process of those that share its terminal. */
  readonly session: number;
  /** The process group: the PID of its first process. */
  readonly group: number;
  argv(): readonly string[];
  readonly process: Process | undefined;
}

/** The processes of one PID namespace. */
export class PidNamespace {
  readonly #members = new Map<number, Member>();
  #next: number;

  /** @param next the PID that the next process gets: those before are taken by processes that have set this one up */
  constructor(
    readonly time: Time,
    next: number,
  ) {
    this.#next = next;
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

  /** Delivers a signal from the keys of a terminal. @param group `undefined` for the group of the session's first process */
  signalGroup(session: number, group: number | undefined, signal: number): void {
    for (const member of this.ofGroup(group ?? session)) {
      if (member.session === session) member.process?.signal(signal);
    }
  }

  /** The processes, ordered by PID. */
  list(): Member[] {
    return [...this.#members.values()].sort((one, other) => one.pid - other.pid);
  }

  /** The same, as processes see one another. */
  infos(): readonly ProcessInfo[] {
    return this.list().map((member) => {
      const { pid, parentPid, tty, startedAt } = member;
      return { pid, parentPid, tty, startedAt, argv: member.argv() };
    });
  }

  /** Takes a process out that has ended. Its children get the first process for a parent. */
  remove(pid: number): void {
    this.#members.delete(pid);
    for (const member of this.#members.values()) if (member.parentPid === pid) member.parentPid = 1;
  }

  /** Kills all processes: the kernel does so when the first one has ended. */
  end(): void {
    for (const { process } of [...this.#members.values()]) process?.signal(9);
    this.#members.clear();
  }

  /** Stops the time of all processes, as a freezer cgroup does. */
  pause(): void {
    for (const { process } of this.#members.values()) process?.pause();
  }

  resume(): void {
    for (const { process } of this.#members.values()) process?.resume();
  }

  /** Starts a process as another's child. */
  start(program: Program, start: ProgramStart, parent: Parent): Child {
    const child = new Child(this, start, parent);
    this.add(child);
    child.run(program);
    return child;
  }
}
