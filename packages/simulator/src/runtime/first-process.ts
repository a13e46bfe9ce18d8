// The first process of a container, as the kernel sees it. `Runtime` makes one for each run. It answers what
// the kernel asks about the process from the container's configuration, and passes output to the log and to
// attached clients.

import type { User } from "@dryharbor/kernel";
import {
  type Member,
  type Namespaces,
  type OutputName,
  PidNamespace,
  type Process,
  type ProcessHost,
  type Terminal,
  type Time,
} from "@dryharbor/kernel/host";
import { consoleSizeOf } from "../core/containers/console-size.js";
import type { Container } from "../core/containers/container.js";
import { userOf } from "../core/containers/user.js";
import { environment } from "./environment.js";
import { ContainerNamespaces } from "./namespaces.js";
import { terminalOf } from "./process-terminal.js";
import type { Surroundings } from "./surroundings.js";

/** The PID of the first process that is started inside a container. runc has used up those before it. */
const firstChildPid = 7;

/**
 * A container's first process (PID 1). Its properties are getters that make nothing before it is asked for,
 * so that a sleeping process costs one small object.
 */
export class FirstProcess implements ProcessHost, Member {
  process: Process | undefined;
  readonly pid = 1;
  readonly parentPid = 0;
  /** Called when the process has ended, by stops that wait for it. */
  waiting: (() => void)[] | undefined;
  #terminal: Terminal | undefined;
  #pids: PidNamespace | undefined;
  #user: User | undefined;

  constructor(
    readonly container: Container,
    readonly surroundings: Surroundings,
  ) {}

  get time(): Time {
    return this.surroundings.time;
  }
  /** The PID namespace, made when it is first asked for, since most processes are alone. */
  get pids(): PidNamespace {
    if (!this.#pids) {
      this.#pids = new PidNamespace(this.time, firstChildPid);
      this.#pids.add(this);
    }
    return this.#pids;
  }
  get hasOthers(): boolean {
    return this.#pids !== undefined;
  }
  get startedAt(): bigint {
    return this.container.state.startedAt;
  }
  get user(): User {
    const { daemon } = this.surroundings;
    this.#user ??= userOf(daemon, this.container, this.container.config.User ?? "");
    return this.#user;
  }
  get session(): number {
    return this.pid;
  }
  get group(): number {
    return this.pid;
  }
  get terminal(): Terminal | undefined {
    if (this.tty)
      this.#terminal ??= terminalOf(this, consoleSizeOf(this.surroundings.daemon, this.container));
    return this.#terminal;
  }
  argv(): readonly string[] {
    return this.process?.argv() ?? this.initialArgv();
  }
  initialArgv(): [string, ...string[]] {
    return [this.container.path, ...this.container.args];
  }
  env(): Readonly<Record<string, string>> {
    return environment(this.surroundings.daemon, this.container, { tty: this.tty, user: this.user });
  }
  cwd(): string {
    return this.container.config.WorkingDir || "/";
  }
  namespaces(): Namespaces {
    return new ContainerNamespaces(this.surroundings, this.container);
  }
  isFirst(): boolean {
    const { Init, PidMode } = this.container.hostConfig;
    // With Docker's own init, or in another PID namespace, the process is not the first.
    return Init !== true && !PidMode;
  }
  hasInput(): boolean {
    return this.container.config.OpenStdin === true;
  }
  inputMayCome(): boolean {
    return this.surroundings.streams(this.container)?.hasInput === true;
  }
  waits(): void {
    this.#pids?.waits();
  }
  descriptors(): undefined {
    return undefined;
  }
  output(name: OutputName, data: Uint8Array): Promise<void> | undefined {
    const { terminal } = this;
    return terminal ? this.#pass("stdout", terminal.output(data)) : this.#pass(name, data);
  }
  exited(exitCode: number): void {
    this.surroundings.firstExited(this, exitCode);
  }
  /** Passes input on from attached clients. */
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
