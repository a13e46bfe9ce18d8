import type { Container } from "../core/containers/container.js";
import { type ProcessGiven, processEnvironment } from "../core/containers/environment.js";
import type { ExitCause } from "../core/containers/lifecycle.js";
import type { Daemon } from "../core/daemon.js";
import type { Exec } from "../core/exec/exec.js";
import type { ContainerView, ProgramTable } from "../programs/program.js";
import type { ContainerLog } from "./log.js";
import type { OutputName, Process, ProcessHost } from "./process.js";
import { withCarriageReturns } from "./terminal.js";
import type { Time } from "./time.js";
import { SimulatedView } from "./view.js";

/** What the processes of one engine have in common, and whom they report to. */
export interface Surroundings {
  readonly daemon: Daemon;
  readonly programs: ProgramTable;
  readonly time: Time;
  log(container: Container): ContainerLog;
  firstExited(first: FirstProcess, exitCode: number): void;
  execExited(exec: ExecProcess, exitCode: number): void;
}

// Classes, so that a process that sleeps costs one small object and makes nothing that it does not ask for.

/** A container's first process. */
export class FirstProcess implements ProcessHost {
  process: Process | undefined;
  /** What its end will be put down to. */
  cause: ExitCause = "exit";
  /** Called when it has ended, by stops that wait. */
  waiting: (() => void)[] | undefined;

  constructor(
    readonly container: Container,
    readonly surroundings: Surroundings,
  ) {}

  get time(): Time {
    return this.surroundings.time;
  }
  argv(): [string, ...string[]] {
    return [this.container.path, ...this.container.args];
  }
  env(): Readonly<Record<string, string>> {
    return environment(this.surroundings, this.container, { tty: this.#tty });
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
  output(name: OutputName, data: Uint8Array): void {
    const log = this.surroundings.log(this.container);
    if (this.#tty) log.write("stdout", withCarriageReturns(data));
    else log.write(name, data);
  }
  exited(exitCode: number): void {
    this.surroundings.firstExited(this, exitCode);
  }

  get #tty(): boolean {
    return this.container.config.Tty === true;
  }
}

/** Where an exec's output goes. */
export interface ExecOutput {
  data(stream: OutputName, data: Uint8Array): void;
  end(): void;
}

/** A further process of a container. */
export class ExecProcess implements ProcessHost {
  process: Process | undefined;

  constructor(
    readonly exec: Exec,
    readonly target: ExecOutput,
    readonly surroundings: Surroundings,
  ) {}

  get time(): Time {
    return this.surroundings.time;
  }
  argv(): [string, ...string[]] {
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
  output(name: OutputName, data: Uint8Array): void {
    if (this.exec.tty) this.target.data("stdout", withCarriageReturns(data));
    else this.target.data(name, data);
  }
  exited(exitCode: number): void {
    this.surroundings.execExited(this, exitCode);
  }
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
