import { parseSignal, sigkill } from "../core/containers/signal.js";
import type { ContainerView, ProcessContext, Program } from "../programs/program.js";
import { type Input, input } from "./input.js";
import { defaultAction, sigcont, sigstop } from "./signal-action.js";
import type { Time } from "./time.js";

/** Which of its two outputs a process writes to. */
export type OutputName = "stdout" | "stderr";

/** What a process has around it: asked when its program asks, and told what becomes of it. */
export interface ProcessHost {
  readonly time: Time;
  argv(): readonly [string, ...string[]];
  env(): Readonly<Record<string, string>>;
  cwd(): string;
  view(): ContainerView;
  /** Whether it is the first of its PID namespace: spared most signals that it does not handle. */
  isFirst(): boolean;
  /** Without it, standard input is at its end from the start. */
  hasInput(): boolean;
  /** Resolves when those who read have caught up; `undefined` while they need not. */
  output(name: OutputName, data: Uint8Array): Promise<void> | undefined;
  /** Called once, within whatever ends the process. */
  exited(exitCode: number): void;
}

/** A program that runs. */
export interface Process {
  /** Whether a signal would do anything to it: handled by the program, or by its default action. */
  hears(signal: number): boolean;
  /** Delivers a signal. SIGKILL ends the process before this returns. */
  signal(signal: number): void;
  /** Its time and output stand still until {@link resume}. */
  pause(): void;
  resume(): void;
  write(data: Uint8Array): void;
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

/**
 * Starts a program. It runs until its first `await` before this returns, so that its signal handlers
 * are in place when a start has been answered.
 *
 * @param paused it begins when it is resumed
 */
export function startProcess(program: Program, host: ProcessHost, paused: boolean): Process {
  return new RunningProcess(program, host, paused);
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
  #handlers: Map<number, () => void> | undefined;
  #sleepers: Sleeper[] | undefined;
  #killed: AbortController | undefined;
  #stdin: Input | undefined;

  constructor(program: Program, host: ProcessHost, paused: boolean) {
    this.#program = program;
    this.#host = host;
    this.#paused = paused;
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
      this.#program(new Context(this, this.#host)).then(
        (exitCode) => this.#whenRunning(() => this.#end(exitCode & 0xff)),
        mistaken,
      );
    } catch (error) {
      mistaken(error);
    }
  }

  hears(signal: number): boolean {
    return (this.#handlers?.has(signal) ?? false) || defaultAction(signal, this.#host.isFirst()) !== "ignore";
  }

  signal(signal: number): void {
    if (signal === sigkill) {
      this.#end(128 + sigkill);
      return;
    }
    if (signal === sigcont && this.#stopped) {
      this.#stopped = false;
      this.#goOn();
    }
    const handler = this.#handlers?.get(signal);
    const action = defaultAction(signal, this.#host.isFirst());
    if (handler) {
      this.#whenRunning(handler);
    } else if (action === "end") {
      this.#whenRunning(() => this.#end(128 + signal));
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
    if (bytes.length > 0) this.#whenRunning(() => this.#blockOn(this.#host.output(name, bytes)));
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

  handle(name: string, handler: () => void): void {
    const signal = parseSignal(name);
    if (signal === 0) throw new TypeError(`no such signal: ${name}`);
    if (signal === sigkill || signal === sigstop) return;
    this.#handlers ??= new Map();
    this.#handlers.set(signal, handler);
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

  #end(exitCode: number): void {
    if (this.#ended) return;
    this.#ended = true;
    this.#held = undefined;
    const sleepers = this.#sleepers ?? [];
    this.#sleepers = undefined;
    this.#host.exited(exitCode);
    for (const sleeper of sleepers) sleeper.cancel?.();
    this.#killed?.abort();
  }
}

/** What a program sees of its process, and no more. */
class Context implements ProcessContext {
  readonly #process: RunningProcess;
  readonly #host: ProcessHost;
  #env: Readonly<Record<string, string>> | undefined;
  #view: ContainerView | undefined;

  constructor(process: RunningProcess, host: ProcessHost) {
    this.#process = process;
    this.#host = host;
  }

  get argv(): readonly [string, ...string[]] {
    return this.#host.argv();
  }
  get env(): Readonly<Record<string, string>> {
    this.#env ??= this.#host.env();
    return this.#env;
  }
  get cwd(): string {
    return this.#host.cwd();
  }
  get container(): ContainerView {
    this.#view ??= this.#host.view();
    return this.#view;
  }
  get stdin(): AsyncIterable<Uint8Array> {
    return this.#process.stdin;
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
    return (name: string, handler: () => void): void => this.#process.handle(name, handler);
  }
}
