// The line editor of an interactive shell: keys, history and completion, and how BusyBox draws them.
import { type OpenFile, withoutLines } from "@dryharbor/kernel";
import { type Completion, complete } from "./completion.js";
import { EditedLine } from "./edited-line.js";
import type { Shell } from "./shell.js";

/** The result of asking the user for a line. */
export type TypedLine = { readonly text: string } | "interrupted" | "end of file";

/** What a key does. */
type Key =
  | "up"
  | "down"
  | "left"
  | "right"
  | "home"
  | "end"
  | "delete"
  | "word left"
  | "word right"
  | "erase word left"
  | "erase word right"
  | { readonly byte: number }
  | { readonly text: string }
  | { readonly column: number };

const keys = {
  start: 1,
  left: 2,
  interrupt: 3,
  endOfFile: 4,
  end: 5,
  right: 6,
  erase: 8,
  tab: 9,
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
const bell = "\x07";

/** A line editor. It sets the terminal to raw mode and handles the keys itself. */
export class LineEditor {
  readonly #shell: Shell;
  readonly #file: OpenFile;
  /** Keeps the first bytes of a letter beyond ASCII until the letter is complete. */
  readonly #decoder = new TextDecoder();

  constructor(shell: Shell, file: OpenFile) {
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
    const { history } = this.#shell.state;
    if (line.trim() !== "" && history.at(-1) !== line) history.push(line);
  }

  #write(text: string): void {
    this.#shell.print(text);
  }

  async #edit(prompt: string): Promise<TypedLine> {
    const { history } = this.#shell.state;
    // Only the last line of the prompt is drawn again.
    const line = new EditedLine(
      prompt.slice(prompt.lastIndexOf("\n") + 1),
      () => this.#columns,
      (text) => this.#write(text),
    );
    let place = history.length;
    /** The lines of the history as they were edited. They are forgotten with the line. */
    const edited = new Map<number, string>();
    /** What the last Tab found, when there are several: another Tab lists them. */
    let listed: Completion | undefined;
    for (;;) {
      const key = await this.#key();
      const before = listed;
      listed = undefined;
      if (key === undefined) return "end of file";
      if (typeof key === "string") {
        if (key === "up" || key === "down") {
          const other = place + (key === "up" ? -1 : 1);
          if (other < 0 || other > history.length) {
            this.#write(bell);
            continue;
          }
          edited.set(place, line.text);
          place = other;
          line.replace(edited.get(place) ?? history[place] ?? "");
        } else motions[key](line);
      } else if ("column" in key) {
        line.startAt(key.column);
      } else if ("text" in key) {
        line.insert(key.text);
      } else {
        switch (key.byte) {
          case keys.enter:
          case keys.lineFeed:
            line.newLine();
            return { text: line.text };
          case keys.interrupt:
            this.#write("^C\n\n");
            return "interrupted";
          case keys.endOfFile:
            if (line.text === "") return "end of file";
            line.delete();
            break;
          case keys.erase:
          case keys.remove:
            line.erase();
            break;
          case keys.killLeft:
            line.eraseLeft();
            break;
          case keys.killRight:
            line.cutOff();
            break;
          case keys.killWord:
            line.eraseSpacedWord();
            break;
          case keys.clear:
            this.#write("\x1b[H\x1b[J");
            line.redrawHere();
            break;
          case keys.tab:
            if (before) this.#list(line, before.matches);
            else listed = await this.#complete(line);
            if (before) listed = before;
            break;
        }
      }
    }
  }

  /** Completes the word before the cursor as far as it is known. Returns what there is when it is not one thing. */
  async #complete(line: EditedLine): Promise<Completion | undefined> {
    const found = await complete(this.#shell, line.beforeCursor);
    const [first = ""] = found.matches;
    if (found.matches.length === 1) {
      const isOpen = /[/=:,]$/.test(first);
      line.complete(`${found.quote(first).slice(found.typed)}${isOpen ? "" : " "}`);
      return undefined;
    }
    this.#write(bell);
    const length = commonLength(found.matches);
    if (length > 0) line.complete(found.quote(first.slice(0, length)).slice(found.typed));
    return found;
  }

  /** Lists matches in columns below the line. */
  #list(line: EditedLine, matches: readonly string[]): void {
    if (matches.length === 0) return;
    line.newLine();
    const width = Math.max(...matches.map((each) => each.length)) + 2;
    const columns = Math.max(Math.floor(this.#columns / width), 1);
    const rows = Math.ceil(matches.length / columns);
    for (let row = 0; row < rows; row++) {
      const cells = matches.filter((_, at) => at % rows === row);
      const last = cells.pop() as string;
      this.#write(`${cells.map((each) => each.padEnd(width)).join("")}${last}\n`);
    }
    line.redrawHere();
  }

  get #columns(): number {
    return this.#file.terminal?.size.columns || 80;
  }

  /** Reads a key. Resolves to `undefined` at the end of the input. */
  async #key(): Promise<Key | undefined> {
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
          const key = await this.#escape();
          if (key === undefined) continue;
          return key;
        }
      }
      if (byte < 32 || byte === keys.remove) return { byte };
      const text = this.#decoder.decode(Uint8Array.of(byte), { stream: true });
      if (text !== "") return { text };
    }
  }

  async #escape(): Promise<Key | undefined> {
    const kind = await this.#byte();
    if (kind === keys.remove) return "erase word left";
    const letter = String.fromCharCode(kind ?? 0);
    if (letter !== "[" && letter !== "O") return afterEscape[letter] ?? (kind ? { text: letter } : undefined);
    let text = "";
    for (;;) {
      const byte = await this.#byte();
      if (byte === undefined) return undefined;
      const letter = String.fromCharCode(byte);
      if (/[\d;]/.test(letter)) text += letter;
      else if (letter === "R") return { column: Number(text.split(";")[1] ?? 1) };
      else return sequences[`${text}${letter}`];
    }
  }

  async #byte(): Promise<number | undefined> {
    const data = await this.#shell.process.read(this.#file, 1);
    return data?.[0];
  }
}

const motions: Readonly<Record<Exclude<Key, object | "up" | "down">, (line: EditedLine) => void>> = {
  left: (line) => line.back(1),
  right: (line) => line.forth(1),
  home: (line) => line.back(Number.POSITIVE_INFINITY),
  end: (line) => line.forth(Number.POSITIVE_INFINITY),
  delete: (line) => line.delete(),
  "word left": (line) => line.wordLeft(),
  "word right": (line) => line.wordRight(),
  "erase word left": (line) => line.eraseWordLeft(),
  "erase word right": (line) => line.eraseWordRight(),
};

/** Keys by the letter behind an escape, which is how terminals send Alt with a letter. */
const afterEscape: Readonly<Record<string, Key>> = {
  b: "word left",
  f: "word right",
  d: "erase word right",
};

/** Keys by the escape sequences that terminals send for them, without `ESC [`. */
const sequences: Readonly<Record<string, Key>> = {
  A: "up",
  B: "down",
  C: "right",
  D: "left",
  H: "home",
  F: "end",
  "1~": "home",
  "4~": "end",
  "7~": "home",
  "8~": "end",
  "3~": "delete",
  "1;5C": "word right",
  "1;5D": "word left",
  "1;3C": "word right",
  "1;3D": "word left",
};

/** Returns how many characters all of the words begin with. */
function commonLength(words: readonly string[]): number {
  const [first = "", ...others] = words;
  let length = 0;
  while (length < first.length && others.every((each) => each[length] === first[length])) length++;
  return length;
}
