import { isCapable } from "../capabilities.js";
import { FileError } from "../files/file-error.js";
import { ByteQueue } from "../pipes/byte-queue.js";
import { rest } from "../time/rest.js";
import { attachedFiles } from "./attached-files.js";
import { Context } from "./context.js";
import type { OutputName, ProcessHost } from "./host.js";
import { userOf } from "./member.js";
import type { OpenFile } from "./open-file.js";
import {
  firstPrivateDescriptor,
  type Program,
  type ProgramCall,
  type ProgramStart,
  type SignalHandler,
  type StartedProcess,
  type User,
} from "./program.js";
import { defaultAction } from "./signal-action.js";
import { parseSignal, sigcont, sigkill, sigpipe, sigstop } from "./signals.js";
import type { SocketOwner } from "./socket-owner.js";

/** A running process, from the side of the code that started it. */
export interface Process {
  /** Returns whether the program has set a handler for a signal. */
  handles(signal: number): boolean;
  /**
   * Returns for how many milliseconds the process does nothing, if no other process of its PID namespace and no
   * client of the machine does anything to it. 0 when it may act at any time, `Infinity` when it waits for others.
   * A program that waits for something that the kernel does not know may act at any time.
   *
   * @param settled whether all code that was woken has run until it waits again, as after a turn of the event
   *   loop. Without that only a process that sleeps and does nothing else is known to be idle.
   */
  idleFor(settled: boolean): number;
  /** The user that the process runs as now. */
  readonly user: User;
  /** Whether a signal has stopped the process. */
  readonly stopped: boolean;
  /** Whether the process does something, and waits for nothing. */
  readonly isBusy: boolean;
  /** Returns the signals that the process ignores and handles, each as a set: the sum of 2 to the power of number - 1. */
  signalSets(): { readonly ignored: number; readonly caught: number };
  /** Returns the command line that the process runs now. */
  argv(): readonly [string, ...string[]];
  /** Returns the environment and the working directory that the program was started with. */
  env(): Readonly<Record<string, string>>;
  cwd(): string;
  /** Returns the open files by descriptor. */
  descriptors(): ReadonlyMap<number, OpenFile>;
  /** Delivers a signal. SIGKILL ends the process before this returns. */
  signal(signal: number): void;
  /** Suspends the process: its time and its output stand still until {@link resume}. */
  pause(): void;
  resume(): void;
  /** Writes to standard input. */
  write(data: Uint8Array): void;
  /** Lets the reader of standard input see its end once, although more input may follow. */
  markEndOfInput(): void;
  /** Ends standard input. */
  endInput(): void;
  /** Resolves when standard input can take more. Returns `undefined` when it can take more now. */
  room(): Promise<void> | undefined;
}

/** One pending `sleep` of a process: the milliseconds that are left, and the callback that wakes it. */
class Sleeper {
  /** The time from which `left` counts down, in nanoseconds. `undefined` while the sleep is suspended. */
  since: bigint | undefined;
  cancel: (() => void) | undefined;

  constructor(
    public left: number,
    readonly wake: () => void,
  ) {}

  /** Returns the milliseconds until it wakes. `Infinity` while it is suspended. */
  leftAt(now: bigint): number {
    if (this.since === undefined) return Number.POSITIVE_INFINITY;
    return Math.max(0, this.left - Number(now - this.since) / 1e6);
  }
}

const text = new TextEncoder();
/** The number of calls of `caughtUp` after which a process yields a turn of the event loop to others. */
const turnsBetweenRests = 64;

/**
 * Starts a program. The program runs to its first `await` before this returns, so that its signal handlers
 * are set by then.
 *
 * @param paused Whether the process starts suspended. It then begins with {@link Process.resume}.
 * @param ignored the numbers of the signals that the process ignores
 */
export function startProcess(
  program: Program,
  host: ProcessHost,
  paused: boolean,
  ignored?: ReadonlySet<number>,
): Process {
  return new RunningProcess(program, host, paused, ignored);
}

/**
 * A running process, from the side of its program. Rarely used parts are made at their first use, to keep it
 * cheap.
 */
export class RunningProcess implements Process, SocketOwner {
  readonly #program: Program;
  readonly #host: ProcessHost;
  #ended = false;
  /** Whether the process is suspended by {@link pause}. */
  #paused: boolean;
  /** Whether a signal has stopped the process. */
  #stopped = false;
  /** Resolves when the readers of its output have caught up. `undefined` while the process need not wait. */
  #blocked: Promise<void> | undefined;
  /** Whether one of these readers is outside of the kernel. */
  #blockedFromOutside = false;
  /** Whether the program was woken, and may not have come to its next wait. */
  #awake = true;
  /** Whether the program lets others run, and goes on in the next turn of the event loop. */
  #yields = false;
  /** The number of its children that run. */
  #children = 0;
  /** The files that the program waits to read. */
  #reading: OpenFile[] | undefined;
  /** Actions that are held back until the process goes on. */
  #held: (() => void)[] | undefined;
  #handlers: Map<number, (() => void) | "ignore"> | undefined;
  #sleepers: Sleeper[] | undefined;
  #killed: AbortController | undefined;
  #stdin: ByteQueue | undefined;
  #descriptors: Map<number, OpenFile> | undefined;
  /** What is closed at the end of the process: its sockets. */
  #closing: Set<() => void> | undefined;
  /** The call of the program that replaced the first one. See {@link become}. */
  #call: ProgramCall | undefined;
  #turns = 0;

  constructor(program: Program, host: ProcessHost, paused: boolean, ignored?: ReadonlySet<number>) {
    this.#program = program;
    this.#host = host;
    this.#paused = paused;
    if (ignored && ignored.size > 0) {
      this.#handlers = new Map([...ignored].map((signal) => [signal, "ignore" as const]));
    }
    if (paused) this.#held = [() => this.#run()];
    else this.#run();
  }

  #run(): void {
    // A program that throws has a bug. Standard error is where its user looks first.
    const mistaken = (error: unknown): void => {
      const message = error instanceof Error ? (error.stack ?? error.message) : String(error);
      this.output("stderr", `${message}\n`);
      this.#whenRunning(() => this.#end(1));
    };
    try {
      this.#program(new Context(this, this.#host, undefined)).then(
        (exitCode) => this.#whenRunning(() => this.#end(exitCode & 0xff)),
        mistaken,
      );
    } catch (error) {
      mistaken(error);
    }
  }

  handles(signal: number): boolean {
    return typeof this.#handlers?.get(signal) === "function";
  }

  idleFor(settled: boolean): number {
    if (this.#ended || this.#standsStill) return Number.POSITIVE_INFINITY;
    const sleepers = this.#sleepers ?? [];
    const reading = this.#reading ?? [];
    if (!settled) {
      const onlySleeps = sleepers.length === 1 && reading.length === 0 && this.#children === 0;
      if (this.#awake || !onlySleeps) return 0;
    }
    const waits = sleepers.length > 0 || reading.length > 0 || this.#children > 0 || this.#blocked;
    // Whoever holds a socket may hear from others at any time.
    const hasSockets = this.#closing !== undefined && this.#closing.size > 0;
    if (!waits || this.#yields || hasSockets || this.#isOpenToOthers(reading)) return 0;
    const now = this.#host.time.now();
    return Math.min(...sleepers.map((sleeper) => sleeper.leftAt(now)), Number.POSITIVE_INFINITY);
  }

  /** Returns whether something outside of the PID namespace may wake the process. */
  #isOpenToOthers(reading: readonly OpenFile[]): boolean {
    if (this.#closing && this.#closing.size > 0) return true;
    if (this.#blocked && this.#blockedFromOutside) return true;
    if (this.#host.tty && this.#host.inputMayCome()) return true;
    return reading.some((file) => file.isOpenToOthers?.() ?? true);
  }

  get isBusy(): boolean {
    const waits = (this.#sleepers?.length ?? 0) + (this.#reading?.length ?? 0) + this.#children > 0;
    return !this.#ended && !this.#standsStill && this.#awake && !this.#blocked && !waits;
  }

  signalSets(): { readonly ignored: number; readonly caught: number } {
    const sets = { ignored: 0, caught: 0 };
    for (const [signal, handler] of this.#handlers ?? []) {
      sets[handler === "ignore" ? "ignored" : "caught"] += 2 ** (signal - 1);
    }
    return sets;
  }

  get stopped(): boolean {
    return this.#stopped;
  }

  argv(): readonly [string, ...string[]] {
    return this.#call?.argv ?? this.#host.initialArgv();
  }

  env(): Readonly<Record<string, string>> {
    return this.#call?.env ?? this.#host.env();
  }

  cwd(): string {
    return this.#call?.cwd ?? this.#host.cwd();
  }

  descriptors(): ReadonlyMap<number, OpenFile> {
    return this.#table;
  }

  get #table(): Map<number, OpenFile> {
    this.#descriptors ??= new Map(this.#host.descriptors() ?? attachedFiles(this, this.#host));
    return this.#descriptors;
  }

  redirect(descriptor: number, file: OpenFile | undefined): void {
    const table = this.#table;
    const before = table.get(descriptor);
    file?.hold();
    if (file) table.set(descriptor, file);
    else table.delete(descriptor);
    before?.drop();
  }

  signal(signal: number): void {
    if (signal === sigkill) {
      this.#end(128 + sigkill, sigkill);
      return;
    }
    if (signal === sigcont && this.#stopped) {
      this.#stopped = false;
      this.#goOn();
    }
    const handler = this.#handlers?.get(signal);
    const action = defaultAction(signal, this.#host.isFirst());
    if (handler !== undefined) {
      if (handler !== "ignore") {
        this.#awake = true;
        this.#whenRunning(handler);
      }
    } else if (action === "end") {
      this.#whenRunning(() => this.#end(128 + signal, signal));
    } else if (action === "stop") {
      this.#stopped = true;
      this.#standStill();
    }
  }

  pause(): void {
    this.#paused = true;
    this.#standStill();
  }

  resume(): void {
    this.#paused = false;
    this.#goOn();
  }

  write(data: Uint8Array): void {
    this.#whenRunning(() => this.stdin.write(data));
  }

  markEndOfInput(): void {
    this.#whenRunning(() => this.stdin.markEnd());
  }

  endInput(): void {
    this.#whenRunning(() => this.stdin.end());
  }

  room(): Promise<void> | undefined {
    return this.#ended ? undefined : (this.#blocked ?? this.#stdin?.room());
  }

  // The members below are called by the context.

  get stdin(): ByteQueue {
    if (!this.#stdin) {
      this.#stdin = new ByteQueue();
      if (!this.#host.hasInput()) this.#stdin.end();
    }
    return this.#stdin;
  }

  get killed(): AbortSignal {
    if (!this.#killed) {
      this.#killed = new AbortController();
      if (this.#ended) this.#killed.abort();
    }
    return this.#killed.signal;
  }

  output(name: OutputName, data: string | Uint8Array): void {
    // Output is kept, and the program may reuse its buffer, so the bytes are copied.
    const bytes = typeof data === "string" ? text.encode(data) : data.slice();
    if (bytes.length === 0) return;
    if (!this.#descriptors && !this.#host.descriptors()) {
      this.#whenRunning(() => this.#blockOn(this.#host.output(name, bytes), true));
      return;
    }
    const file = this.descriptors().get(name === "stdout" ? 1 : 2);
    if (!file) throw new FileError("EBADF");
    this.writeTo(file, bytes);
  }

  writeTo(file: OpenFile, data: Uint8Array): void {
    if (data.length === 0 || this.#ended) return;
    if (this.#standsStill) {
      this.#whenRunning(() => this.writeTo(file, data));
      return;
    }
    if (file.write(data)) this.#blockOn(file.writable(), file.isOpenToOthers?.() ?? true);
    else this.signal(sigpipe);
  }

  async read(file: OpenFile, limit: number): Promise<Uint8Array | undefined> {
    for (;;) {
      await this.running();
      const data = file.take(limit);
      if (data) return data.length > 0 ? data : undefined;
      this.#reading = [...(this.#reading ?? []), file];
      this.#host.waits?.();
      await file.readable();
      this.#awake = true;
      const at = this.#reading.indexOf(file);
      this.#reading = this.#reading.toSpliced(at, 1);
    }
  }

  /** Resolves when the process runs, and never once it has ended. Returns `undefined` when it runs now. */
  running(): Promise<void> | undefined {
    if (!this.#ended && !this.#standsStill) return undefined;
    return new Promise((resolve) => this.#whenRunning(resolve));
  }

  get pid(): number {
    return this.#host.pid;
  }

  atEnd(close: () => void): () => void {
    this.#closing ??= new Set();
    this.#closing.add(close);
    return () => this.#closing?.delete(close);
  }

  async caughtUp(): Promise<void> {
    this.#awake = true;
    while (this.#blocked) await this.#blocked;
    this.#turns++;
    if (this.#turns % turnsBetweenRests === 0) {
      this.#yields = true;
      await rest();
      this.#yields = false;
    }
    await this.running();
  }

  get user(): User {
    return this.#call?.user ?? this.#host.user;
  }

  start(program: Program, start: ProgramStart): StartedProcess {
    const changed = start.user ? this.#asUser(start.user) : this.#call?.user;
    const { pid, ended } = this.#host.pids.start(
      program,
      changed ? { ...start, user: changed } : start,
      this.#host,
    );
    this.#children++;
    return {
      pid,
      ended: ended.then(async (end) => {
        this.#children--;
        this.#awake = true;
        await this.running();
        return end;
      }),
    };
  }

  become(program: Program, call: ProgramCall): Promise<number> {
    const changed = call.user ? this.#asUser(call.user) : this.#call?.user;
    this.#call = changed ? { ...call, user: changed } : call;
    for (const descriptor of [...(this.#descriptors?.keys() ?? [])]) {
      if (descriptor >= firstPrivateDescriptor) this.redirect(descriptor, undefined);
    }
    for (const [signal, handler] of this.#handlers ?? []) {
      if (handler !== "ignore") this.#handlers?.delete(signal);
    }
    return program(new Context(this, this.#host, call));
  }

  /** Returns the open files of a process of the namespace. @throws {FileError} it is another user's */
  descriptorsOf(pid: number): ReadonlyMap<number, OpenFile> | undefined {
    const member = this.#host.pids.get(pid);
    if (!member) return undefined;
    const { user } = this;
    if (user.uid !== 0 && userOf(member).uid !== user.uid) throw new FileError("EACCES");
    return member.process?.descriptors();
  }

  /** Returns a user with the capabilities that this process may pass on. */
  #asUser(user: User): User {
    const { capabilities } = this.user;
    return capabilities === undefined ? user : { capabilities, ...user };
  }

  kill(pid: number, signal: number): boolean {
    const { pids } = this.#host;
    const member = pids.get(pid);
    const all = pid < -1 ? pids.ofGroup(-pid) : member ? [member] : [];
    const { user } = this;
    const meant = isCapable(user, "kill") ? all : all.filter((each) => userOf(each).uid === user.uid);
    for (const each of meant) {
      const isSpared = each.pid === 1 && (signal === sigkill || signal === sigstop);
      if (signal !== 0 && !isSpared) each.process?.signal(signal);
    }
    if (meant.length === 0 && all.length > 0) throw new FileError("EPERM");
    return meant.length > 0;
  }

  /**
   * Makes the process wait for the readers of its output. A real process waits within a write to a full pipe.
   * A function cannot be stopped there, so its sleeps are suspended instead.
   */
  #blockOn(room: Promise<void> | undefined, fromOutside: boolean): void {
    if (!room || room === this.#blocked || this.#ended) return;
    const others = this.#blocked;
    const blocked = others ? Promise.all([others, room]).then(() => {}) : room;
    this.#blocked = blocked;
    this.#blockedFromOutside = fromOutside || (others !== undefined && this.#blockedFromOutside);
    this.#standStill();
    blocked.then(() => {
      if (this.#blocked !== blocked) return;
      this.#blocked = undefined;
      this.#awake = true;
      this.#goOn();
    });
  }

  sleep(milliseconds: number): Promise<void> {
    return new Promise((resolve) => {
      // A process that has ended never goes on, so the promise never resolves.
      if (this.#ended) return;
      const sleeper = new Sleeper(milliseconds, resolve);
      this.#sleepers = this.#sleepers ? this.#sleepers.concat(sleeper) : [sleeper];
      this.#awake = false;
      if (!this.#standsStill && !this.#blocked) this.#arm(sleeper);
      this.#host.waits?.();
    });
  }

  handle(name: string, handler: SignalHandler): void {
    const signal = parseSignal(name);
    if (signal === 0) throw new TypeError(`no such signal: ${name}`);
    if (signal === sigkill || signal === sigstop) return;
    this.#handlers ??= new Map();
    if (handler === "default") this.#handlers.delete(signal);
    else this.#handlers.set(signal, handler);
  }

  get #standsStill(): boolean {
    return this.#paused || this.#stopped;
  }

  #whenRunning(happening: () => void): void {
    if (this.#ended) return;
    if (this.#standsStill) {
      this.#held ??= [];
      this.#held.push(happening);
    } else {
      happening();
    }
  }

  #standStill(): void {
    const now = this.#host.time.now();
    for (const sleeper of this.#sleepers ?? []) {
      if (sleeper.since === undefined) continue;
      sleeper.cancel?.();
      sleeper.left -= Number(now - sleeper.since) / 1e6;
      sleeper.since = undefined;
    }
  }

  #goOn(): void {
    if (this.#standsStill || this.#ended) return;
    if (!this.#blocked) {
      for (const sleeper of this.#sleepers ?? []) if (sleeper.since === undefined) this.#arm(sleeper);
    }
    const held = this.#held ?? [];
    this.#held = undefined;
    for (const happening of held) this.#whenRunning(happening);
  }

  #arm(sleeper: Sleeper): void {
    const { time } = this.#host;
    sleeper.since = time.now();
    sleeper.cancel = time.after(Math.max(0, sleeper.left), () => {
      this.#sleepers = this.#sleepers?.filter((other) => other !== sleeper);
      this.#awake = true;
      sleeper.wake();
    });
  }

  #end(exitCode: number, signal?: number): void {
    if (this.#ended) return;
    this.#ended = true;
    this.#held = undefined;
    const sleepers = this.#sleepers ?? [];
    this.#sleepers = undefined;
    const descriptors = this.#descriptors ?? this.#host.descriptors();
    for (const close of this.#closing ?? []) close();
    this.#host.exited(exitCode, signal);
    for (const file of descriptors?.values() ?? []) file.drop();
    if (!descriptors) this.#host.closed?.();
    for (const sleeper of sleepers) sleeper.cancel?.();
    this.#killed?.abort();
  }
}
