import { type OpenFile, withoutLines } from "@dryharbor/kernel";
import type { Shell } from "./shell.js";

/** The result of asking the user for a line. */
export type TypedLine = { readonly text: string } | "interrupted" | "end of file";

const keys = {
  start: 1,
  left: 2,
  interrupt: 3,
  endOfFile: 4,
  end: 5,
  right: 6,
  erase: 8,
  killRight: 11,
  clear: 12,
  enter: 13,
  lineFeed: 10,
  next: 14,
  previous: 16,
  killLeft: 21,
  killWord: 23,
  escape: 27,
  remove: 127,
} as const;

/**
 * The escape sequence that asks the terminal for its cursor position. BusyBox sends it behind each prompt.
 */
const whereIsTheCursor = "\x1b[6n";
const clearToEnd = "\x1b[J";

/** A line editor. It sets the terminal to raw mode and handles the keys itself. */
export class LineEditor {
  readonly #shell: Shell;
  readonly #file: OpenFile;
  readonly #history: string[];
  /** Keeps the first bytes of a letter beyond ASCII until the letter is complete. */
  readonly #decoder = new TextDecoder();

  constructor(shell: Shell, file: OpenFile, history: string[] = []) {
    this.#history = history;
    this.#shell = shell;
    this.#file = file;
  }

  /** Prints a prompt and lets the user type a line. */
  async ask(prompt: string): Promise<TypedLine> {
    const { terminal } = this.#file;
    const settings = terminal?.settings;
    if (terminal && settings) terminal.settings = withoutLines(settings);
    try {
      this.#write(prompt + whereIsTheCursor);
      return await this.#edit(prompt);
    } finally {
      if (terminal && settings) terminal.settings = settings;
    }
  }

  /** Adds a line to the history. */
  remember(line: string): void {
    if (line.trim() !== "" && this.#history.at(-1) !== line) this.#history.push(line);
  }

  #write(text: string): void {
    this.#shell.print(text);
  }

  async #edit(prompt: string): Promise<TypedLine> {
    let line = "";
    let at = 0;
    let place = this.#history.length;
    const redraw = (): void => {
      // Only the last line of the prompt is drawn again.
      const shown = prompt.slice(prompt.lastIndexOf("\n") + 1);
      this.#write(`\r${shown}${line}${clearToEnd}${"\b".repeat(line.length - at)}`);
    };
    const replace = (text: string): void => {
      line = text;
      at = line.length;
      redraw();
    };
    for (;;) {
      const key = await this.#key();
      if (key === undefined) return "end of file";
      if (typeof key === "string") {
        if (key === "up" || key === "down") {
          const other = place + (key === "up" ? -1 : 1);
          if (other < 0 || other > this.#history.length) continue;
          place = other;
          replace(this.#history[place] ?? "");
        } else if (key === "left" && at > 0) {
          at--;
          this.#write("\b");
        } else if (key === "right" && at < line.length) {
          this.#write(line[at] as string);
          at++;
        } else if (key === "home") {
          this.#write("\b".repeat(at));
          at = 0;
        } else if (key === "end") {
          this.#write(line.slice(at));
          at = line.length;
        } else if (key === "delete" && at < line.length) {
          line = line.slice(0, at) + line.slice(at + 1);
          this.#write(`${clearToEnd}${line.slice(at)}${"\b".repeat(line.length - at)}`);
        } else if (key.startsWith("text ")) {
          const typed = key.slice("text ".length);
          line = line.slice(0, at) + typed + line.slice(at);
          at += typed.length;
          this.#write(`${typed}${line.slice(at)}${"\b".repeat(line.length - at)}`);
        }
        continue;
      }
      switch (key) {
        case keys.enter:
        case keys.lineFeed:
          this.#write(`${line.slice(at)}\n`);
          return { text: line };
        case keys.interrupt:
          this.#write("^C\n");
          return "interrupted";
        case keys.endOfFile:
          if (line !== "") break;
          return "end of file";
        case keys.erase:
        case keys.remove:
          if (at === 0) break;
          line = line.slice(0, at - 1) + line.slice(at);
          at--;
          this.#write(`\b${clearToEnd}${line.slice(at)}${"\b".repeat(line.length - at)}`);
          break;
        case keys.killLeft:
          line = line.slice(at);
          at = 0;
          redraw();
          break;
        case keys.killRight:
          line = line.slice(0, at);
          this.#write(clearToEnd);
          break;
        case keys.killWord: {
          const kept = line.slice(0, at).replace(/\S*\s*$/, "");
          line = kept + line.slice(at);
          at = kept.length;
          redraw();
          break;
        }
        case keys.clear:
          this.#write("\x1b[H\x1b[J");
          redraw();
          break;
      }
    }
  }

  /**
   * Reads a key: its byte, its name, or `text …` for a typed letter. Resolves to `undefined` at the end of
   * the input.
   */
  async #key(): Promise<number | string | undefined> {
    for (;;) {
      const byte = await this.#byte();
      if (byte === undefined) return undefined;
      switch (byte) {
        case keys.start:
          return "home";
        case keys.end:
          return "end";
        case keys.left:
          return "left";
        case keys.right:
          return "right";
        case keys.previous:
          return "up";
        case keys.next:
          return "down";
        case keys.escape: {
          const name = await this.#escape();
          if (name === undefined) continue;
          return name;
        }
      }
      if (byte < 32 || byte === keys.remove) return byte;
      const text = this.#decoder.decode(Uint8Array.of(byte), { stream: true });
      if (text !== "") return `text ${text}`;
    }
  }

  async #escape(): Promise<string | undefined> {
    const kind = await this.#byte();
    if (kind !== 91 && kind !== 79) return undefined;
    let text = "";
    for (;;) {
      const byte = await this.#byte();
      if (byte === undefined) return undefined;
      const letter = String.fromCharCode(byte);
      // The terminal's answer with the cursor position arrives here, too, and is ignored.
      if (/[\d;]/.test(letter)) text += letter;
      else return arrows[`${text}${letter}`];
    }
  }

  async #byte(): Promise<number | undefined> {
    const data = await this.#shell.process.read(this.#file, 1);
    return data?.[0];
  }
}

const arrows: Readonly<Record<string, string>> = {
  A: "up",
  B: "down",
  C: "right",
  D: "left",
  H: "home",
  F: "end",
  "1~": "home",
  "4~": "end",
  "3~": "delete",
};
