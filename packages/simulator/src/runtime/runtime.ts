import { type Container, isRunning } from "../core/containers/container.js";
import { type ProcessGiven, processEnvironment } from "../core/containers/environment.js";
import { findContainer } from "../core/containers/find.js";
import {
  beginStop,
  containerExited,
  type ExitCause,
  finishRestart,
  killContainer,
  pauseContainer,
  type SignalDelivery,
  type StopRequest,
  signalForStop,
  startAgain,
  startContainer,
  unpauseContainer,
} from "../core/containers/lifecycle.js";
import { removeContainer } from "../core/containers/remove.js";
import { sigkill } from "../core/containers/signal.js";
import type { Daemon } from "../core/daemon.js";
import type { Exec } from "../core/exec/exec.js";
import { execExited, startExec } from "../core/exec/lifecycle.js";
import type { ProgramTable } from "../programs/program.js";
import { type ContainerLog, containerLog, type LogLine } from "./log.js";
import { findProgram, missingProgram } from "./lookup.js";
import { type OutputName, type Process, startProcess } from "./process.js";
import { throughTerminal } from "./terminal.js";
import type { Time } from "./time.js";
import { containerView } from "./view.js";

/** What a stop and a restart take. */
export interface StopOptions {
  readonly signal?: string;
  /** Seconds; negative waits for ever. */
  readonly timeout?: number;
}

/** Where an exec's output goes. */
export interface ExecOutput {
  data(stream: OutputName, data: Uint8Array): void;
  end(): void;
}

/** A container's first process, and what the end of it will be put down to. */
interface FirstProcess {
  readonly process: Process;
  cause: ExitCause;
  /** Called when it has ended, by stops that wait. */
  ended: (() => void)[];
}

/**
 * The processes of one engine: runs programs as the first processes of containers and as execs, and
 * tells the core what became of them. The core's operations that start, signal or end processes go
 * through here; each does to state what it does at once, within the call.
 */
export class Runtime {
  readonly #daemon: Daemon;
  readonly #programs: ProgramTable;
  readonly #time: Time;
  readonly #first = new Map<Container, FirstProcess>();
  readonly #execs = new Map<Container, Set<Process>>();
  /** Restarts by policy that are due: each entry calls one off. */
  readonly #restarts = new Map<Container, () => void>();
  readonly #logs = new WeakMap<Container, ContainerLog>();

  constructor(daemon: Daemon, programs: ProgramTable, time: Time) {
    this.#daemon = daemon;
    this.#programs = programs;
    this.#time = time;
  }

  /** `false` where it runs already. */
  start(container: Container): boolean {
    const started = startContainer(this.#daemon, container);
    if (started) this.#run(container);
    return started;
  }

  /** @param spelled the container as the request named it */
  kill(spelled: string, signal: string): void {
    const { container, delivery } = killContainer(this.#daemon, spelled, signal);
    if (delivery) this.#deliver(container, delivery, "kill");
    else this.#callOffRestart(container);
  }

  /**
   * Resolves when the container has stopped; `false` where it did not run.
   *
   * @param spelled the container as the request named it
   */
  async stop(container: Container, spelled: string, options: StopOptions): Promise<boolean> {
    const request = beginStop(this.#daemon, container, spelled, { ...options, cause: "stop" });
    await this.#stop(container, request, "stop");
    return request.state !== "not running";
  }

  /** @param spelled the container as the request named it */
  async restart(container: Container, spelled: string, options: StopOptions): Promise<void> {
    const request = beginStop(this.#daemon, container, spelled, { ...options, cause: "restart" });
    await this.#stop(container, request, "restart");
    finishRestart(this.#daemon, container, spelled);
    this.#run(container);
  }

  pause(container: Container): void {
    pauseContainer(this.#daemon, container);
    this.#first.get(container)?.process.pause();
    for (const process of this.#execs.get(container) ?? []) process.pause();
  }

  unpause(container: Container): void {
    unpauseContainer(this.#daemon, container);
    this.#resume(container);
  }

  /** @param ref the container as the request named it */
  remove(ref: string, options: Parameters<typeof removeContainer>[2]): void {
    const container = findContainer(this.#daemon, ref);
    removeContainer(this.#daemon, ref, options);
    if (this.#daemon.containers.byId.get(container.id)) return;
    this.#callOffRestart(container);
    this.#drop(container);
  }

  /**
   * Starts an exec and passes its output on. The process that is returned takes its input.
   *
   * @throws what {@link startExec} says of a command that cannot run
   */
  startExec(exec: Exec, output: ExecOutput): Process {
    startExec(this.#daemon, exec);
    return this.#runExec(exec, output);
  }

  /** What the container's first processes have written, over all runs; `undefined` for nothing. */
  log(container: Container): ContainerLog | undefined {
    return this.#logs.get(container);
  }

  /** As {@link log}, and makes the log where there is none: to follow what is written from now on. */
  openLog(container: Container, past: readonly LogLine[] = []): ContainerLog {
    let log = this.#logs.get(container);
    if (!log) {
      log = containerLog(this.#daemon.clock.now, past);
      this.#logs.set(container, log);
    }
    return log;
  }

  /**
   * Sets going what ran when a snapshot was taken: programs begin anew, their containers have been
   * running all along; what was to be restarted waits its delay once more.
   */
  resumeAll(): void {
    for (const container of this.#daemon.containers.byId.values()) {
      if (container.state.status === "restarting") {
        this.#restartAfter(container, container.state.restartDelay);
      } else if (isRunning(container)) {
        this.#run(container);
      }
    }
    for (const exec of this.#daemon.execs.values()) {
      if (exec.state === "running") this.#runExec(exec, { data() {}, end() {} });
    }
  }

  /** Ends every process without a word: the engine is closed, and nobody looks any more. */
  close(): void {
    for (const callOff of this.#restarts.values()) callOff();
    this.#restarts.clear();
    for (const container of [...this.#first.keys()]) this.#drop(container);
  }

  #run(container: Container): void {
    const { config, hostConfig, path, args } = container;
    const tty = config.Tty === true;
    const first: FirstProcess = {
      cause: "exit",
      ended: [],
      process: startProcess({
        program: findProgram(this.#programs, path) ?? missingProgram(path),
        argv: [path, ...args],
        env: () => this.#environment(container, { tty }),
        cwd: config.WorkingDir || "/",
        container: containerView(this.#daemon, this.#programs, container),
        time: this.#time,
        // With an init of Docker's own, or in somebody else's PID namespace, it is not the first.
        first: hostConfig.Init !== true && !hostConfig.PidMode,
        paused: container.state.status === "paused",
        stdin: config.OpenStdin === true,
        output: throughTerminal(tty, (stream, data) => {
          this.openLog(container).write(stream, data);
        }),
        exited: (exitCode) => this.#exited(container, exitCode),
      }),
    };
    this.#first.set(container, first);
  }

  #runExec(exec: Exec, output: ExecOutput): Process {
    const { container, command, env, tty, user } = exec;
    const [path = "", ...args] = command;
    const processes = this.#execs.get(container) ?? new Set();
    const process = startProcess({
      program: findProgram(this.#programs, path) ?? missingProgram(path),
      argv: [path, ...args],
      env: () => this.#environment(container, { tty, env, user }),
      cwd: exec.workingDir || container.config.WorkingDir || "/",
      container: containerView(this.#daemon, this.#programs, container),
      time: this.#time,
      first: false,
      paused: container.state.status === "paused",
      stdin: exec.attachStdin,
      output: throughTerminal(tty, (stream, data) => output.data(stream, data)),
      exited: (exitCode) => {
        processes.delete(process);
        if (processes.size === 0) this.#execs.delete(container);
        execExited(this.#daemon, exec, exitCode);
        output.end();
      },
    });
    this.#execs.set(container, processes.add(process));
    return process;
  }

  #environment(container: Container, given: ProcessGiven): Readonly<Record<string, string>> {
    const lines = processEnvironment(this.#daemon, container, given);
    return Object.fromEntries(
      lines.map((line) => [line.slice(0, line.indexOf("=")), line.slice(line.indexOf("=") + 1)]),
    );
  }

  #exited(container: Container, exitCode: number): void {
    const first = this.#first.get(container);
    // Dropped: the core knows.
    if (!first) return;
    this.#first.delete(container);
    this.#logs.get(container)?.endRun();
    const after = containerExited(this.#daemon, container, { exitCode, cause: first.cause });
    this.#endExecs(container);
    if (after.next === "restarts") this.#restartAfter(container, after.delay);
    for (const ended of first.ended) ended();
  }

  #restartAfter(container: Container, delay: number): void {
    const callOff = this.#time.after(delay, () => {
      this.#restarts.delete(container);
      if (startAgain(this.#daemon, container)) this.#run(container);
    });
    this.#restarts.set(container, callOff);
  }

  #callOffRestart(container: Container): void {
    this.#restarts.get(container)?.();
    this.#restarts.delete(container);
  }

  async #stop(container: Container, request: StopRequest, cause: ExitCause): Promise<void> {
    this.#callOffRestart(container);
    if (request.state !== "running") return;
    const first = this.#first.get(container);
    const { signal, timeout } = request;
    this.#deliver(container, signalForStop(this.#daemon, container, signal), cause);
    if (!first || this.#first.get(container) !== first) return;
    // The grace is for a process that does something with the signal. One that does not will be killed
    // at its end in any case, so it is killed now and nobody waits.
    if (timeout !== 0 && first.process.hears(signal)) await this.#ending(first, timeout);
    if (this.#first.get(container) !== first) return;
    this.#deliver(container, signalForStop(this.#daemon, container, sigkill), cause);
  }

  /** Resolves when the process has ended, or after so many seconds. */
  #ending(first: FirstProcess, seconds: number): Promise<void> {
    return new Promise((resolve) => {
      const limit = seconds < 0 ? Number.POSITIVE_INFINITY : seconds * 1000;
      const cancel = this.#time.after(limit, resolve);
      first.ended.push(() => {
        cancel();
        resolve();
      });
    });
  }

  #deliver(container: Container, { signal, resumes }: SignalDelivery, cause: ExitCause): void {
    const first = this.#first.get(container);
    if (!first) return;
    // A program that handles the signal and ends later ends because of it all the same.
    if (cause !== "kill" || signal === sigkill) first.cause = cause;
    first.process.signal(signal);
    if (resumes) this.#resume(container);
  }

  #resume(container: Container): void {
    this.#first.get(container)?.process.resume();
    for (const process of this.#execs.get(container) ?? []) process.resume();
  }

  /** Ends a container's processes where the core has put an end to them already. */
  #drop(container: Container): void {
    const first = this.#first.get(container);
    this.#first.delete(container);
    first?.process.signal(sigkill);
    this.#logs.get(container)?.endRun();
    this.#endExecs(container);
    for (const ended of first?.ended ?? []) ended();
  }

  /** The kernel ends all of a PID namespace with its first process. */
  #endExecs(container: Container): void {
    for (const process of [...(this.#execs.get(container) ?? [])]) process.signal(sigkill);
  }
}
