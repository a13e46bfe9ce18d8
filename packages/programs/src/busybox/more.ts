import { FileError, type ProcessContext, withoutLines } from "@dryharbor/kernel";
import { applet } from "./applet.js";
import { fromBytes, toBytes } from "./byte-text.js";
import { cat } from "./cat.js";
import { inputFile, wholeFile } from "./input-file.js";
import { Keyboard, withKeys } from "./keyboard.js";
import { openKeyboard } from "./pager-input.js";
import { screenSize } from "./screen.js";

const question = "(Enter:next line Space:next page Q:quit R:show the rest)";
const tabWidth = 8;

/** `more [FILE]...`: shows files a screen at a time. Without a terminal, it copies them. */
export const more = applet(
  {
    help: `more [FILE]...

View FILE (or stdin) one screenful at a time`,
    options: { flags: "dlfpcsu" },
  },
  async (process, { name, operands }) => {
    const keys = openKeyboard(process);
    if (!keys) return await copy(process, name, operands);
    return await withKeys(
      process,
      keys,
      (before) => withoutLines(before),
      () => page(process, name, operands, new Keyboard(process, keys)),
    );
  },
);

async function copy(process: ProcessContext, name: string, paths: readonly string[]): Promise<number> {
  const { env, cwd } = process;
  return await process.become(cat, { argv: [name, ...paths], env, cwd });
}

async function page(
  process: ProcessContext,
  name: string,
  paths: readonly string[],
  keyboard: Keyboard,
): Promise<number> {
  const reader = new PageReader(process, keyboard);
  for (const path of paths.length > 0 ? paths : ["-"]) {
    try {
      inputFile(process, path);
      const text = fromBytes(await wholeFile(process, path));
      const ended = await reader.show(text, path !== "-");
      if (ended !== undefined) return ended;
    } catch (error) {
      if (!(error instanceof FileError)) throw error;
      process.stderr(`${name}: ${path}: ${error.message}\n`);
    }
  }
  return 0;
}

class PageReader {
  /** Whether nothing is asked any more. */
  #isRest = false;

  constructor(
    readonly process: ProcessContext,
    readonly keyboard: Keyboard,
  ) {}

  /** Shows a file. Resolves to an exit code when the user wants no more. @param sized whether its size is known */
  async show(text: string, sized: boolean): Promise<number | undefined> {
    let shown = "";
    let column = 0;
    let lines = 0;
    const { rows, columns } = screenSize(this.process);
    let page = rows - 1;
    const flush = (): void => {
      this.process.stdout(toBytes(shown));
      shown = "";
    };
    for (const [at, letter] of [...text].entries()) {
      if (lines >= page && !this.#isRest) {
        flush();
        const key = await this.#ask(at + 1, sized ? text.length : undefined);
        if (typeof key === "number") return key;
        lines = 0;
        page = key === "line" ? 1 : rows - 1;
        if (key === "rest") this.#isRest = true;
      }
      if (letter === "\n") {
        column = 0;
        lines++;
        shown += letter;
        continue;
      }
      const width = letter === "\t" ? tabWidth - (column % tabWidth) : 1;
      shown += letter === "\t" ? " ".repeat(width) : letter;
      column += width;
      if (column >= columns) {
        column = 0;
        lines++;
      }
    }
    flush();
    return undefined;
  }

  async #ask(read: number, size: number | undefined): Promise<number | "line" | "page" | "rest"> {
    const whole =
      size === undefined
        ? ""
        : `(${Math.floor(read / Math.max(1, Math.floor(size / 100)))}% of ${size} bytes)`;
    let prompt = `--More-- ${whole}`;
    this.process.stdout(prompt);
    for (;;) {
      const key = (await this.keyboard.next())?.toLowerCase();
      if (key === "\x03") {
        this.process.stdout("\n");
        return 1;
      }
      this.process.stdout(`\r${" ".repeat(prompt.length)}\r`);
      if (key === undefined || key === "q") return 0;
      if (key === " ") return "page";
      if (key === "\r" || key === "\n") return "line";
      if (key === "r") return "rest";
      prompt = question;
      this.process.stdout(prompt);
    }
  }
}
