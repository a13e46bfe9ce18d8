import type { User } from "@dryharbor/kernel";
import type {
  Member,
  Namespaces,
  OutputName,
  PidNamespace,
  Process,
  ProcessHost,
  Terminal,
  Time,
} from "@dryharbor/kernel/host";
import { consoleSizeOf } from "../core/containers/console-size.js";
import { userOf } from "../core/containers/user.js";
import type { Exec } from "../core/exec/exec.js";
import { environment } from "./environment.js";
import { ContainerNamespaces } from "./namespaces.js";
import type { OutputTarget } from "./output-target.js";
import { terminalOf } from "./process-terminal.js";
import type { Surroundings } from "./surroundings.js";

/**
 * How long the engine waits after the end of an exec's process for others to close its outputs, in
 * milliseconds. With a terminal it does not wait: the terminal goes with its first process. Seen on 20.10 and
 * 28.5.
 */
const outputPatience = 2_000;

/**
 * A process that an exec started in a container. It is the kernel's host for that process, and passes its
 * output to whoever started the exec.
 */
export class ExecProcess implements ProcessHost, Member {
  process: Process | undefined;
  readonly pid: number;
  readonly parentPid = 0;
  readonly startedAt: bigint;
  readonly pids: PidNamespace;
  #terminal: Terminal | undefined;
  #user: User | undefined;
  /** Whether the engine has still to tell of the end of the process. */
  #owesEvent = false;
  /** Whether the engine has let go of the outputs. */
  #over = false;
  #callOff: (() => void) | undefined;

  constructor(
    readonly exec: Exec,
    readonly target: OutputTarget,
    readonly surroundings: Surroundings,
  ) {
    this.pids = surroundings.pids(exec.container);
    this.pid = this.pids.newPid();
    this.startedAt = surroundings.time.now();
  }

  get tty(): boolean {
    return this.exec.tty;
  }
  get user(): User {
    const { container, user, privileged } = this.exec;
    this.#user ??= userOf(this.surroundings.daemon, container, user, { Privileged: privileged });
    return this.#user;
  }
  get session(): number {
    return this.pid;
  }
  get group(): number {
    return this.pid;
  }
  get terminal(): Terminal | undefined {
    const { consoleSize, container } = this.exec;
    if (this.tty) {
      this.#terminal ??= terminalOf(this, consoleSize ?? consoleSizeOf(this.surroundings.daemon, container));
    }
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
    const { container, tty, env } = this.exec;
    return environment(this.surroundings.daemon, container, { tty, env, user: this.user });
  }
  cwd(): string {
    return this.exec.workingDir || this.exec.container.config.WorkingDir || "/";
  }
  namespaces(): Namespaces {
    return new ContainerNamespaces(this.surroundings, this.exec.container);
  }
  isFirst(): boolean {
    return false;
  }
  hasInput(): boolean {
    return this.exec.attachStdin;
  }
  inputMayCome(): boolean {
    return this.exec.attachStdin;
  }
  waits(): void {
    this.pids.waits();
  }
  descriptors(): undefined {
    return undefined;
  }
  output(name: OutputName, data: Uint8Array): Promise<void> | undefined {
    if (this.#over) return undefined;
    const { terminal } = this;
    if (terminal) this.target.data("stdout", terminal.output(data));
    else this.target.data(name, data);
    return this.target.room();
  }
  exited(exitCode: number): void {
    this.pids.remove(this.pid);
    this.#owesEvent = this.surroundings.execEnded(this, exitCode);
    if (this.tty || this.#over) this.#letGo();
    else this.#callOff = this.time.after(outputPatience, () => this.#letGo());
  }
  /** Called when the last process with the exec's outputs has closed them. */
  closed(): void {
    this.#letGo();
  }
  /** Lets go of the outputs: processes in the background write for nobody from now on. */
  #letGo(): void {
    this.#over = true;
    this.#callOff?.();
    if (this.#owesEvent) this.surroundings.tellOfEnd(this);
    this.#owesEvent = false;
    this.target.end();
  }
  /** Passes input on from whoever started the exec. */
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
