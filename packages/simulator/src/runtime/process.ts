import { parseSignal, sigkill } from "../core/containers/signal.js";
import { FileError } from "../core/filesystem/error.js";
import type { OpenFile, TerminalControl } from "../programs/open-file.js";
import {
  type ContainerView,
  firstPrivateDescriptor,
  type ProcessContext,
  type Program,
  type ProgramImage,
  type ProgramStart,
  type SignalHandler,
  type StartedProcess,
} from "../programs/program.js";
import { type Input, input } from "./input.js";
import type { Members } from "./members.js";
import { pipe } from "./pipe.js";
import { defaultAction, sigcont, sigstop } from "./signal-action.js";
import type { Time } from "./time.js";
import type { User } from "./user.js";

/** Which of its two outputs a process writes to. */
export type OutputName = "stdout" | "stderr";

/** What a process has around it: asked when its program asks, and told what becomes of it. */
export interface ProcessHost {
  readonly time: Time;
  readonly pid: number;
  readonly parentPid: number;
  readonly tty: boolean;
  readonly user: User;
  /** What it is attached to, where that is a terminal. */
  readonly terminal: TerminalControl | undefined;
  /** The first process of those that share its terminal, and its process group. */
  readonly session: number;
  readonly group: number;
  /** The processes of its container, itself among them. */
  readonly members: Members;
  initialArgv(): readonly [string, ...string[]];
  env(): Readonly<Record<string, string>>;
  cwd(): string;
  view(): ContainerView;
  /** Whether it is the first of its PID namespace: spared most signals that it does not handle. */
  isFirst(): boolean;
  /** Without it, standard input is at its end from the start. */
  hasInput(): boolean;
  /** What its descriptors lead to; `undefined` for those of an attached process. */
  files(): ReadonlyMap<number, OpenFile> | undefined;
  /** Resolves when those who read have caught up; `undefined` while they need not. */
  output(name: OutputName, data: Uint8Array): Promise<void> | undefined;
  /** Called once, within whatever ends the process. @param signal what ended it, if one did */
  exited(exitCode: number, signal: number | undefined): void;
  /** Called when the last process that has the outputs of an attached one has let go of them. */
  closed?(): void;
}

/** A program that runs. */
export interface Process {
  /** Whether a signal would do anything to it: handled by the program, or by its default action. */
  hears(signal: number): boolean;
  /** The command that it runs now. */
  argv(): readonly [string, ...string[]];
  files(): ReadonlyMap<number, OpenFile>;
  /** Delivers a signal. SIGKILL ends the process before this returns. */
  signal(signal: number): void;
  /** Its time and output stand still until {@link resume}. */
  pause(): void;
  resume(): void;
  write(data: Uint8Array): void;
  /** Whoever reads sees the end once. */
  markEndOfInput(): void;
  endInput(): void;
  /** Resolves when it can take more input; `undefined` while it can. */
  room(): Promise<void> | undefined;
}

/** How long a process has still to sleep, and whom to wake. */
class Sleeper {
  /** When it last went on; `undefined` while it stands still. */
  since: bigint | undefined;
  cancel: (() => void) | undefined;

  constructor(
    public left: number,
    readonly wake: () => void,
  ) {}
}

const text = new TextEncoder();
const sigpipe = 13;
/** How often a program may ask whether it has caught up until others get a turn of the event loop. */
const turnsBetweenRests = 64;

/**
 * Starts a program. It runs until its first `await` before this returns, so that its signal handlers
 * are in place when a start has been answered.
 *
 * @param paused it begins when it is resumed
 * @param ignored signals that it ignores, by number
 */
export function startProcess(
  program: Program,
  host: ProcessHost,
  paused: boolean,
  ignored?: ReadonlySet<number>,
): Process {
  return new RunningProcess(program, host, paused, ignored);
}

// What few programs use is made when it is first asked for: a container that sleeps costs little.
class RunningProcess implements Process {
  readonly #program: Program;
  readonly #host: ProcessHost;
  #ended = false;
  /** Paused from outside, or stopped by a signal. */
  #paused: boolean;
  #stopped = false;
  /** Waits for those who read what it wrote. */
  #blocked: Promise<void> | undefined;
  /** What is to happen when it goes on. */
  #held: (() => void)[] | undefined;
  #handlers: Map<number, (() => void) | "ignore"> | undefined;
  #sleepers: Sleeper[] | undefined;
  #killed: AbortController | undefined;
  #stdin: Input | undefined;
  #files: Map<number, OpenFile> | undefined;
  /** What it became. */
  #image: ProgramImage | undefined;
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
    // A program that throws is a mistake in the program: said where its user looks first.
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

  hears(signal: number): boolean {
    const handler = this.#handlers?.get(signal);
    if (handler !== undefined) return handler !== "ignore";
    return defaultAction(signal, this.#host.isFirst()) !== "ignore";
  }

  argv(): readonly [string, ...string[]] {
    return this.#image?.argv ?? this.#host.initialArgv();
  }

  files(): ReadonlyMap<number, OpenFile> {
    return this.#table;
  }

  get #table(): Map<number, OpenFile> {
    this.#files ??= new Map(this.#host.files() ?? attachedFiles(this, this.#host));
    return this.#files;
  }

  redirect(descriptor: number, file: OpenFile | undefined): void {
    const files = this.#table;
    const before = files.get(descriptor);
    file?.hold();
    if (file) files.set(descriptor, file);
    else files.delete(descriptor);
    before?.release();
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
      if (handler !== "ignore") this.#whenRunning(handler);
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

  // What the context passes on.

  get stdin(): Input {
    this.#stdin ??= input(this.#host.hasInput());
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
    // A copy: the program may use its buffer again, and output is kept.
    const bytes = typeof data === "string" ? text.encode(data) : data.slice();
    if (bytes.length === 0) return;
    if (!this.#files && !this.#host.files()) {
      this.#whenRunning(() => this.#blockOn(this.#host.output(name, bytes)));
      return;
    }
    const file = this.files().get(name === "stdout" ? 1 : 2);
    if (!file) throw new FileError("EBADF");
    this.writeTo(file, bytes);
  }

  writeTo(file: OpenFile, data: Uint8Array): void {
    if (data.length === 0 || this.#ended) return;
    if (this.#standsStill) {
      this.#whenRunning(() => this.writeTo(file, data));
      return;
    }
    if (file.write(data)) this.#blockOn(file.writable());
    else this.signal(sigpipe);
  }

  async read(file: OpenFile, limit: number): Promise<Uint8Array | undefined> {
    for (;;) {
      await this.running();
      const data = file.take(limit);
      if (data) return data.length > 0 ? data : undefined;
      await file.readable();
    }
  }

  /** Resolves when it runs; `undefined` while it does. Never once it has ended. */
  running(): Promise<void> | undefined {
    if (!this.#ended && !this.#standsStill) return undefined;
    return new Promise((resolve) => this.#whenRunning(resolve));
  }

  async caughtUp(): Promise<void> {
    while (this.#blocked) await this.#blocked;
    this.#turns++;
    if (this.#turns % turnsBetweenRests === 0) await new Promise<void>((resolve) => setTimeout(resolve, 0));
    await this.running();
  }

  start(program: Program, start: ProgramStart): StartedProcess {
    const { pid, ended } = this.#host.members.start(program, start, this.#host);
    return {
      pid,
      ended: ended.then(async (end) => {
        await this.running();
        return end;
      }),
    };
  }

  become(program: Program, image: ProgramImage): Promise<number> {
    this.#image = image;
    for (const descriptor of [...(this.#files?.keys() ?? [])]) {
      if (descriptor >= firstPrivateDescriptor) this.redirect(descriptor, undefined);
    }
    for (const [signal, handler] of this.#handlers ?? []) {
      if (handler !== "ignore") this.#handlers?.delete(signal);
    }
    return program(new Context(this, this.#host, image));
  }

  kill(pid: number, signal: number): boolean {
    const { members } = this.#host;
    const member = members.get(pid);
    const meant = pid < -1 ? members.ofGroup(-pid) : member ? [member] : [];
    for (const each of meant) {
      const isSpared = each.pid === 1 && (signal === sigkill || signal === sigstop);
      if (signal !== 0 && !isSpared) each.process?.signal(signal);
    }
    return meant.length > 0;
  }

  /** A function cannot be held in the middle, as a process is that writes to a full pipe: it is at its next sleep. */
  #blockOn(room: Promise<void> | undefined): void {
    if (!room || room === this.#blocked || this.#ended) return;
    const others = this.#blocked;
    const blocked = others ? Promise.all([others, room]).then(() => {}) : room;
    this.#blocked = blocked;
    this.#standStill();
    blocked.then(() => {
      if (this.#blocked !== blocked) return;
      this.#blocked = undefined;
      this.#goOn();
    });
  }

  sleep(milliseconds: number): Promise<void> {
    return new Promise((resolve) => {
      // A killed process never goes on: whatever its program waits for, it waits for ever.
      if (this.#ended) return;
      const sleeper = new Sleeper(milliseconds, resolve);
      this.#sleepers = this.#sleepers ? this.#sleepers.concat(sleeper) : [sleeper];
      if (!this.#standsStill && !this.#blocked) this.#arm(sleeper);
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
      sleeper.wake();
    });
  }

  #end(exitCode: number, signal?: number): void {
    if (this.#ended) return;
    this.#ended = true;
    this.#held = undefined;
    const sleepers = this.#sleepers ?? [];
    this.#sleepers = undefined;
    const files = this.#files ?? this.#host.files();
    this.#host.exited(exitCode, signal);
    for (const file of files?.values() ?? []) file.release();
    if (!files) this.#host.closed?.();
    for (const sleeper of sleepers) sleeper.cancel?.();
    this.#killed?.abort();
  }
}

/** The three files of a process that somebody outside is attached to. */
function attachedFiles(process: RunningProcess, host: ProcessHost): ReadonlyMap<number, OpenFile> {
  let holders = 2;
  const output = (name: OutputName): OpenFile => {
    let room: Promise<void> | undefined;
    return {
      terminal: host.terminal,
      take: () => process.stdin.take(0),
      readable: () => process.stdin.readable(),
      write(data) {
        room = host.output(name, data);
        return true;
      },
      writable: () => room,
      hold() {
        holders++;
      },
      release() {
        holders--;
        if (holders === 0) host.closed?.();
      },
    };
  };
  const stdin: OpenFile = {
    terminal: host.terminal,
    take: (limit) => process.stdin.take(limit),
    readable: () => process.stdin.readable(),
    write() {
      throw new FileError("EBADF");
    },
    writable: () => undefined,
    hold() {},
    release() {},
  };
  return new Map([
    [0, stdin],
    [1, output("stdout")],
    [2, output("stderr")],
  ]);
}

/** What a program sees of its process, and no more. */
class Context implements ProcessContext {
  readonly #process: RunningProcess;
  readonly #host: ProcessHost;
  readonly #image: ProgramImage | undefined;
  #env: Readonly<Record<string, string>> | undefined;
  #view: ContainerView | undefined;

  constructor(process: RunningProcess, host: ProcessHost, image: ProgramImage | undefined) {
    this.#process = process;
    this.#host = host;
    this.#image = image;
  }

  get argv(): readonly [string, ...string[]] {
    return this.#image?.argv ?? this.#host.initialArgv();
  }
  get env(): Readonly<Record<string, string>> {
    this.#env ??= this.#image?.env ?? this.#host.env();
    return this.#env;
  }
  get cwd(): string {
    return this.#image?.cwd ?? this.#host.cwd();
  }
  get pid(): number {
    return this.#host.pid;
  }
  get parentPid(): number {
    return this.#host.parentPid;
  }
  get uid(): number {
    return this.#host.user.uid;
  }
  get gid(): number {
    return this.#host.user.gid;
  }
  get files(): ReadonlyMap<number, OpenFile> {
    return this.#process.files();
  }
  get container(): ContainerView {
    this.#view ??= this.#host.view();
    return this.#view;
  }
  get stdin(): AsyncIterable<Uint8Array> {
    return { [Symbol.asyncIterator]: () => this.#input() };
  }
  async *#input(): AsyncGenerator<Uint8Array, void, undefined> {
    const file = this.#process.files().get(0);
    if (!file) throw new FileError("EBADF");
    for (;;) {
      const data = await this.#process.read(file, Number.POSITIVE_INFINITY);
      if (!data) return;
      yield data;
    }
  }
  get killed(): AbortSignal {
    return this.#process.killed;
  }
  // Functions and not methods, so that a program may take them out of the context.
  get stdout() {
    return (data: string | Uint8Array): void => this.#process.output("stdout", data);
  }
  get stderr() {
    return (data: string | Uint8Array): void => this.#process.output("stderr", data);
  }
  get sleep() {
    return (milliseconds: number): Promise<void> => this.#process.sleep(milliseconds);
  }
  get onSignal() {
    return (name: string, handler: SignalHandler): void => this.#process.handle(name, handler);
  }
  get read() {
    return (file: OpenFile, limit: number): Promise<Uint8Array | undefined> =>
      this.#process.read(file, limit);
  }
  get write() {
    return (file: OpenFile, data: Uint8Array): void => this.#process.writeTo(file, data);
  }
  get redirect() {
    return (descriptor: number, file: OpenFile | undefined): void => this.#process.redirect(descriptor, file);
  }
  get pipe() {
    return pipe;
  }
  get caughtUp() {
    return (): Promise<void> => this.#process.caughtUp();
  }
  get start() {
    return (program: Program, start: ProgramStart): StartedProcess => this.#process.start(program, start);
  }
  get become() {
    return (program: Program, image: ProgramImage): Promise<number> => this.#process.become(program, image);
  }
  get kill() {
    return (pid: number, signal: number): boolean => this.#process.kill(pid, signal);
  }
}
