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

/** Waits for input for some time. Resolves to an empty array at its end, and to `undefined` when the time is up. */
export async function inputWithin(
  process: ProcessContext,
  file: OpenFile,
  milliseconds: number,
): Promise<Uint8Array | undefined> {
  let isLate = false;
  const late = process.sleep(milliseconds).then(() => {
    isLate = true;
  });
  for (;;) {
    const data = file.take(64);
    if (data) return data;
    if (isLate) return undefined;
    await Promise.race([late, file.readable()]);
  }
}
