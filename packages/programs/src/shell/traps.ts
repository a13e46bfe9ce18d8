import { type ProcessContext, signalName } from "@dryharbor/kernel";

/** What a shell does on signals, by number; 0 is its own end. */
export class Traps {
  readonly #actions = new Map<number, string>();
  /** Ignored from before: cannot be changed. */
  readonly #process: ProcessContext;
  readonly #wake: () => void;
  #pending: number[] = [];
  /** Whether there ever was one: then no program takes the shell's place. */
  any = false;

  constructor(process: ProcessContext, wake: () => void) {
    this.#process = process;
    this.#wake = wake;
  }

  /** Signals that a subshell goes on to ignore. */
  inherit(ignored: ReadonlySet<number>): void {
    for (const signal of ignored) this.#actions.set(signal, "");
  }

  list(): [number, string][] {
    return [...this.#actions].sort(([one], [other]) => one - other);
  }

  set(signal: number, action: string): void {
    this.any = true;
    this.#actions.set(signal, action);
    if (signal === 0) return;
    this.#process.onSignal(
      signalName(signal),
      action === ""
        ? "ignore"
        : () => {
            this.#pending.push(signal);
            this.#wake();
          },
    );
  }

  reset(signal: number): void {
    this.#actions.delete(signal);
    if (signal !== 0) this.#process.onSignal(signalName(signal), "default");
  }

  /** The action of a trap that is over with it. */
  take(signal: number): string | undefined {
    const action = this.#actions.get(signal);
    this.#actions.delete(signal);
    return action;
  }

  /** The action of the next signal that has come. */
  next(): string | undefined {
    for (;;) {
      const signal = this.#pending.shift();
      if (signal === undefined) return undefined;
      const action = this.#actions.get(signal);
      if (action) return action;
    }
  }

  /** The next signal that has come and not been acted upon. */
  get pending(): number | undefined {
    return this.#pending[0];
  }

  ignored(): ReadonlySet<number> {
    return new Set(
      [...this.#actions]
        .filter(([signal, action]) => signal !== 0 && action === "")
        .map(([signal]) => signal),
    );
  }
}
