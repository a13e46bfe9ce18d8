// The line at the prompt of redis-cli, which the keys of a terminal edit.
import { type OpenFile, type ProcessContext, withoutLines } from "@dryharbor/kernel";
import { type ByteText, toBytes } from "../../../busybox/byte-text.js";

/** The columns of the terminal. */
const columns = 80;

const controls: Readonly<Record<number, string>> = {
  1: "home",
  2: "left",
  3: "interrupt",
  4: "end of file",
  5: "end",
  6: "right",
  8: "erase",
  10: "enter",
  11: "kill right",
  12: "clear",
  13: "enter",
  14: "down",
  16: "up",
  20: "swap",
  21: "kill all",
  23: "kill word",
  127: "erase",
};

const sequences: Readonly<Record<string, string>> = {
  A: "up",
  B: "down",
  C: "right",
  D: "left",
  H: "home",
  F: "end",
  "3~": "delete",
};

/** A line that is being edited. */
interface Edited {
  text: ByteText;
  at: number;
  /** The place in the history; its length stands for the new line. */
  place: number;
  /** The new line, while one of the history is shown. */
  fresh: ByteText;
}

/** Asks for lines at a terminal. */
export class LineEditor {
  readonly #process: ProcessContext;
  readonly #file: OpenFile;
  readonly #hint: (line: ByteText) => string | undefined;
  readonly #history: ByteText[] = [];

  /** @param hint returns what may follow a line */
  constructor(process: ProcessContext, file: OpenFile, hint: (line: ByteText) => string | undefined) {
    this.#process = process;
    this.#file = file;
    this.#hint = hint;
  }

  /** Lets a line be typed. Resolves to `undefined` at ctrl-C and ctrl-D. */
  async ask(prompt: string): Promise<ByteText | undefined> {
    const { terminal } = this.#file;
    const settings = terminal?.settings;
    if (terminal && settings) terminal.settings = withoutLines(settings);
    try {
      this.#write(prompt);
      const line = await this.#edit(prompt);
      this.#write("\n");
      return line;
    } finally {
      if (terminal && settings) terminal.settings = settings;
    }
  }

  remember(line: ByteText): void {
    if (this.#history.at(-1) !== line) this.#history.push(line);
  }

  #write(text: ByteText): void {
    this.#process.stdout(toBytes(text));
  }

  async #edit(prompt: string): Promise<ByteText | undefined> {
    const line: Edited = { text: "", at: 0, place: this.#history.length, fresh: "" };
    for (;;) {
      const key = await this.#key();
      if (key === undefined || key === "interrupt") return undefined;
      if (key === "end of file" && line.text === "") return undefined;
      if (key === "enter") {
        line.at = line.text.length;
        this.#draw(prompt, line, undefined);
        return line.text;
      }
      if (key.startsWith("text ")) insert(line, key.slice("text ".length));
      else if (key === "up" || key === "down") this.#recall(line, key === "up" ? -1 : 1);
      else if (key === "clear") this.#write("\x1b[H\x1b[2J");
      else edits[key]?.(line);
      this.#draw(prompt, line, this.#hint(line.text));
    }
  }

  #recall(line: Edited, step: number): void {
    const place = line.place + step;
    if (place < 0 || place > this.#history.length) return;
    if (line.place === this.#history.length) line.fresh = line.text;
    line.place = place;
    line.text = this.#history[place] ?? line.fresh;
    line.at = line.text.length;
  }

  #draw(prompt: string, { text, at }: Edited, hint: string | undefined): void {
    // A line that is too long is shown from where the cursor fits.
    const from = Math.max(0, prompt.length + at - columns + 1);
    const shown = text.slice(from, from + columns - prompt.length);
    const room = columns - prompt.length - shown.length;
    const shownHint = hint === undefined || room <= 0 ? "" : `\x1b[0;90;49m${hint.slice(0, room)}\x1b[0m`;
    this.#write(`\r\x1b[0K${prompt}${shown}${shownHint}\r\x1b[${prompt.length + at - from}C`);
  }

  /** Reads a key: its name, or `text …` for a byte that is typed. Resolves to `undefined` at the end of the input. */
  async #key(): Promise<string | undefined> {
    for (;;) {
      const byte = await this.#byte();
      if (byte === undefined) return undefined;
      if (byte === 27) {
        const name = await this.#escape();
        if (name !== undefined) return name;
        continue;
      }
      const control = controls[byte];
      if (control !== undefined) return control;
      if (byte >= 32) return `text ${String.fromCharCode(byte)}`;
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
      text += letter;
      if (!/[\d;]/.test(letter)) return sequences[text];
    }
  }

  async #byte(): Promise<number | undefined> {
    const data = await this.#process.read(this.#file, 1);
    return data?.[0];
  }
}

function insert(line: Edited, typed: ByteText): void {
  line.text = line.text.slice(0, line.at) + typed + line.text.slice(line.at);
  line.at += typed.length;
}

function remove(line: Edited, from: number, to: number): void {
  line.text = line.text.slice(0, from) + line.text.slice(to);
  line.at = from;
}

const edits: Readonly<Record<string, (line: Edited) => void>> = {
  left(line) {
    line.at = Math.max(0, line.at - 1);
  },
  right(line) {
    line.at = Math.min(line.text.length, line.at + 1);
  },
  home(line) {
    line.at = 0;
  },
  end(line) {
    line.at = line.text.length;
  },
  erase: (line) => remove(line, Math.max(0, line.at - 1), line.at),
  delete: (line) => remove(line, line.at, line.at + 1),
  "end of file": (line) => remove(line, line.at, line.at + 1),
  "kill right": (line) => remove(line, line.at, line.text.length),
  "kill all": (line) => remove(line, 0, line.text.length),
  "kill word": (line) => remove(line, line.text.slice(0, line.at).replace(/[^ ]* *$/, "").length, line.at),
  swap(line) {
    if (line.at === 0 || line.at >= line.text.length) return;
    const [before, here] = [line.text[line.at - 1], line.text[line.at]];
    line.text = `${line.text.slice(0, line.at - 1)}${here}${before}${line.text.slice(line.at + 1)}`;
    line.at = Math.min(line.text.length - 1, line.at + 1);
  },
};
