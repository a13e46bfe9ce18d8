import { FileError, type ProcessContext, withoutLines } from "@dryharbor/kernel";
import type { Matcher } from "@dryharbor/kernel/patterns";
import { applet } from "./applet.js";
import { byteText, toBytes } from "./byte-text.js";
import { cat } from "./cat.js";
import { inputFile } from "./input-file.js";
import { Keyboard, withKeys } from "./keyboard.js";
import { ScreenText } from "./less-text.js";
import { openKeyboard } from "./pager-input.js";
import { BadExpression, regularExpression } from "./regular-expression.js";
import { screenSize } from "./screen.js";

const help = `less [-EFIMmNSRh~] [FILE]...

View FILE (or stdin) one screenful at a time

	-E	Quit once the end of a file is reached
	-F	Quit if entire file fits on first screen
	-I	Ignore case in all searches
	-M,-m	Display status line with line numbers
		and percentage through the file
	-N	Prefix line number to each line
	-S	Truncate long lines
	-R	Remove color escape codes in input
	-~	Suppress ~s displayed past EOF`;

/** `less [FILE]...`: shows files, forwards and backwards. Without a terminal, it copies them. */
export const less = applet(
  { help, options: { flags: "EFIMmNSRh~" } },
  async (process, { name, given, operands }) => {
    const keys = openKeyboard(process);
    const { env, cwd } = process;
    if (!keys) return await process.become(cat, { argv: [name, ...operands], env, cwd });
    return await withKeys(
      process,
      keys,
      (before) => withoutLines(before, { signals: true }),
      () => new Viewer(process, new Keyboard(process, keys), name, given, operands).run(),
    );
  },
);

/** Control characters but tabs. */
const controls = /[^\P{Cc}\t\x80-\x9f]+/gu;
const escapeKey = "\x1b";
const inverse = (text: string): string => `\x1b[7m${text}\x1b[m`;
const numberWidth = 8;

const down = ["j", "e", "\r", "\n", "\x1b[B", "\x1bOB"];
const up = ["k", "y", "\x1b[A", "\x1bOA"];
const pageDown = [" ", "z", "f", "\x1b[6~"];
const pageUp = ["w", "b", "\x1b[5~"];
const toStart = ["g", "<", "p", "\x1b[H", "\x1b[1~", "\x1bOH"];
const toEnd = ["G", ">", "\x1b[F", "\x1b[4~", "\x1bOF"];

class Viewer {
  readonly #process: ProcessContext;
  readonly #keyboard: Keyboard;
  readonly #name: string;
  readonly #given: ReadonlyMap<string, unknown>;
  readonly #paths: readonly string[];
  #file = 0;
  #text: ScreenText;
  /** The line at the top of the screen. */
  #top = 0;
  #rows = 24;
  #columns = 80;
  /** What went wrong with the file. */
  #problem: string | undefined;
  #pattern: Matcher | undefined;
  /** Which of the lines that match was shown last. */
  #match = 0;

  constructor(
    process: ProcessContext,
    keyboard: Keyboard,
    name: string,
    given: ReadonlyMap<string, unknown>,
    paths: readonly string[],
  ) {
    this.#process = process;
    this.#keyboard = keyboard;
    this.#name = name;
    this.#given = given;
    this.#paths = paths.length > 0 ? paths : ["-"];
    this.#text = this.#textOf(noChunks());
  }

  async run(): Promise<number> {
    this.#measure();
    if (!this.#keyboard.terminal?.size.rows) this.#print("\x1b[999;999H\x1b[6n");
    if (!(await this.#open())) return 1;
    this.#process.onSignal("SIGWINCH", () => {
      this.#measure();
      void this.#paint();
    });
    for (;;) {
      if (this.#isOver()) break;
      const key = await this.#keyboard.next();
      if (key === undefined) break;
      const code = await this.#press(key);
      if (code !== undefined) return code;
    }
    this.#clearStatus();
    return 0;
  }

  #print(text: string): void {
    this.#process.stdout(toBytes(text));
  }

  #measure(): void {
    const { rows, columns } = screenSize(this.#process);
    this.#rows = rows;
    this.#columns = columns;
  }

  /** The index of the last line of the screen. */
  get #lastShown(): number {
    return this.#rows - 2;
  }

  get #last(): number {
    return this.#text.lines.length - 1;
  }

  #textOf(chunks: AsyncIterable<Uint8Array>): ScreenText {
    const width = this.#columns - (this.#given.has("N") ? numberWidth : 0);
    return new ScreenText(chunks, {
      width,
      cuts: this.#given.has("S"),
      withoutColours: this.#given.has("R"),
    });
  }

  /** Opens the present file and shows it. */
  async #open(): Promise<boolean> {
    const path = this.#paths[this.#file] as string;
    this.#top = 0;
    this.#problem = undefined;
    try {
      this.#text = this.#textOf(inputFile(this.#process, path));
    } catch (error) {
      if (!(error instanceof FileError)) throw error;
      this.#process.stderr(`${this.#name}: can't open '${path}': ${error.message}\n`);
      return false;
    }
    try {
      // The size of a file is known, and with it the number of its lines.
      await this.#text.read(path === "-" ? this.#rows : Number.POSITIVE_INFINITY);
    } catch (error) {
      if (!(error instanceof FileError)) throw error;
      this.#text = this.#textOf(noChunks());
      await this.#text.read(1);
      this.#problem = "read error";
    }
    await this.#paint();
    return true;
  }

  #isOver(): boolean {
    const isAtEnd = this.#text.isWhole && this.#top + this.#lastShown >= this.#last;
    return isAtEnd && (this.#given.has("E") || (this.#given.has("F") && this.#top === 0));
  }

  async #paint(): Promise<void> {
    await this.#text.read(this.#top + this.#rows);
    let screen = "\x1b[0;0H";
    const margin = this.#given.has("N") ? " ".repeat(numberWidth) : "";
    for (let row = 0; row <= this.#lastShown; row++) {
      const line = this.#text.lines[this.#top + row];
      const number = margin && line ? `${String(line.number).padStart(numberWidth - 1)} ` : margin;
      const tilde = this.#given.has("~") ? "" : "~";
      screen += `\x1b[K${number}${line ? this.#shown(line.text) : tilde}\n`;
    }
    this.#print(screen);
    if (!this.#isOver()) this.#printStatus(this.#status());
  }

  /** Control characters and what was searched for are inverse. */
  #shown(text: string): string {
    const visible = (part: string): string =>
      part.replace(controls, (found) =>
        inverse([...found].map((letter) => String.fromCharCode(letter.charCodeAt(0) ^ 0x40)).join("")),
      );
    if (!this.#pattern) return visible(text);
    let shown = "";
    let at = 0;
    for (let found = this.#pattern.find(text, at); found?.groups[0]; found = this.#pattern.find(text, at)) {
      const [match] = found.groups;
      shown += visible(text.slice(at, found.index)) + inverse(match);
      at = found.index + match.length;
    }
    return shown + visible(text.slice(at));
  }

  #clearStatus(): void {
    this.#print(`\x1b[${this.#rows};0H\x1b[K`);
  }

  #printStatus(text: string): void {
    this.#clearStatus();
    this.#print(text);
  }

  #status(): string {
    if (this.#problem) return inverse(this.#problem);
    if (this.#given.has("M") || this.#given.has("m")) return this.#longStatus();
    if (this.#top === 0) return inverse(this.#title());
    return this.#isAtEnd() ? inverse("(END)") : ":";
  }

  #isAtEnd(): boolean {
    return this.#text.isWhole && this.#top + this.#lastShown >= this.#last;
  }

  #title(): string {
    const path = this.#paths[this.#file] as string;
    const of = this.#paths.length > 1 ? ` (file ${this.#file + 1} of ${this.#paths.length})` : "";
    return byteText(path === "-" ? "standard input" : path) + of;
  }

  #longStatus(): string {
    const { lines, ends, isWhole } = this.#text;
    const numberAt = (index: number) => lines[Math.min(index, this.#last)]?.number ?? 0;
    const [from, to] = [this.#top, this.#top + this.#lastShown].map((index) => {
      const number = numberAt(index);
      return isWhole ? Math.min(number, ends) : number;
    }) as [number, number];
    const range = `${this.#title()} lines ${from}-${to}`;
    if (!isWhole) return inverse(range);
    const next = this.#paths[this.#file + 1];
    const end = next === undefined ? "(END)" : `(END) - next: ${byteText(next)}`;
    const where = this.#isAtEnd() ? end : `${Math.floor((to * 100 + ends / 2) / ends)}%`;
    return inverse(`${range}/${ends} ${where}`);
  }

  /** Does what a key asks for. Resolves to an exit code when the program shall end. */
  async #press(key: string): Promise<number | undefined> {
    const page = this.#lastShown + 1;
    if (key === "q" || key === "Q") {
      this.#clearStatus();
      return 0;
    }
    if (down.includes(key)) await this.#move(1);
    else if (up.includes(key)) await this.#move(-1);
    else if (pageDown.includes(key)) await this.#move(page);
    else if (pageUp.includes(key)) await this.#move(-page);
    else if (key === "d") await this.#move(Math.floor(page / 2));
    else if (key === "u") await this.#move(-Math.floor(page / 2));
    else if (toStart.includes(key)) await this.#goTo(0);
    else if (toEnd.includes(key)) await this.#goTo(Number.POSITIVE_INFINITY);
    else if (key === "r" || key === "R") await this.#paint();
    else if (key === "=" || key === "M") this.#printStatus(this.#longStatus());
    else if (key === "/" || key === "?") await this.#search(key);
    else if (key === "n") await this.#goToMatch(this.#match + 1);
    else if (key === "N") await this.#goToMatch(this.#match - 1);
    else if (key === ":") return await this.#colon();
    else if (/^\d$/.test(key)) await this.#number(key);
    else await this.#answer(key);
    return undefined;
  }

  /** Takes the answer of a terminal that was asked how large it is. */
  async #answer(key: string): Promise<void> {
    const [, rows, columns] = key.startsWith(escapeKey) ? (/^\[(\d+);(\d+)R$/.exec(key.slice(1)) ?? []) : [];
    if (rows === undefined || columns === undefined) return;
    this.#rows = Number(rows);
    this.#columns = Number(columns);
    await this.#paint();
  }

  async #move(lines: number): Promise<void> {
    await this.#text.read(this.#top + lines + this.#rows + 1);
    this.#top = Math.max(0, Math.min(this.#top + lines, Math.max(this.#top, this.#lowest())));
    await this.#paint();
  }

  /** The lowest top: one line behind the last one is shown. */
  #lowest(): number {
    return Math.max(0, this.#last + 1 - this.#lastShown);
  }

  async #goTo(line: number): Promise<void> {
    await this.#text.read(line + this.#rows + 1);
    this.#top = Math.min(line, this.#lowest());
    await this.#paint();
  }

  /** Reads a line of keys at the bottom of the screen. Resolves to `undefined` when it is given up. */
  async #ask(
    prompt: string,
    accepts: (key: string) => boolean,
  ): Promise<{ text: string; key: string } | undefined> {
    let text = "";
    this.#printStatus(prompt);
    for (;;) {
      this.#print(`\x1b[${this.#rows};${prompt.length + text.length + 1}H`);
      const key = await this.#keyboard.next();
      if (key === undefined) return undefined;
      if (key === "\x7f" || key === "\b") {
        if (text !== "") this.#print("\b \b");
        text = text.slice(0, -1);
      } else if (accepts(key)) {
        this.#print(key);
        text += key;
      } else if (key.length === 1) return { text, key };
    }
  }

  async #search(direction: string): Promise<void> {
    const asked = await this.#ask(direction, (key) => key >= " " && key.length === 1);
    if (!asked || asked.text === "") return await this.#paint();
    try {
      this.#pattern = regularExpression(asked.text, { ignoreCase: this.#given.has("I") });
    } catch (error) {
      if (!(error instanceof BadExpression)) throw error;
      this.#pattern = undefined;
      this.#printStatus(inverse("Invalid regular expression"));
      return;
    }
    const matches = await this.#matches(this.#pattern);
    const following = matches.findIndex((line) => line > this.#top);
    const next = following < 0 ? matches.length : following;
    await this.#goToMatch(direction === "?" ? next - 1 : next);
  }

  async #matches(pattern: Matcher): Promise<number[]> {
    await this.#text.read(Number.POSITIVE_INFINITY);
    return this.#text.lines.flatMap(({ text }, index) => (pattern.test(text) ? [index] : []));
  }

  async #goToMatch(wanted: number): Promise<void> {
    if (!this.#pattern) return;
    const matches = await this.#matches(this.#pattern);
    if (matches.length === 0) {
      this.#printStatus(inverse("No matches found"));
      return;
    }
    this.#match = Math.max(0, Math.min(wanted, matches.length - 1));
    await this.#goTo(matches[this.#match] as number);
  }

  async #number(first: string): Promise<void> {
    let text = first;
    this.#printStatus(`:${first}`);
    for (;;) {
      this.#print(`\x1b[${this.#rows};${text.length + 2}H`);
      const key = await this.#keyboard.next();
      if (key === undefined) return;
      if (/^\d$/.test(key)) {
        this.#print(key);
        text += key;
        continue;
      }
      const number = Number(text);
      const share = Math.floor((this.#last * number) / 100);
      if (["z", "d", "e", " ", "\r", "\n", "\x1b[B"].includes(key)) await this.#move(number);
      else if (["b", "w", "y", "u", "\x1b[A"].includes(key)) await this.#move(-number);
      else if (["g", "<", "G", ">"].includes(key)) await this.#goTo(Math.max(0, number - 1));
      else if ((key === "p" || key === "%") && number <= 100) await this.#goTo(share);
      return;
    }
  }

  async #colon(): Promise<number | undefined> {
    this.#printStatus(`${inverse(" :")}\x1b[${this.#rows};3H`);
    const key = await this.#keyboard.next();
    if (key === "q") {
      this.#clearStatus();
      return 0;
    }
    if (key === "f") this.#printStatus(this.#longStatus());
    const wanted = { n: this.#file + 1, p: this.#file - 1, x: 0 }[key ?? ""];
    if (wanted === undefined) return undefined;
    if (wanted >= this.#paths.length) this.#printStatus(inverse("No next file"));
    else if (wanted < 0 || wanted === this.#file) this.#printStatus(inverse("No previous file"));
    else {
      this.#file = wanted;
      if (!(await this.#open())) return 1;
    }
    return undefined;
  }
}

async function* noChunks(): AsyncGenerator<Uint8Array> {}
