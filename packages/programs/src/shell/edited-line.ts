// A line that is being edited, and how it is drawn at a terminal: which bytes move the cursor, also over the edge
// of the screen, are BusyBox's.

const clearToEnd = "\x1b[J";
/** From so many columns on, the cursor is moved by a sequence instead of backspaces. */
const fewest = 5;

/** A line at a terminal, with a cursor. It writes what its changes draw. */
export class EditedLine {
  /** The characters of the line. */
  #line: string[] = [];
  #at = 0;
  /** Where the cursor is: the row below the prompt's, and the column. */
  #row = 0;
  #column = 0;
  readonly #prompt: string;
  readonly #columns: () => number;
  readonly #write: (text: string) => void;

  /**
   * @param prompt the last line of the prompt, which is on the screen
   * @param columns returns how wide the screen is
   */
  constructor(prompt: string, columns: () => number, write: (text: string) => void) {
    this.#prompt = prompt;
    this.#columns = columns;
    this.#write = write;
    this.#afterPrompt();
  }

  get text(): string {
    return this.#line.join("");
  }

  get beforeCursor(): string {
    return this.#line.slice(0, this.#at).join("");
  }

  /** Takes note of where the terminal says that the line begins. @param column counted from 1 */
  startAt(column: number): void {
    if (this.#at === 0 && this.#row === 0) this.#column = (column - 1) % this.#columns();
  }

  /** Replaces the line, with the cursor at its end. */
  replace(text: string): void {
    this.#line = [...text];
    this.#redraw(this.#row, 0);
  }

  /** Puts text before the cursor. */
  insert(text: string): void {
    for (const character of text) {
      const at = this.#at;
      this.#line.splice(at, 0, character);
      this.#rest();
      this.back(this.#at - at - 1);
    }
  }

  /** Puts text before the cursor and draws the line anew. */
  complete(text: string): void {
    const added = [...text];
    this.#line.splice(this.#at, 0, ...added);
    this.#redraw(this.#row, this.#line.length - this.#at - added.length);
  }

  /** Removes the character at the cursor. */
  delete(): void {
    const at = this.#at;
    if (at === this.#line.length) return;
    this.#line.splice(at, 1);
    this.#rest();
    this.#write(clearToEnd);
    this.back(this.#at - at);
  }

  /** Removes the character before the cursor. */
  erase(): void {
    if (this.#at === 0) return;
    this.back(1);
    this.delete();
  }

  /** Removes all that is before the cursor. */
  eraseLeft(): void {
    if (this.#at === 0) return;
    this.#line.splice(0, this.#at);
    this.#redraw(this.#row, this.#line.length);
  }

  /** Removes all from the cursor on. */
  cutOff(): void {
    this.#line.length = this.#at;
    this.#write(clearToEnd);
  }

  /** Removes the word before the cursor, which ends at a space. */
  eraseSpacedWord(): void {
    while (this.#at > 0 && this.#line[this.#at - 1] === " ") this.erase();
    while (this.#at > 0 && this.#line[this.#at - 1] !== " ") this.erase();
  }

  /** Removes the word before the cursor, which ends at a space or at punctuation. */
  eraseWordLeft(): void {
    const from = this.#at;
    this.wordLeft();
    for (let left = from - this.#at; left > 0; left--) this.delete();
  }

  /** Removes the word behind the cursor. */
  eraseWordRight(): void {
    const from = this.#at;
    this.wordRight();
    const count = this.#at - from;
    this.back(count);
    for (let left = count; left > 0; left--) this.delete();
  }

  /** Moves the cursor to the left. */
  back(count: number): void {
    let left = Math.min(count, this.#at);
    if (left <= 0) return;
    this.#at -= left;
    if (this.#column >= left) {
      this.#column -= left;
      this.#write(left < fewest ? "\b".repeat(left) : `\x1b[${left}D`);
      return;
    }
    const width = this.#columns();
    left -= this.#column;
    const rows = Math.ceil(left / width);
    this.#row -= rows;
    this.#column = rows * width - left;
    this.#write(`\r\x1b[${rows}A${this.#column > 0 ? `\x1b[${this.#column}C` : ""}`);
  }

  /** Moves the cursor to the right, by writing what it passes. */
  forth(count: number): void {
    for (let left = count; left > 0 && this.#at < this.#line.length; left--) this.#put();
  }

  wordLeft(): void {
    while (this.#at > 0) {
      this.back(1);
      if (!isWord(this.#line[this.#at])) continue;
      while (this.#at > 0 && isWord(this.#line[this.#at - 1])) this.back(1);
      return;
    }
  }

  wordRight(): void {
    while (this.#at < this.#line.length) {
      const isInWord = isWord(this.#line[this.#at]);
      this.forth(1);
      if (!isInWord) continue;
      while (isWord(this.#line[this.#at])) this.forth(1);
      return;
    }
  }

  /** Moves to the line below the whole text, without moving the cursor within the text. */
  newLine(): void {
    const at = this.#at;
    this.#rest();
    if (this.#column > 0) this.#write("\n");
    this.#at = at;
  }

  /** Draws the line where the screen's cursor is. */
  redrawHere(): void {
    this.#redraw(0, this.#line.length - this.#at);
  }

  #redraw(rowsUp: number, back: number): void {
    this.#write(`${rowsUp > 0 ? `\x1b[${rowsUp}A` : ""}\r${this.#prompt}`);
    this.#afterPrompt();
    this.#at = 0;
    this.#rest();
    this.#write(clearToEnd);
    this.back(back);
  }

  #afterPrompt(): void {
    // biome-ignore lint/suspicious/noControlCharactersInRegex: colours begin with an escape
    const length = this.#prompt.replace(/\x1b\[[\d;]*m/g, "").length;
    this.#row = Math.floor(length / this.#columns());
    this.#column = length % this.#columns();
  }

  /** Writes from the cursor to the end of the line. */
  #rest(): void {
    this.forth(Number.POSITIVE_INFINITY);
  }

  /** Writes the character at the cursor. */
  #put(): void {
    this.#write(this.#line[this.#at] as string);
    this.#at++;
    this.#column++;
    if (this.#column < this.#columns()) return;
    this.#column = 0;
    this.#row++;
    this.#write("\r\n");
  }
}

/** Returns whether a character is of a word: neither a space nor ASCII punctuation. */
function isWord(character: string | undefined): boolean {
  return character !== undefined && !/[ !-/:-@[-`{-~]/.test(character);
}
