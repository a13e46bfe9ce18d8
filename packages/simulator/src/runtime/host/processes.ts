// Processes of the simulated host itself: shells and programs that run beside the engine, in no container. It is
// loaded with the first of them.

import type {
  Machine,
  Network,
  Program,
  ProgramTable,
  Resolver,
  TerminalSize,
  User,
} from "@dryharbor/kernel";
import { parseSignal } from "@dryharbor/kernel";
import {
  type Files,
  findExecutable,
  type Member,
  type Namespaces,
  type OutputName,
  PidNamespace,
  type Process,
  type ProcessHost,
  type SocketOwner,
  sigkill,
  startProcess,
  type Terminal,
  type Time,
} from "@dryharbor/kernel/host";
import { resolverOnDemand } from "@dryharbor/programs/image";
import { type OutputChunk, type ProcessStream, UsageError, withWebStreams } from "@dryharbor/sdk/port";
import type { Daemon } from "../../core/daemon.js";
import { hostFiles } from "../../core/host/files.js";
import { machine } from "../../core/system/host.js";
import { terminalOf } from "../process-terminal.js";
import { missingProgram } from "../programs.js";

/** Options of {@link SimulatedHost.run}. Each has a default. */
export interface HostRunOptions {
  /** Environment variables beside `HOME`, `PATH` and the like. They go before these. */
  readonly env?: Readonly<Record<string, string>>;
  /** The working directory. Default: `/root`. */
  readonly cwd?: string;
  /**
   * Programs that the host has for this process and its children, by name, beside BusyBox's and curl. They are
   * found in `/usr/bin`, and go before others of the same name.
   */
  readonly programs?: Readonly<Record<string, Program>>;
  /**
   * Gives the process a terminal of this size. Its input is what is typed, and all output comes as `stdout`. Default:
   * no terminal.
   */
  readonly terminal?: TerminalSize;
}

/**
 * A process of the host, with its streams. Closing the streams leaves it running. One with a terminal is hung up on:
 * it gets SIGHUP.
 */
export interface HostProcess extends ProcessStream {
  readonly pid: number;
  /** Resolves to its exit code: 128 plus its number where a signal ended it, also when the simulator is closed. */
  readonly exitCode: Promise<number>;
  /** Changes the size of its terminal, which sends SIGWINCH. Does nothing without a terminal. */
  resize(size: TerminalSize): void;
  /**
   * Sends it a signal.
   *
   * @param signal a name or number. Default: `SIGTERM`
   * @throws {UsageError} there is no such signal
   */
  kill(signal?: string | number): void;
}

/** The PID of the first process that is started here. Those before it belong to the system. */
const firstPid = 1001;

const root: User = { uid: 0, gid: 0, groups: [0] };
const path = "/usr/local/sbin:/usr/local/bin:/usr/sbin:/usr/bin:/sbin:/bin";
const text = new TextEncoder();

/** What the processes of a host are made with. */
export interface HostParts {
  readonly daemon: Daemon;
  readonly time: Time;
  readonly programs: ProgramTable;
  network(owner: SocketOwner): Network;
  /** Opens a stream for the output of a process. @param released called when nobody reads it any more */
  openOutput(released: () => void): OutputStream;
  /** Calls `close` when the simulator is closed, until the returned function is called. */
  whenClosed(close: () => void): () => void;
}

/** The output of a process, as somebody reads it. */
interface OutputStream extends AsyncIterable<OutputChunk> {
  send(chunk: OutputChunk): void;
  /** Resolves when the reader has caught up. `undefined` when the writer need not wait. */
  room(): Promise<void> | undefined;
  end(): void;
  close(): void;
}

/** The processes of one host. */
export class HostProcesses {
  readonly #parts: HostParts;
  readonly #pids: PidNamespace;

  constructor(parts: HostParts) {
    this.#parts = parts;
    const { time, daemon } = parts;
    this.#pids = new PidNamespace(time, firstPid);
    const startedAt = daemon.networks.named("bridge")[0]?.created ?? time.now();
    const argv = () => ["/sbin/init"];
    const init = { pid: 1, parentPid: 0, startedAt, tty: false, user: root, session: 1, group: 1, argv };
    this.#pids.add({ ...init, env: () => ({}), cwd: () => "/", process: undefined });
    daemon.hostFiles.processes = () => this.#pids.list();
  }

  /** Starts a process. @throws {UsageError} the host has no such program */
  run(argv: readonly [string, ...string[]], options: HostRunOptions): HostProcess {
    const running = new RunningProcess(this.#parts, this.#pids, argv, options);
    const program = running.seen.findProgram(
      argv[0],
      running.seen.files.with({ cwd: running.cwd() }),
      running.env().PATH ?? "",
    );
    if (!program) throw new UsageError(`the simulated host has no program "${argv[0]}"`);
    running.start(program);
    return streamsOf(running);
  }
}

/** A process that was started from outside, as the kernel sees it. */
class RunningProcess implements ProcessHost, Member {
  process: Process | undefined;
  readonly pid: number;
  readonly parentPid = 0;
  readonly startedAt: bigint;
  readonly user = root;
  readonly seen: HostNamespaces;
  readonly terminal: Terminal | undefined;
  readonly stream: OutputStream;
  readonly exitCode: Promise<number>;
  #over: (exitCode: number) => void = () => {};
  readonly #letGo: () => void;

  constructor(
    readonly parts: HostParts,
    readonly pids: PidNamespace,
    readonly command: readonly [string, ...string[]],
    readonly options: HostRunOptions,
  ) {
    this.pid = pids.newPid();
    this.startedAt = parts.time.now();
    this.seen = new HostNamespaces(parts, options.programs);
    const { terminal: size } = options;
    if (size) this.terminal = terminalOf(this, [size.rows, size.columns]);
    this.stream = parts.openOutput(() => {
      if (this.terminal) this.hangUp();
      else this.process?.endInput();
    });
    this.exitCode = new Promise((resolve) => {
      this.#over = resolve;
    });
    this.#letGo = parts.whenClosed(() => {
      for (const { process } of pids.list()) process?.signal(sigkill);
    });
  }

  start(program: Program): void {
    this.pids.add(this);
    this.process = startProcess(program, this, false);
  }

  get time(): Time {
    return this.parts.time;
  }
  get tty(): boolean {
    return this.terminal !== undefined;
  }
  get session(): number {
    return this.pid;
  }
  get group(): number {
    return this.pid;
  }
  argv(): readonly string[] {
    return this.process?.argv() ?? this.command;
  }
  initialArgv(): readonly [string, ...string[]] {
    return this.command;
  }
  env(): Readonly<Record<string, string>> {
    const ofTerminal = this.tty ? { PS1: "\\u@\\h:\\w\\$ ", TERM: "xterm-256color" } : {};
    const ofUser = { HOME: "/root", LOGNAME: "root", SHELL: "/bin/sh", USER: "root" };
    return { ...ofUser, PATH: path, ...ofTerminal, ...this.options.env };
  }
  cwd(): string {
    return this.options.cwd ?? "/root";
  }
  namespaces(): Namespaces {
    return this.seen;
  }
  isFirst(): boolean {
    return false;
  }
  hasInput(): boolean {
    return true;
  }
  inputMayCome(): boolean {
    return true;
  }
  waits(): void {
    this.pids.waits();
  }
  descriptors(): undefined {
    return undefined;
  }
  output(name: OutputName, data: Uint8Array): Promise<void> | undefined {
    const { terminal, stream } = this;
    if (terminal) stream.send({ stream: "stdout", data: terminal.output(data) });
    else stream.send({ stream: name, data });
    return stream.room();
  }
  exited(exitCode: number): void {
    this.pids.remove(this.pid);
    this.#letGo();
    this.#over(exitCode);
    // A terminal goes with the first process of its session, and whatever runs in its foreground is told.
    if (this.terminal) {
      this.hangUp();
      this.stream.end();
    }
  }
  /** Called when no process has its outputs any more. */
  closed(): void {
    this.stream.end();
  }

  /** Tells the session that its terminal has gone. */
  hangUp(): void {
    const sighup = parseSignal("SIGHUP");
    this.process?.signal(sighup);
    const foreground = this.terminal?.foreground;
    if (foreground !== undefined) this.pids.signalGroup(this.session, foreground, sighup);
    this.process?.endInput();
  }
}

function streamsOf(running: RunningProcess): HostProcess {
  const { stream, terminal } = running;
  const process = withWebStreams({
    [Symbol.asyncIterator]: () => stream[Symbol.asyncIterator](),
    close: stream.close,
    async write(data) {
      const typed = typeof data === "string" ? text.encode(data) : data.slice();
      const room = running.process?.room();
      if (room) await room;
      if (terminal) terminal.type(typed);
      else running.process?.write(typed);
    },
    async end() {
      if (terminal) running.hangUp();
      else running.process?.endInput();
    },
  });
  return Object.assign(process, {
    pid: running.pid,
    exitCode: running.exitCode,
    resize(size: TerminalSize) {
      if (terminal) terminal.size = size;
    },
    kill(signal: string | number = "SIGTERM") {
      const number = parseSignal(String(signal));
      if (number === 0) throw new UsageError(`there is no signal "${signal}"`);
      running.process?.signal(number);
    },
  });
}

/** What a process of the host sees: the host's files, programs and network. */
class HostNamespaces implements Namespaces {
  readonly machine: Machine = machine;
  readonly files: Files;
  readonly programs: ProgramTable;
  readonly resolver: Resolver;
  readonly #parts: HostParts;

  constructor(parts: HostParts, given: Readonly<Record<string, Program>> = {}) {
    this.#parts = parts;
    this.files = hostFiles(parts.daemon, Object.keys(given));
    this.programs = new Map([...parts.programs, ...Object.entries(given)]);
    this.resolver = resolverOnDemand(this.files);
  }

  get hostname(): string {
    return this.#parts.daemon.settings.hostname;
  }

  findProgram(command: string, files: Files, path: string): Program | undefined {
    const { programs } = this;
    const lookup = {
      programs,
      files,
      unrunnableExitCode: 126,
      missing: missingProgram,
      interpretsText: true,
    };
    return findExecutable(lookup, command, path);
  }

  network(owner: SocketOwner): Network {
    return this.#parts.network(owner);
  }
}
