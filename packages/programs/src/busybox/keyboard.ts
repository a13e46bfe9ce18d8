import type { OpenFile, ProcessContext, TerminalControl, TerminalSettings } from "@dryharbor/kernel";
import { fromBytes } from "./byte-text.js";

/** The signals that end a program which then puts its terminal in order. */
const endings: Readonly<Record<string, number>> = { SIGHUP: 1, SIGINT: 2, SIGQUIT: 3, SIGTERM: 15 };

/**
 * Reads keys for a program until it is done, and restores the settings of the terminal then.
 *
 * @param settings the settings while the program reads keys
 * @param leave called before a signal ends the program
 */
export async function withKeys(
  process: ProcessContext,
  file: OpenFile,
  settings: (before: TerminalSettings) => TerminalSettings,
  program: () => Promise<number>,
): Promise<number> {
  const { terminal } = file;
  const before = terminal?.settings;
  const restore = (): void => {
    if (terminal && before) terminal.settings = before;
  };
  if (terminal && before) terminal.settings = settings(before);
  try {
    return await Promise.race([program(), endedBySignal(process, restore)]);
  } finally {
    restore();
  }
}

/** Resolves to an exit code when a signal should end the process and cannot, as with the first of its namespace. */
function endedBySignal(process: ProcessContext, restore: () => void): Promise<number> {
  return new Promise((resolve) => {
    for (const [name, number] of Object.entries(endings)) {
      process.onSignal(name, () => {
        restore();
        process.onSignal(name, "default");
        process.kill(process.pid, number);
        resolve(128 + number);
      });
    }
  });
}

/** The keys of a terminal, one after another. */
export class Keyboard {
  #typed = "";

  constructor(
    readonly process: ProcessContext,
    readonly file: OpenFile,
  ) {}

  get terminal(): TerminalControl | undefined {
    return this.file.terminal;
  }

  /** Resolves to the next key, `undefined` at the end of input. A key such as an arrow is a sequence that begins with escapeKey. */
  async next(): Promise<string | undefined> {
    for (;;) {
      const key = firstKey(this.#typed);
      if (key !== undefined) {
        this.#typed = this.#typed.slice(key.length);
        return key;
      }
      const data = await this.process.read(this.file, 64);
      if (!data) return undefined;
      this.#typed += fromBytes(data);
    }
  }
}

const escapeKey = "\x1b";

function firstKey(typed: string): string | undefined {
  const [sequence = ""] =
    typed[0] === escapeKey ? (/^(?:\[[\d;]*[~A-Za-z]|O[A-Z])/.exec(typed.slice(1)) ?? []) : [];
  return typed === "" ? undefined : (typed[0] as string) + sequence;
}

/** Input that a program waits for in turns. */
export class TimedInput {
  readonly #process: ProcessContext;
  readonly #file: OpenFile;
  /** The read that has found nothing yet. */
  #pending: Promise<Uint8Array | undefined> | undefined;

  constructor(process: ProcessContext, file: OpenFile) {
    this.#process = process;
    this.#file = file;
  }

  /** Resolves to what comes within so many milliseconds, to `end` at the end of input, and to `undefined` when the time is up. */
  async within(milliseconds: number): Promise<Uint8Array | "end" | undefined> {
    this.#pending ??= this.#process.read(this.#file, 64);
    const late = this.#process.sleep(milliseconds).then(() => "late" as const);
    const first = await Promise.race([this.#pending, late]);
    if (first === "late") return undefined;
    this.#pending = undefined;
    return first ?? "end";
  }
}
