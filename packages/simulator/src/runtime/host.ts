import type { Container } from "../core/containers/container.js";
import { type ProcessGiven, processEnvironment } from "../core/containers/environment.js";
import type { ExitCause } from "../core/containers/lifecycle.js";
import type { Daemon } from "../core/daemon.js";
import type { Exec } from "../core/exec/exec.js";
import type { ContainerView, ProgramTable } from "../programs/program.js";
import type { ContainerStreams } from "./container-streams.js";
import type { ContainerLog } from "./log.js";
import { type Member, Members } from "./members.js";
import type { OutputName, Process, ProcessHost } from "./process.js";
import { Terminal, withCarriageReturns } from "./terminal.js";
import type { Time } from "./time.js";
import { type User, userOf } from "./user.js";
import { SimulatedView } from "./view.js";

/** What the processes of one engine have in common, and whom they report to. */
export interface Surroundings {
  readonly daemon: Daemon;
  readonly programs: ProgramTable;
  readonly time: Time;
  log(container: Container): ContainerLog;
  /** The processes of the container's run. */
  members(container: Container): Members;
  /** Those attached to the container; `undefined` where nobody ever was. */
  streams(container: Container): ContainerStreams | undefined;
  firstExited(first: FirstProcess, exitCode: number): void;
  execExited(exec: ExecProcess, exitCode: number): void;
}

// Classes, so that a process that sleeps costs one small object and makes nothing that it does not ask for.

/** A container's first process. */
export class FirstProcess implements ProcessHost, Member {
  process: Process | undefined;
  readonly pid = 1;
  readonly parentPid = 0;
  /** What its end will be put down to. */
  cause: ExitCause = "exit";
  /** Called when it has ended, by stops that wait. */
  waiting: (() => void)[] | undefined;
  #terminal: Terminal | undefined;
  #members: Members | undefined;

  constructor(
    readonly container: Container,
    readonly surroundings: Surroundings,
  ) {}

  get time(): Time {
    return this.surroundings.time;
  }
  /** Made when it is first asked for: most are alone. */
  get members(): Members {
    if (!this.#members) {
      this.#members = new Members(this.time);
      this.#members.add(this);
    }
    return this.#members;
  }
  get hasOthers(): boolean {
    return this.#members !== undefined;
  }
  get startedAt(): bigint {
    return this.container.state.startedAt;
  }
  get user(): User {
    return userOf(this.container.config.User ?? "");
  }
  get session(): number {
    return this.pid;
  }
  get group(): number {
    return this.pid;
  }
  get terminal(): Terminal | undefined {
    if (this.tty) this.#terminal ??= terminalOf(this);
    return this.#terminal;
  }
  argv(): readonly string[] {
    return this.process?.argv() ?? this.initialArgv();
  }
  initialArgv(): [string, ...string[]] {
    return [this.container.path, ...this.container.args];
  }
  env(): Readonly<Record<string, string>> {
    return environment(this.surroundings, this.container, { tty: this.tty });
  }
  cwd(): string {
    return this.container.config.WorkingDir || "/";
  }
  view(): ContainerView {
    return new SimulatedView(this.surroundings, this.container);
  }
  isFirst(): boolean {
    const { Init, PidMode } = this.container.hostConfig;
    // With an init of Docker's own, or in somebody else's PID namespace, it is not the first.
    return Init !== true && !PidMode;
  }
  hasInput(): boolean {
    return this.container.config.OpenStdin === true;
  }
  files(): undefined {
    return undefined;
  }
  output(name: OutputName, data: Uint8Array): Promise<void> | undefined {
    return this.tty ? this.#pass("stdout", withCarriageReturns(data)) : this.#pass(name, data);
  }
  exited(exitCode: number): void {
    this.surroundings.firstExited(this, exitCode);
  }
  /** What comes in from those attached. */
  write(data: Uint8Array): void {
    if (!this.tty) {
      this.process?.write(data);
      return;
    }
    this.terminal?.type(data);
  }

  #pass(name: OutputName, data: Uint8Array): Promise<void> | undefined {
    this.surroundings.log(this.container).write(name, data);
    return this.surroundings.streams(this.container)?.output(name, data);
  }

  get tty(): boolean {
    return this.container.config.Tty === true;
  }
}

/** Where output goes. */
export interface OutputTarget {
  data(stream: OutputName, data: Uint8Array): void;
  /** Resolves when whoever reads has caught up; `undefined` while it need not. */
  room(): Promise<void> | undefined;
  end(): void;
}

/** A further process of a container. */
export class ExecProcess implements ProcessHost, Member {
  process: Process | undefined;
  readonly pid: number;
  readonly parentPid = 0;
  readonly startedAt: bigint;
  readonly members: Members;
  #terminal: Terminal | undefined;

  constructor(
    readonly exec: Exec,
    readonly target: OutputTarget,
    readonly surroundings: Surroundings,
  ) {
    this.members = surroundings.members(exec.container);
    this.pid = this.members.newPid();
    this.startedAt = surroundings.time.now();
  }

  get tty(): boolean {
    return this.exec.tty;
  }
  get user(): User {
    return userOf(this.exec.user);
  }
  get session(): number {
    return this.pid;
  }
  get group(): number {
    return this.pid;
  }
  get terminal(): Terminal | undefined {
    if (this.tty) this.#terminal ??= terminalOf(this);
    return this.#terminal;
  }

  get time(): Time {
    return this.surroundings.time;
  }
  argv(): readonly string[] {
    return this.process?.argv() ?? this.initialArgv();
  }
  initialArgv(): [string, ...string[]] {
    return [...this.exec.command];
  }
  env(): Readonly<Record<string, string>> {
    const { container, tty, env, user } = this.exec;
    return environment(this.surroundings, container, { tty, env, user });
  }
  cwd(): string {
    return this.exec.workingDir || this.exec.container.config.WorkingDir || "/";
  }
  view(): ContainerView {
    return new SimulatedView(this.surroundings, this.exec.container);
  }
  isFirst(): boolean {
    return false;
  }
  hasInput(): boolean {
    return this.exec.attachStdin;
  }
  files(): undefined {
    return undefined;
  }
  output(name: OutputName, data: Uint8Array): Promise<void> | undefined {
    if (this.exec.tty) this.target.data("stdout", withCarriageReturns(data));
    else this.target.data(name, data);
    return this.target.room();
  }
  exited(exitCode: number): void {
    this.members.remove(this.pid);
    this.surroundings.execExited(this, exitCode);
  }
  /** What it has left running in the background may write on. */
  closed(): void {
    this.target.end();
  }
  /** What comes in from whoever started it. */
  write(data: Uint8Array): void {
    if (!this.exec.tty) {
      this.process?.write(data);
      return;
    }
    this.terminal?.type(data);
  }
  endInput(): void {
    this.process?.endInput();
  }
}

function terminalOf(host: ProcessHost & { readonly process: Process | undefined }): Terminal {
  const terminal: Terminal = new Terminal({
    echo: (data) => host.output("stdout", data),
    line: (data) => host.process?.write(data),
    endOfFile: () => host.process?.markEndOfInput(),
    signal: (number) => host.members.signalGroup(host.session, terminal.foreground, number),
  });
  return terminal;
}

function environment(
  { daemon }: Surroundings,
  container: Container,
  given: ProcessGiven,
): Readonly<Record<string, string>> {
  const lines = processEnvironment(daemon, container, given);
  return Object.fromEntries(
    lines.map((line) => [line.slice(0, line.indexOf("=")), line.slice(line.indexOf("=") + 1)]),
  );
}
