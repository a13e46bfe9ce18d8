import { parseSignal, sigkill } from "../core/containers/signal.js";
import type { ContainerView, ProcessContext, Program } from "../programs/program.js";
import { type Input, input } from "./input.js";
import { defaultAction, sigcont, sigstop } from "./signal-action.js";
import type { Time } from "./time.js";

/** Which of its two outputs a process writes to. */
export type OutputName = "stdout" | "stderr";

/** What a process is made of. */
export interface ProcessOptions {
  readonly program: Program;
  readonly argv: readonly [string, ...string[]];
  /** Asked for once, when the program first looks. */
  readonly env: () => Readonly<Record<string, string>>;
  readonly cwd: string;
  readonly container: ContainerView;
  readonly time: Time;
  /** The first of its PID namespace: spared most signals that it does not handle. */
  readonly first: boolean;
  /** Begins when it is resumed. */
  readonly paused: boolean;
  /** Without it, standard input is at its end from the start. */
  readonly stdin: boolean;
  readonly output: (name: OutputName, data: Uint8Array) => void;
  /** Called once, within whatever ends the process. */
  readonly exited: (exitCode: number) => void;
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
}

/** How long a process has still to sleep, and whom to wake. */
interface Sleeper {
  left: number;
  /** When it last went on; `undefined` while it stands still. */
  since: bigint | undefined;
  cancel: () => void;
  readonly wake: () => void;
}

const text = new TextEncoder();

/**
 * Starts a program. Unless it is paused, it runs until its first `await` before this returns, so that its signal handlers
 * are in place when a start has been answered.
 */
export function startProcess(options: ProcessOptions): Process {
  return new RunningProcess(options);
}

// What few programs use is made when it is first asked for: a container that sleeps costs little.
class RunningProcess implements Process {
  readonly #options: ProcessOptions;
  #ended = false;
  /** Paused from outside, or stopped by a signal. */
  #paused = false;
  #stopped = false;
  /** What is to happen when it goes on. */
  #held: (() => void)[] | undefined;
  #handlers: Map<number, () => void> | undefined;
  #sleepers: Set<Sleeper> | undefined;
  #killed: AbortController | undefined;
  #stdin: Input | undefined;

  constructor(options: ProcessOptions) {
    this.#options = options;
    this.#paused = options.paused;
    this.#whenRunning(() => void this.#run());
  }

  async #run(): Promise<void> {
    const context = new Context(this, this.#options);
    try {
      const exitCode = await this.#options.program(context);
      this.#whenRunning(() => this.#end(exitCode & 0xff));
    } catch (error) {
      // A program that throws is a mistake in the program: said where its user looks first.
      const message = error instanceof Error ? (error.stack ?? error.message) : String(error);
      this.output("stderr", `${message}\n`);
      this.#whenRunning(() => this.#end(1));
    }
  }

  hears(signal: number): boolean {
    return (this.#handlers?.has(signal) ?? false) || defaultAction(signal, this.#options.first) !== "ignore";
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
    const action = defaultAction(signal, this.#options.first);
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

  // What the context passes on.

  get stdin(): Input {
    this.#stdin ??= input(this.#options.stdin && !this.#ended);
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
    if (bytes.length > 0) this.#whenRunning(() => this.#options.output(name, bytes));
  }

  sleep(milliseconds: number): Promise<void> {
    return new Promise((resolve) => {
      // A killed process never goes on: whatever its program waits for, it waits for ever.
      if (this.#ended) return;
      const sleeper: Sleeper = { left: milliseconds, since: undefined, cancel: () => {}, wake: resolve };
      this.#sleepers ??= new Set();
      this.#sleepers.add(sleeper);
      if (!this.#standsStill) this.#arm(sleeper);
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
    const now = this.#options.time.now();
    for (const sleeper of this.#sleepers ?? []) {
      if (sleeper.since === undefined) continue;
      sleeper.cancel();
      sleeper.left -= Number(now - sleeper.since) / 1e6;
      sleeper.since = undefined;
    }
  }

  #goOn(): void {
    if (this.#standsStill || this.#ended) return;
    for (const sleeper of this.#sleepers ?? []) if (sleeper.since === undefined) this.#arm(sleeper);
    const held = this.#held ?? [];
    this.#held = undefined;
    for (const happening of held) this.#whenRunning(happening);
  }

  #arm(sleeper: Sleeper): void {
    const { time } = this.#options;
    sleeper.since = time.now();
    sleeper.cancel = time.after(Math.max(0, sleeper.left), () => {
      this.#sleepers?.delete(sleeper);
      sleeper.wake();
    });
  }

  #end(exitCode: number): void {
    if (this.#ended) return;
    this.#ended = true;
    this.#held = undefined;
    const sleepers = this.#sleepers ?? [];
    this.#sleepers = undefined;
    this.#options.exited(exitCode);
    for (const sleeper of sleepers) sleeper.cancel();
    this.#killed?.abort();
  }
}

/** What a program sees of its process, and no more. */
class Context implements ProcessContext {
  readonly #process: RunningProcess;
  readonly #options: ProcessOptions;
  #env: Readonly<Record<string, string>> | undefined;

  constructor(process: RunningProcess, options: ProcessOptions) {
    this.#process = process;
    this.#options = options;
  }

  get argv(): readonly [string, ...string[]] {
    return this.#options.argv;
  }
  get env(): Readonly<Record<string, string>> {
    this.#env ??= this.#options.env();
    return this.#env;
  }
  get cwd(): string {
    return this.#options.cwd;
  }
  get container(): ContainerView {
    return this.#options.container;
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
