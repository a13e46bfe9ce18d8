import type { ProgramTable } from "@dryharbor/kernel";
import { type PidNamespace, sigkill, startProcess, type Time } from "@dryharbor/kernel/host";
import { engineError, type HostConfig } from "@dryharbor/sdk/port";
import { type Container, isRunning } from "../core/containers/container.js";
import { findContainer } from "../core/containers/find.js";
import { probeCommand } from "../core/containers/health.js";
import { type Launch, launchOf } from "../core/containers/launch.js";
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
import type { Daemon } from "../core/daemon.js";
import type { Exec } from "../core/exec/exec.js";
import { execExited, launchOfExec, startExec } from "../core/exec/lifecycle.js";
import { ContainerStreams } from "./container-streams.js";
import { ExecProcess } from "./exec-process.js";
import { FirstProcess } from "./first-process.js";
import { HealthMonitor } from "./health-monitor.js";
import { type ContainerLog, containerLog, type LogLine } from "./log.js";
import type { OutputTarget } from "./output-target.js";
import { firstProgram, launchedProgram } from "./programs.js";
import type { Surroundings } from "./surroundings.js";

/** What a stop and a restart take. */
export interface StopOptions {
  readonly signal?: string;
  /** Seconds; negative waits for ever. */
  readonly timeout?: number;
}

/**
 * The processes of one engine: runs programs as the first processes of containers and as execs, and
 * tells the core what became of them. The core's operations that start, signal or end processes go
 * through here; each does to state what it does at once, within the call.
 */
export class Runtime {
  readonly #daemon: Daemon;
  readonly #time: Time;
  readonly #surroundings: Surroundings;
  readonly #first = new Map<Container, FirstProcess>();
  readonly #execs = new Map<Container, Set<ExecProcess>>();
  /** Restarts by policy that are due: each entry calls one off. */
  readonly #restarts = new Map<Container, () => void>();
  readonly #monitors = new Map<Container, HealthMonitor>();
  readonly #logs = new WeakMap<Container, ContainerLog>();
  readonly #streams = new WeakMap<Container, ContainerStreams>();
  #closed = false;

  constructor(daemon: Daemon, programs: ProgramTable, time: Time) {
    this.#daemon = daemon;
    this.#time = time;
    this.#surroundings = {
      daemon,
      programs,
      time,
      log: (container) => this.openLog(container),
      pids: (container) => this.pids(container),
      streams: (container) => this.#streams.get(container),
      firstExited: (first, exitCode) => this.#firstExited(first, exitCode),
      execExited: (process, exitCode) => this.#execExited(process, exitCode),
    };
  }

  /**
   * Starts a container; `false` where it runs already.
   *
   * @param hostConfig takes the place of its own, see `core/containers/start-settings.ts`
   */
  start(container: Container, hostConfig?: HostConfig | null): boolean {
    let launch: Launch | null;
    try {
      launch = startContainer(this.#daemon, container, hostConfig);
    } catch (error) {
      // A run that could not begin is over.
      if (!isRunning(container)) this.#streams.get(container)?.end();
      throw error;
    }
    if (launch) this.#run(container, launch);
    return launch !== null;
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
    // While the stop waited, others may have been quicker.
    if (isRunning(container)) return;
    if (!this.#daemon.containers.byId.get(container.id))
      throw engineError(404, `No such container: ${spelled}`);
    this.#run(container, finishRestart(this.#daemon, container, spelled));
  }

  pause(container: Container): void {
    pauseContainer(this.#daemon, container);
    this.#monitors.get(container)?.giveUp();
    this.#monitors.delete(container);
    const first = this.#first.get(container);
    if (first?.hasOthers) first.pids.pause();
    else first?.process?.pause();
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
   * Starts an exec and passes its output on. What is returned takes its input.
   *
   * @throws what {@link startExec} says of a command that cannot run
   */
  startExec(exec: Exec, output: OutputTarget): ExecProcess {
    return this.#runExec(exec, startExec(this.#daemon, exec), output);
  }

  /** What goes in and out of the container's first process, while it runs and before. */
  streams(container: Container): ContainerStreams {
    let streams = this.#streams.get(container);
    if (!streams) {
      streams = new ContainerStreams();
      const first = this.#first.get(container);
      if (first) streams.begin(first);
      this.#streams.set(container, streams);
    }
    return streams;
  }

  /** The processes of a container that runs. */
  pids(container: Container): PidNamespace {
    const first = this.#first.get(container);
    if (!first) throw new Error(`container ${container.id} does not run`);
    return first.pids;
  }

  /** Resolves when those attached have read what runs that are over have written; `undefined` where they have. */
  allRead(container: Container): Promise<unknown> | undefined {
    return this.#streams.get(container)?.allRead();
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
        this.#run(container, launchOf(this.#daemon, container));
      }
    }
    for (const exec of this.#daemon.execs.values()) {
      if (exec.state !== "running") continue;
      this.#runExec(exec, launchOfExec(this.#daemon, exec), { data() {}, room: () => undefined, end() {} });
    }
  }

  /** Ends every process without a word: the engine is closed, and nobody looks any more. */
  close(): void {
    this.#closed = true;
    for (const callOff of this.#restarts.values()) callOff();
    this.#restarts.clear();
    for (const container of [...this.#first.keys()]) this.#drop(container);
  }

  #run(container: Container, launch: Launch): void {
    const first = new FirstProcess(container, this.#surroundings);
    this.#first.set(container, first);
    first.process = startProcess(
      firstProgram(this.#daemon, this.#surroundings.programs, container, launch),
      first,
      isPaused(container),
    );
    if (this.#first.get(container) !== first) return;
    this.#streams.get(container)?.begin(first);
    if (!isPaused(container)) this.#watchHealth(container);
  }

  #watchHealth(container: Container): void {
    const command = probeCommand(container);
    if (!command) return;
    this.#monitors.set(
      container,
      new HealthMonitor(container, command, {
        daemon: this.#daemon,
        time: this.#time,
        startExec: (exec, output) => this.startExec(exec, output),
      }),
    );
  }

  #runExec(exec: Exec, launch: Launch, output: OutputTarget): ExecProcess {
    const { container } = exec;
    const running = new ExecProcess(exec, output, this.#surroundings);
    const processes = this.#execs.get(container);
    if (processes) processes.add(running);
    else this.#execs.set(container, new Set([running]));
    running.pids.add(running);
    running.process = startProcess(
      launchedProgram(this.#daemon, this.#surroundings.programs, launch),
      running,
      isPaused(container),
    );
    return running;
  }

  #firstExited(first: FirstProcess, exitCode: number): void {
    const { container, cause, waiting } = first;
    // Dropped: the core knows.
    if (this.#first.get(container) !== first) return;
    this.#first.delete(container);
    this.#logs.get(container)?.endRun();
    this.#streams.get(container)?.end();
    this.#monitors.get(container)?.containerEnded();
    this.#monitors.delete(container);
    const after = containerExited(this.#daemon, container, { exitCode, cause });
    if (first.hasOthers) first.pids.end();
    if (after.next === "restarts") this.#restartAfter(container, after.delay);
    for (const ended of waiting ?? []) ended();
  }

  #execExited(running: ExecProcess, exitCode: number): void {
    const { exec } = running;
    const processes = this.#execs.get(exec.container);
    processes?.delete(running);
    if (processes?.size === 0) this.#execs.delete(exec.container);
    if (!this.#closed) execExited(this.#daemon, exec, exitCode);
  }

  #restartAfter(container: Container, delay: number): void {
    const callOff = this.#time.after(delay, () => {
      this.#restarts.delete(container);
      const launch = startAgain(this.#daemon, container);
      if (launch) this.#run(container, launch);
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
    const delivery = signalForStop(this.#daemon, container, signal);
    // Without any grace the engine is never quick enough to see what its signal did, and kills what that has killed.
    if (timeout === 0 && signal === sigkill) signalForStop(this.#daemon, container, sigkill);
    this.#deliver(container, delivery, cause);
    if (!first || this.#first.get(container) !== first) return;
    // The grace is for a process that does something with the signal. One that does not will be killed
    // at its end in any case, so it is killed now and nobody waits.
    if (timeout !== 0 && first.process?.hears(signal)) await this.#ending(first, timeout);
    if (this.#first.get(container) !== first) return;
    this.#deliver(container, signalForStop(this.#daemon, container, sigkill), cause);
  }

  /** Resolves when the process has ended, or after so many seconds. */
  #ending(first: FirstProcess, seconds: number): Promise<void> {
    return new Promise((resolve) => {
      const limit = seconds < 0 ? Number.POSITIVE_INFINITY : seconds * 1000;
      const cancel = this.#time.after(limit, resolve);
      first.waiting ??= [];
      first.waiting.push(() => {
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
    first.process?.signal(signal);
    if (resumes) this.#resume(container);
  }

  #resume(container: Container): void {
    const first = this.#first.get(container);
    if (first?.hasOthers) first.pids.resume();
    else first?.process?.resume();
    if (this.#first.has(container)) this.#watchHealth(container);
  }

  /** Ends a container's processes where the core has put an end to them already. */
  #drop(container: Container): void {
    const first = this.#first.get(container);
    this.#first.delete(container);
    this.#monitors.get(container)?.abandon();
    this.#monitors.delete(container);
    first?.process?.signal(sigkill);
    this.#logs.get(container)?.endRun();
    if (first) this.#streams.get(container)?.end();
    if (first?.hasOthers) first.pids.end();
    for (const ended of first?.waiting ?? []) ended();
  }
}

function isPaused({ state }: Container): boolean {
  return state.status === "paused";
}
