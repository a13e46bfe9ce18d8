import type { ByteText } from "../byte-text.js";
import { fromBytes } from "../byte-text.js";
import { patternOf } from "./patterns.js";
import { untilZero } from "./value.js";

/** A record that was read, and the text that ended it. */
export interface ReadRecord {
  readonly text: ByteText;
  readonly terminator: ByteText;
}

/** Reads records from a stream of bytes, as `RS` divides them. */
export class RecordReader {
  readonly #read: () => Promise<Uint8Array | undefined>;
  #buffer = "";
  #at = 0;
  #ended = false;

  /** @param read reads more bytes, and returns `undefined` at the end */
  constructor(read: () => Promise<Uint8Array | undefined>) {
    this.#read = read;
  }

  /**
   * Reads the next record. Returns `undefined` at the end.
   *
   * @throws {FileError}
   * @throws {BadExpression} `RS` is a pattern, and invalid.
   */
  async next(separator: ByteText, ignoreCase: boolean): Promise<ReadRecord | undefined> {
    if (separator === "") await this.#skipNewlines();
    // What has been searched in vain is not searched again.
    let from = this.#at;
    for (;;) {
      const end = this.#end(separator, ignoreCase, from);
      if (end && (end.to < this.#buffer.length || this.#ended || separator.length === 1)) {
        const text = this.#buffer.slice(this.#at, end.from);
        const terminator = this.#buffer.slice(end.from, end.to);
        this.#at = end.to;
        return { text: untilZero(text), terminator };
      }
      if (separator.length === 1) from = this.#buffer.length;
      if (this.#ended) break;
      const searched = from - this.#at;
      await this.#more();
      from = this.#at + searched;
    }
    if (this.#at >= this.#buffer.length) return undefined;
    const text = this.#buffer.slice(this.#at);
    this.#at = this.#buffer.length;
    return { text: untilZero(text), terminator: "" };
  }

  #end(separator: ByteText, ignoreCase: boolean, from: number): { from: number; to: number } | undefined {
    if (separator.length === 1) {
      const at = this.#buffer.indexOf(separator, from);
      return at < 0 ? undefined : { from: at, to: at + 1 };
    }
    if (separator === "") {
      const newlines = /\n\n+/g;
      newlines.lastIndex = this.#at;
      const match = newlines.exec(this.#buffer);
      return match ? { from: match.index, to: newlines.lastIndex } : undefined;
    }
    const match = patternOf(separator, ignoreCase).find(this.#buffer.slice(this.#at));
    if (!match || match.groups[0] === "") return undefined;
    const at = this.#at + match.index;
    return { from: at, to: at + match.groups[0].length };
  }

  async #skipNewlines(): Promise<void> {
    for (;;) {
      while (this.#buffer[this.#at] === "\n") this.#at++;
      if (this.#at < this.#buffer.length || this.#ended) return;
      await this.#more();
    }
  }

  async #more(): Promise<void> {
    const bytes = await this.#read();
    if (!bytes) this.#ended = true;
    else this.#buffer = this.#buffer.slice(this.#at) + fromBytes(bytes);
    if (bytes) this.#at = 0;
  }
}
