import { sigkill, type Time } from "@dryharbor/kernel/host";
import type { Container } from "../core/containers/container.js";
import { goDuration } from "../core/containers/duration.js";
import { probeDelay, probed, probeTimeout } from "../core/containers/health.js";
import type { Daemon } from "../core/daemon.js";
import type { Exec } from "../core/exec/exec.js";
import { createProbe, execExited, killExec } from "../core/exec/lifecycle.js";
import type { ExecProcess } from "./exec-process.js";
import type { OutputTarget } from "./output-target.js";
import { ProbeOutput } from "./probe-output.js";

/** The parts of the runtime that a monitor uses. */
interface Surroundings {
  readonly daemon: Daemon;
  readonly time: Time;
  /** Starts the check's exec. @throws {EngineError} if the command cannot run */
  startExec(exec: Exec, output: OutputTarget): ExecProcess;
}

/** A check in progress. */
interface Probe {
  /** When it began, in nanoseconds. */
  readonly began: bigint;
  readonly exec: Exec;
  readonly output: ProbeOutput;
  process: ExecProcess | undefined;
}

/** Checks a container's health by one exec after another, from its construction until it is stopped. */
export class HealthMonitor {
  readonly #container: Container;
  readonly #command: Exec["command"];
  readonly #surroundings: Surroundings;
  #probe: Probe | undefined;
  /** Cancels the timer: the next check, or the timeout of the current one. */
  #callOff!: () => void;
  /** When the timer is due, in nanoseconds. */
  #due = 0n;

  constructor(container: Container, command: Exec["command"], surroundings: Surroundings) {
    this.#container = container;
    this.#command = command;
    this.#surroundings = surroundings;
    this.#wait();
  }

  /** Returns the milliseconds until the monitor does something. */
  idleFor(): number {
    return Math.max(0, Number(this.#due - this.#surroundings.time.now()) / 1e6);
  }

  /** Stops because the container, and with it every process in it, has been dropped. */
  abandon(): void {
    this.#callOff();
    this.#probe = undefined;
  }

  /** Stops and kills a check in progress, whose result is ignored. */
  giveUp(): void {
    const probe = this.#probe;
    this.abandon();
    if (probe) this.#kill(probe);
  }

  /** Stops because the container's process has ended, which kills a check in progress as well. */
  containerEnded(): void {
    const probe = this.#probe;
    this.abandon();
    if (!probe) return;
    execExited(this.#surroundings.daemon, probe.exec, 128 + sigkill);
    this.#record(probe, 128 + sigkill, probe.output.text());
  }

  #wait(): void {
    const { daemon } = this.#surroundings;
    this.#after(probeDelay(daemon, this.#container), () => this.#check());
  }

  #after(nanoseconds: number, callback: () => void): void {
    const { time } = this.#surroundings;
    this.#due = time.now() + BigInt(Math.round(nanoseconds));
    this.#callOff = time.after(nanoseconds / 1e6, callback);
  }

  #check(): void {
    const { daemon, startExec } = this.#surroundings;
    const began = daemon.clock.now();
    const exec = createProbe(daemon, this.#container, this.#command);
    const output = new ProbeOutput();
    const probe: Probe = { began, exec, output, process: undefined };
    this.#probe = probe;
    this.#after(probeTimeout(this.#container), () => this.#tooLong(probe));
    try {
      probe.process = startExec(exec, {
        data: (_, data) => output.add(data),
        room: () => undefined,
        end: () => this.#ended(probe, exec.exitCode ?? 0, output.text()),
      });
    } catch (error) {
      this.#ended(probe, -1, (error as Error).message);
    }
  }

  #tooLong(probe: Probe): void {
    const said = this.#surroundings.daemon.release.health.timeoutShowsOutput ? probe.output.text() : "";
    this.#probe = undefined;
    this.#kill(probe);
    const limit = goDuration(probeTimeout(this.#container));
    this.#record(probe, -1, `Health check exceeded timeout (${limit})${said && `: ${said}`}`);
    this.#wait();
  }

  #ended(probe: Probe, exitCode: number, output: string): void {
    // The check has been given up, so its result is ignored.
    if (this.#probe !== probe) return;
    this.abandon();
    this.#record(probe, exitCode, output);
    this.#wait();
  }

  #record({ began }: Probe, exitCode: number, output: string): void {
    probed(this.#surroundings.daemon, this.#container, { began, exitCode, output });
  }

  #kill({ exec, process }: Probe): void {
    killExec(this.#surroundings.daemon, exec);
    process?.process?.signal(sigkill);
  }
}
