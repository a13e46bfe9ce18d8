// The text that `less` shows: a file in lines that fit on the screen, read as far as somebody looks.
import { fromBytes } from "./byte-text.js";

/** A line of the screen. */
export interface ScreenLine {
  readonly text: string;
  /** The number of the file's line that it is a part of, from 1. */
  readonly number: number;
}

/** How lines are made to fit. */
export interface LineLayout {
  readonly width: number;
  /** Whether long lines are cut. */
  readonly cuts: boolean;
  /** Whether the escape sequences of colours are left out. */
  readonly withoutColours: boolean;
}

const tabWidth = 8;

/** A file in lines of the screen. The last one is what stands behind the last line end. */
export class ScreenText {
  readonly lines: ScreenLine[] = [];
  /** The number of line ends. */
  ends = 0;
  isWhole = false;
  readonly #chunks: AsyncIterator<Uint8Array>;
  readonly #layout: LineLayout;
  #rest = "";

  constructor(chunks: AsyncIterable<Uint8Array>, layout: LineLayout) {
    this.#chunks = chunks[Symbol.asyncIterator]();
    this.#layout = layout;
  }

  /** Reads until there are so many lines, or no more. */
  async read(count: number): Promise<void> {
    while (!this.isWhole && this.lines.length < count) {
      const { done, value } = await this.#chunks.next();
      this.#rest += done ? "" : fromBytes(value);
      const complete = this.#rest.split("\n");
      this.#rest = complete.pop() as string;
      for (const line of complete) {
        this.#add(line);
        this.ends++;
      }
      if (done) {
        this.#add(this.#rest);
        this.isWhole = true;
      }
    }
  }

  #add(line: string): void {
    const { width, cuts, withoutColours } = this.#layout;
    const number = this.ends + 1;
    const shown = withoutColours ? withoutColourCodes(line) : line;
    let text = "";
    let column = 0;
    for (const letter of shown) {
      const wide = letter === "\t" ? tabWidth - (column % tabWidth) : 1;
      if (column + wide > width) {
        this.lines.push({ text, number });
        if (cuts) return;
        text = "";
        column = 0;
      }
      text += letter;
      column += wide;
    }
    this.lines.push({ text, number });
  }
}

function withoutColourCodes(line: string): string {
  return line
    .split("\x1b[")
    .map((part, at) => (at === 0 ? part : part.replace(/^[\d;]*m/, "")))
    .join("");
}
