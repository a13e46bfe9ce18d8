import { type ProcessContext, signalName } from "@dryharbor/kernel";

/**
 * The traps of a shell: an action for each signal, by number. Signal 0 stands for the end of the shell
 * (EXIT).
 */
export class Traps {
  readonly #actions = new Map<number, string>();
  readonly #process: ProcessContext;
  readonly #wake: () => void;
  #pending: number[] = [];
  /** Whether a trap was ever set. Then no program may replace the shell's process. */
  any = false;

  constructor(process: ProcessContext, wake: () => void) {
    this.#process = process;
    this.#wake = wake;
  }

  /** Takes over the signals that the parent shell ignores. */
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

  /** Returns the action of a trap and removes the trap. */
  take(signal: number): string | undefined {
    const action = this.#actions.get(signal);
    this.#actions.delete(signal);
    return action;
  }

  /**
   * Takes the next signal that has arrived and returns its action. Returns `undefined` when there is none.
   */
  next(): string | undefined {
    for (;;) {
      const signal = this.#pending.shift();
      if (signal === undefined) return undefined;
      const action = this.#actions.get(signal);
      if (action) return action;
    }
  }

  /** The next signal that has arrived and was not handled yet. */
  get pending(): number | undefined {
    return this.#pending[0];
  }

  /** Returns the signals that the shell ignores. */
  ignored(): ReadonlySet<number> {
    return new Set(
      [...this.#actions]
        .filter(([signal, action]) => signal !== 0 && action === "")
        .map(([signal]) => signal),
    );
  }
}
