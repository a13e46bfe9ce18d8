import type { OpenFile } from "../programs/open-file.js";
import type { ContainerView, ProcessEnd, Program, ProgramStart } from "../programs/program.js";
import { type OutputName, type Process, type ProcessHost, startProcess } from "./process.js";
import type { Time } from "./time.js";
import type { User } from "./user.js";

/** A process as others of its container see it. */
export interface Member {
  readonly pid: number;
  /** 0 for a process that was put into the container from outside. */
  parentPid: number;
  readonly startedAt: bigint;
  readonly tty: boolean;
  readonly user: User;
  /** The first process of those that share its terminal. */
  readonly session: number;
  /** Its process group, named by the first process of that. */
  readonly group: number;
  argv(): readonly string[];
  readonly process: Process | undefined;
}

/** The PID that the first process started within a container gets: runc has used up those before. */
const firstOfOthers = 7;

/** The processes of one run of a container, in a PID namespace of their own. */
export class Members {
  readonly #members = new Map<number, Member>();
  #next: number;

  constructor(readonly time: Time) {
    this.#next = firstOfOthers;
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

  /** Delivers a signal from the keys of a terminal. @param group `undefined`: that of the session's first process */
  signalGroup(session: number, group: number | undefined, signal: number): void {
    for (const member of this.ofGroup(group ?? session)) {
      if (member.session === session) member.process?.signal(signal);
    }
  }

  /** By PID. */
  list(): Member[] {
    return [...this.#members.values()].sort((one, other) => one.pid - other.pid);
  }

  /** One has ended: its children have the first process for a parent. */
  remove(pid: number): void {
    this.#members.delete(pid);
    for (const member of this.#members.values()) if (member.parentPid === pid) member.parentPid = 1;
  }

  /** The kernel ends all of a PID namespace with its first process. */
  end(): void {
    for (const { process } of [...this.#members.values()]) process?.signal(9);
    this.#members.clear();
  }

  pause(): void {
    for (const { process } of this.#members.values()) process?.pause();
  }

  resume(): void {
    for (const { process } of this.#members.values()) process?.resume();
  }

  /** Starts a process as another's child. */
  start(program: Program, start: ProgramStart, parent: ChildOf): Child {
    const child = new Child(this, start, parent);
    this.add(child);
    child.process = startProcess(program, child, false, start.ignored);
    return child;
  }
}

/** What a child has of its parent. */
export interface ChildOf {
  readonly pid: number;
  readonly tty: boolean;
  readonly user: User;
  readonly session: number;
  readonly group: number;
  view(): ContainerView;
}

/** A process that another one of the container started. */
export class Child implements ProcessHost, Member {
  readonly pid: number;
  parentPid: number;
  readonly startedAt: bigint;
  readonly tty: boolean;
  readonly user: User;
  readonly session: number;
  readonly group: number;
  readonly terminal = undefined;
  process: Process | undefined;
  readonly ended: Promise<ProcessEnd>;
  #over: (end: ProcessEnd) => void = () => {};
  readonly #start: ProgramStart;
  readonly #view: () => ContainerView;

  constructor(
    readonly members: Members,
    start: ProgramStart,
    parent: ChildOf,
  ) {
    this.pid = members.newPid();
    this.parentPid = parent.pid;
    this.startedAt = members.time.now();
    this.tty = parent.tty;
    this.user = parent.user;
    this.session = parent.session;
    this.group = start.group === "own" ? this.pid : (start.group ?? parent.group);
    this.#start = start;
    this.#view = () => parent.view();
    this.ended = new Promise((resolve) => {
      this.#over = resolve;
    });
    for (const file of start.files.values()) file.hold();
  }

  get time(): Time {
    return this.members.time;
  }
  argv(): readonly [string, ...string[]] {
    return this.process?.argv() ?? this.#start.argv;
  }
  initialArgv(): readonly [string, ...string[]] {
    return this.#start.argv;
  }
  env(): Readonly<Record<string, string>> {
    return this.#start.env;
  }
  cwd(): string {
    return this.#start.cwd;
  }
  view(): ContainerView {
    return this.#view();
  }
  isFirst(): boolean {
    return false;
  }
  hasInput(): boolean {
    return false;
  }
  files(): ReadonlyMap<number, OpenFile> {
    return this.#start.files;
  }
  output(name: OutputName, data: Uint8Array): Promise<void> | undefined {
    const file = this.#start.files.get(name === "stdout" ? 1 : 2);
    file?.write(data);
    return file?.writable();
  }
  exited(exitCode: number, signal: number | undefined): void {
    this.members.remove(this.pid);
    this.#over({ code: exitCode, signal });
  }
}
