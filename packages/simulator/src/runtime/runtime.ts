// The tie between the engine's core and the kernel. Calls that start, signal or end processes come here from
// `engine/` and `http/`: the core decides and changes its state, then the kernel's process is started or
// signalled, and its end is reported back to the core.

import type { ProgramTable } from "@dryharbor/kernel";
import { type PidNamespace, sigkill, startProcess, type Time } from "@dryharbor/kernel/host";
import { engineError, type HostConfig, UsageError } from "@dryharbor/sdk/port";
import { type Container, isRunning } from "../core/containers/container.js";
import { findContainer } from "../core/containers/find.js";
import { probeCommand } from "../core/containers/health.js";
import { type Launch, launchOf } from "../core/containers/launch.js";
import {
  beginStop,
  containerExited,
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
import { execEnded, launchOfExec, startExec, tellOfEnd } from "../core/exec/lifecycle.js";
import { layerFiles } from "../core/images/layer-files-on-demand.js";
import type { PublishedPort } from "../core/ports/published.js";
import { type PublishingCall, portsToTry } from "../core/ports/trial.js";
import { ContainerStreams } from "./container-streams.js";
import { ExecProcess } from "./exec-process.js";
import { FirstProcess } from "./first-process.js";
import { graceOf } from "./grace.js";
import { HealthMonitor } from "./health-monitor.js";
import { type ContainerLog, containerLog, type LogLine } from "./log.js";
import type { RealMachine } from "./network/real-machine.js";
import type { Stacks } from "./network/stacks.js";
import type { OutputTarget } from "./output-target.js";
import { firstProgram, launchedProgram, programsOfHost } from "./programs.js";
import type { Surroundings } from "./surroundings.js";

/** Options of a stop or a restart. */
export interface StopOptions {
  readonly signal?: string;
  /** Grace in seconds; a negative number waits for ever. */
  readonly timeout?: number;
}

/** What is loaded for traffic. */
type Network = Omit<typeof import("./network/index.js"), "Stacks" | "procFiles" | "sysFiles"> & {
  readonly stacks: Stacks;
};

/** Loads programs, and what a command names. Returns `undefined` when they are loaded already. */
export type LoadPrograms = (command: readonly string[]) => Promise<void> | undefined;

/**
 * The processes of one engine. It runs programs as the first processes of containers and as execs, and
 * reports their ends to the core. Each operation changes the state at once, before the call returns; only a
 * stop waits.
 */
export class Runtime {
  readonly #daemon: Daemon;
  readonly #time: Time;
  readonly #surroundings: Surroundings;
  readonly #first = new Map<Container, FirstProcess>();
  readonly #execs = new Map<Container, Set<ExecProcess>>();
  /** Cancels for restarts that a restart policy has scheduled. */
  readonly #restarts = new Map<Container, () => void>();
  readonly #monitors = new Map<Container, HealthMonitor>();
  readonly #logs = new WeakMap<Container, ContainerLog>();
  readonly #streams = new WeakMap<Container, ContainerStreams>();
  #network: Network | undefined;
  #networkLoading: Promise<Network> | undefined;
  readonly #loadPrograms: LoadPrograms;
  #loading: Promise<void> | undefined;
  #real: RealMachine | undefined;
  #closed = false;

  constructor(
    daemon: Daemon,
    {
      time,
      programs,
      loadPrograms = () => undefined,
    }: { readonly time: Time; readonly programs: ProgramTable; readonly loadPrograms?: LoadPrograms },
  ) {
    this.#daemon = daemon;
    this.#loadPrograms = loadPrograms;
    this.#time = time;
    daemon.hostFiles.programs = () => programsOfHost(programs);
    this.#surroundings = {
      daemon,
      programs,
      time,
      log: (container) => this.openLog(container),
      pids: (container) => this.pids(container),
      seenNetwork: (container) => this.loaded.seenNetwork(this.loaded.stacks.of(container)),
      network: (container, owner) => this.loaded.stacks.networkOf(container, owner),
      streams: (container) => this.#streams.get(container),
      firstExited: (first, exitCode) => this.#firstExited(first, exitCode),
      execEnded: (process, exitCode) => this.#execEnded(process, exitCode),
      tellOfEnd: ({ exec }) => {
        if (!this.#closed) tellOfEnd(this.#daemon, exec);
      },
    };
  }

  /**
   * Resolves when the programs of containers are loaded. It is `undefined` when they are, and before anything needs them.
   * Calls wait for it, so that no process starts before its program is loaded. It never rejects: a program that failed
   * to load says so when it is started.
   */
  get loading(): Promise<void> | undefined {
    return this.#loading;
  }

  get time(): Time {
    return this.#time;
  }

  /** Returns the exit code with which the process that a container starts next ends at once, if a fault says so. */
  endsAtOnce: ((container: Container) => number | undefined) | undefined;

  /** All programs, by name. */
  get programs(): ProgramTable {
    return this.#surroundings.programs;
  }

  /** Loads what traffic needs. */
  network(): Promise<Network> {
    this.#networkLoading ??= this.#loadNetwork().catch((error: unknown) => {
      this.#networkLoading = undefined;
      throw error;
    });
    return this.#networkLoading;
  }

  async #loadNetwork(): Promise<Network> {
    const {
      HostProcesses,
      ProcessNetwork,
      Stacks,
      probe,
      procFiles,
      reach,
      resolve,
      resolverOf,
      seenNetwork,
      sysFiles,
    } = await import("./network/index.js");
    this.#daemon.hostFiles.kernel = { procFiles, sysFiles };
    const stacks = new Stacks(this.#daemon, this.#time);
    this.#daemon.hostFiles.network = () => seenNetwork(stacks.host());
    this.#network = { stacks, HostProcesses, ProcessNetwork, probe, reach, resolve, resolverOf, seenNetwork };
    return this.#network;
  }

  /** What {@link network} loads. It is there wherever a container runs. */
  get loaded(): Network {
    if (!this.#network)
      throw new Error("the network is not loaded: call loadPrograms before a process starts");
    return this.#network;
  }

  /**
   * Loads the programs, the network and what reads layers. Call it as soon as there is a container. Returns {@link loading}.
   *
   * @param command the words of a container's command, which may name a program that is loaded by itself
   */
  loadPrograms(command: readonly string[] = []): Promise<void> | undefined {
    const programs = this.#loadPrograms(command);
    const network = this.#network ? undefined : this.network();
    const layers = layerFiles.load();
    return programs || network || layers
      ? this.awaitLoad(Promise.all([programs, network, layers]))
      : this.#loading;
  }

  /** Lets calls wait for what is being loaded, in the order in which they are made. Returns {@link loading}. */
  awaitLoad(load: Promise<unknown>): Promise<void> {
    const done = (): void => {
      if (this.#loading === loading) this.#loading = undefined;
    };
    const loading: Promise<void> = Promise.all([this.#loading, load]).then(done, done);
    this.#loading = loading;
    return loading;
  }

  /**
   * Opens published ports on the real machine from now on, until the returned function is called.
   *
   * @throws {UsageError} they are opened already
   */
  publishOn(real: RealMachine): () => void {
    if (this.#real)
      throw new UsageError("this simulator publishes its ports already: close that server first");
    this.#real = real;
    this.#daemon.ports.real = real;
    return () => {
      this.#real = undefined;
      this.#daemon.ports.real = undefined;
    };
  }

  /** The ports that containers publish now. */
  get published(): readonly PublishedPort[] {
    return [...this.#daemon.ports.published.values()].flat();
  }

  /**
   * Performs what may publish ports. Where they are opened on the real machine, they are tried there first;
   * otherwise this waits for nothing.
   *
   * @param call returns what is about to happen, and `undefined` where nothing will be published
   */
  afterTrial<T>(call: () => PublishingCall | undefined, operation: () => T): T | Promise<T> {
    return this.#real ? this.#afterTrial(this.#real, call, operation) : operation();
  }

  async #afterTrial<T>(
    real: RealMachine,
    call: () => PublishingCall | undefined,
    operation: () => T,
  ): Promise<T> {
    const untried = (): Promise<void> | undefined => {
      const about = call();
      return about && real.try(portsToTry(this.#daemon, about));
    };
    for (let trial = untried(); trial; trial = untried()) await trial;
    try {
      return operation();
    } finally {
      real.settle();
    }
  }

  /**
   * Starts a container. Returns `false` if it runs already.
   *
   * @param hostConfig takes the place of its own; see `core/containers/start-settings.ts`
   */
  start(container: Container, hostConfig?: HostConfig | null): boolean {
    let launch: Launch | null;
    try {
      launch = startContainer(this.#daemon, container, hostConfig);
    } catch (error) {
      // A run that could not begin has ended for those attached.
      if (!isRunning(container)) this.#streams.get(container)?.end();
      throw error;
    }
    if (launch) this.#run(container, launch);
    return launch !== null;
  }

  /**
   * Sends a signal.
   *
   * @param spelled the container as the request named it
   */
  kill(spelled: string, signal: string): void {
    const { container, delivery } = killContainer(this.#daemon, spelled, signal);
    if (delivery) this.#deliver(container, delivery);
    else this.#callOffRestart(container);
  }

  /**
   * Stops a container. Resolves when it has stopped, with `false` if it did not run.
   *
   * @param spelled the container as the request named it
   */
  async stop(container: Container, spelled: string, options: StopOptions): Promise<boolean> {
    const request = beginStop(this.#daemon, container, spelled, { ...options, cause: "stop" });
    await this.#stop(container, request);
    return request.state !== "not running";
  }

  /**
   * Restarts a container.
   *
   * @param spelled the container as the request named it
   */
  async restart(container: Container, spelled: string, options: StopOptions): Promise<void> {
    const request = beginStop(this.#daemon, container, spelled, { ...options, cause: "restart" });
    await this.#stop(container, request);
    await this.afterTrial(
      () => ({ container }),
      () => {
        // While the stop waited, another call may have started or removed the container.
        if (isRunning(container)) return;
        if (!this.#daemon.containers.byId.get(container.id))
          throw engineError(404, `No such container: ${spelled}`);
        this.#run(container, finishRestart(this.#daemon, container, spelled));
      },
    );
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

  /**
   * Removes a container.
   *
   * @param ref the container as the request named it
   */
  remove(ref: string, options: Parameters<typeof removeContainer>[2]): void {
    const container = findContainer(this.#daemon, ref);
    removeContainer(this.#daemon, ref, options, (killed) => this.#network?.stacks.end(killed));
    if (this.#daemon.containers.byId.get(container.id)) return;
    this.#callOffRestart(container);
    this.#drop(container);
  }

  /**
   * Starts an exec and passes its output on. The returned process takes its input.
   *
   * @throws {EngineError} as {@link startExec} of the core does for a command that cannot run
   */
  startExec(exec: Exec, output: OutputTarget): ExecProcess {
    return this.#runExec(exec, startExec(this.#daemon, exec), output);
  }

  /** Returns the container's first process, if it runs. */
  firstProcess(container: Container): FirstProcess | undefined {
    return this.#first.get(container);
  }

  /** Returns the process of an exec, if it runs. */
  execProcess(exec: Exec): ExecProcess | undefined {
    return [...(this.#execs.get(exec.container) ?? [])].find((process) => process.exec === exec);
  }

  /** Returns the input and output of the container's first process, during a run and before. */
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

  /** Returns the PID namespace of a running container. */
  pids(container: Container): PidNamespace {
    const first = this.#first.get(container);
    if (!first) throw new Error(`container ${container.id} does not run`);
    return first.pids;
  }

  /** Resolves when attached clients have read all output of earlier runs; `undefined` if they have. */
  allRead(container: Container): Promise<unknown> | undefined {
    return this.#streams.get(container)?.allRead();
  }

  /** Returns the output of the container's first processes over all runs; `undefined` if there is none. */
  log(container: Container): ContainerLog | undefined {
    return this.#logs.get(container);
  }

  /** Like {@link log}, but makes the log if there is none, so that future output can be followed. */
  openLog(container: Container, past: readonly LogLine[] = []): ContainerLog {
    let log = this.#logs.get(container);
    if (!log) {
      log = containerLog(this.#daemon.clock.now, past);
      this.#logs.set(container, log);
    }
    return log;
  }

  /**
   * Resumes what ran when a snapshot was taken. Programs start again from the beginning, while their
   * containers count as having run all along. A scheduled restart waits its whole delay again.
   */
  resumeAll(): void {
    if (this.#daemon.containers.byId.size === 0) return;
    const containers = [...this.#daemon.containers.byId.values()];
    const loading = this.loadPrograms(containers.flatMap(({ path, args }) => [path, ...args]));
    if (loading) loading.then(() => this.#resumeAll());
    else this.#resumeAll();
  }

  #resumeAll(): void {
    if (this.#closed) return;
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

  /** Ends every process without reporting it, because the engine is closed. */
  close(): void {
    this.#closed = true;
    for (const callOff of this.#restarts.values()) callOff();
    this.#restarts.clear();
    for (const container of [...this.#first.keys()]) this.#drop(container);
    this.#network?.stacks.close();
  }

  #run(container: Container, launch: Launch): void {
    const first = new FirstProcess(container, this.#surroundings);
    this.#first.set(container, first);
    const exitCode = this.endsAtOnce?.(container);
    first.process = startProcess(
      exitCode === undefined
        ? firstProgram(this.#daemon, this.#surroundings.programs, container, launch)
        : () => Promise.resolve(exitCode),
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
    const { container, waiting } = first;
    // The process was dropped, so the core knows of its end.
    if (this.#first.get(container) !== first) return;
    this.#first.delete(container);
    this.#logs.get(container)?.endRun();
    this.#streams.get(container)?.end();
    this.#monitors.get(container)?.containerEnded();
    this.#monitors.delete(container);
    this.#network?.stacks.end(container);
    const after = containerExited(this.#daemon, container, exitCode);
    if (first.hasOthers) first.pids.end();
    if (after.next === "restarts") this.#restartAfter(container, after.delay);
    for (const ended of waiting ?? []) ended();
  }

  #execEnded(running: ExecProcess, exitCode: number): boolean {
    const { exec } = running;
    const processes = this.#execs.get(exec.container);
    processes?.delete(running);
    if (processes?.size === 0) this.#execs.delete(exec.container);
    return !this.#closed && execEnded(this.#daemon, exec, exitCode);
  }

  #restartAfter(container: Container, delay: number): void {
    const callOff = this.#time.after(delay, () => {
      this.#restarts.delete(container);
      this.afterTrial(
        () => ({ container }),
        () => {
          const launch = startAgain(this.#daemon, container);
          if (launch) this.#run(container, launch);
        },
      );
    });
    this.#restarts.set(container, callOff);
  }

  #callOffRestart(container: Container): void {
    this.#restarts.get(container)?.();
    this.#restarts.delete(container);
  }

  async #stop(container: Container, request: StopRequest): Promise<void> {
    this.#callOffRestart(container);
    if (request.state !== "running") return;
    const first = this.#first.get(container);
    const { signal, timeout } = request;
    const delivery = signalForStop(this.#daemon, container, signal);
    // With a grace of zero the engine never notices in time what its signal did, and kills what that signal
    // has killed.
    if (timeout === 0 && signal === sigkill) signalForStop(this.#daemon, container, sigkill);
    this.#deliver(container, delivery);
    if (!first || this.#first.get(container) !== first) return;
    if (timeout !== 0) await this.#grace(first, signal, timeout);
    if (this.#first.get(container) !== first) return;
    this.#deliver(container, signalForStop(this.#daemon, container, sigkill));
  }

  /**
   * Waits until the process has ended or the grace is over. Returns `undefined` when nothing can happen until
   * then: the process would be killed in any case, so nobody waits.
   */
  #grace(first: FirstProcess, signal: number, seconds: number): Promise<void> | undefined {
    const idleFor = (settled: boolean): number => {
      // Its program knows what it does about the signal, and until when.
      if (first.process?.handles(signal)) return 0;
      // A client has paused it, and may unpause it.
      if (isPaused(first.container)) return 0;
      const health = this.#monitors.get(first.container)?.idleFor() ?? Number.POSITIVE_INFINITY;
      const all = first.hasOthers ? first.pids.idleFor(settled) : first.process?.idleFor(settled);
      return Math.min(all ?? 0, health);
    };
    return graceOf(first, seconds, idleFor);
  }

  #deliver(container: Container, { signal, resumes }: SignalDelivery): void {
    const first = this.#first.get(container);
    if (!first) return;
    first.process?.signal(signal);
    if (resumes) this.#resume(container);
  }

  #resume(container: Container): void {
    const first = this.#first.get(container);
    if (first?.hasOthers) first.pids.resume();
    else first?.process?.resume();
    if (this.#first.has(container)) this.#watchHealth(container);
  }

  /** Ends a container's processes after the core has ended or removed the container. */
  #drop(container: Container): void {
    const first = this.#first.get(container);
    this.#first.delete(container);
    this.#monitors.get(container)?.abandon();
    this.#monitors.delete(container);
    first?.process?.signal(sigkill);
    this.#network?.stacks.end(container);
    this.#logs.get(container)?.endRun();
    if (first) this.#streams.get(container)?.end();
    if (first?.hasOthers) first.pids.end();
    for (const ended of first?.waiting ?? []) ended();
  }
}

function isPaused({ state }: Container): boolean {
  return state.status === "paused";
}
