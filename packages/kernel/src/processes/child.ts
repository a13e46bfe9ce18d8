import type { Time } from "../time/time.js";
import type { Namespaces, OutputName, ProcessHost } from "./host.js";
import type { Member } from "./member.js";
import type { OpenFile } from "./open-file.js";
import type { PidNamespace } from "./pid-namespace.js";
import { type Process, startProcess } from "./process.js";
import type { ProcessEnd, Program, ProgramStart, User } from "./program.js";

/** The part of a parent process that a child inherits. */
export type Parent = Pick<ProcessHost, "pid" | "tty" | "user" | "session" | "group" | "namespaces">;

/** The host of a process that another process started: it gives the child what its parent passed on. */
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
  readonly #namespaces: () => Namespaces;

  constructor(
    readonly pids: PidNamespace,
    start: ProgramStart,
    parent: Parent,
  ) {
    this.pid = pids.newPid();
    this.parentPid = parent.pid;
    this.startedAt = pids.time.now();
    this.tty = parent.tty;
    this.user = start.user ?? parent.user;
    this.session = parent.session;
    this.group = start.group === "own" ? this.pid : (start.group ?? parent.group);
    this.#start = start;
    this.#namespaces = () => parent.namespaces();
    this.ended = new Promise((resolve) => {
      this.#over = resolve;
    });
    for (const file of start.descriptors.values()) file.hold();
  }

  run(program: Program): void {
    this.process = startProcess(program, this, false, this.#start.ignored);
  }

  get time(): Time {
    return this.pids.time;
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
  namespaces(): Namespaces {
    return this.#namespaces();
  }
  isFirst(): boolean {
    return false;
  }
  hasInput(): boolean {
    return false;
  }
  inputMayCome(): boolean {
    return false;
  }
  waits(): void {
    this.pids.waits();
  }
  descriptors(): ReadonlyMap<number, OpenFile> {
    return this.#start.descriptors;
  }
  output(name: OutputName, data: Uint8Array): Promise<void> | undefined {
    const file = this.#start.descriptors.get(name === "stdout" ? 1 : 2);
    file?.write(data);
    return file?.writable();
  }
  exited(exitCode: number, signal: number | undefined): void {
    this.pids.remove(this.pid);
    this.#over({ code: exitCode, signal });
  }
}
