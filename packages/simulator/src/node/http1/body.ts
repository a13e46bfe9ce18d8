import { engineError } from "@dryharbor/sdk/port";
import type { RequestBody } from "../../http/message.js";
import type { HttpRules } from "./head.js";
import { Input } from "./input.js";

/** The body of a request that is no HTTP, or breaks off: an error with Go's words. */
class BodyError extends Error {}

/** Where a body comes from. */
export interface BodySource {
  readonly input: Input;
  readonly rules: HttpRules;
  /** Resolves when more has come; false: nothing more will. */
  more(): Promise<boolean>;
  /** Called before the first byte is read, for clients that wait for it. */
  begin(): void;
  readonly mostBytes: number;
}

/**
 * The body of a request as it comes, read as Go's net/http reads it: of a declared length, or in chunks.
 * It may be read by the engine, and what is left then by the connection.
 */
export class IncomingBody implements RequestBody {
  /** That of requests that have none. */
  static readonly none = new IncomingBody(0, {
    input: new Input(),
    rules: { strictHeaders: true, headerLines: 0, strictChunks: true },
    more: () => Promise.resolve(false),
    begin() {},
    mostBytes: 0,
  });
  readonly length: number;
  /** Whether all of it has been read. */
  complete: boolean;
  /** Whether somebody has begun to read. */
  begun = false;
  readonly #source: BodySource;
  /** Of the body, or of the chunk. */
  #left: number;
  #state: "data" | "chunk-line" | "chunk-end" | "trailer";
  #total = 0;
  #failure: Error | undefined;

  constructor(length: number, source: BodySource) {
    this.length = length;
    this.#source = source;
    this.#left = Math.max(0, length);
    this.#state = length < 0 ? "chunk-line" : "data";
    this.complete = length === 0;
  }

  async *[Symbol.asyncIterator](): AsyncIterator<Uint8Array> {
    for (;;) {
      const piece = await this.read();
      if (!piece) return;
      this.#total += piece.length;
      if (this.#total > this.#source.mostBytes) throw this.#fail(tooLarge(this.#source.mostBytes));
      yield piece;
    }
  }

  /** How many bytes there are still to read: `undefined` where nobody knows. */
  get unread(): number | undefined {
    return this.length < 0 ? undefined : this.#left;
  }

  /** Some of it; `undefined` at the end. @throws {BodyError} */
  async read(): Promise<Buffer | undefined> {
    if (this.#failure) throw this.#failure;
    if (!this.begun && !this.complete) {
      this.begun = true;
      if (this.length > this.#source.mostBytes) throw this.#fail(tooLarge(this.#source.mostBytes));
      this.#source.begin();
    }
    while (!this.complete) {
      const piece = this.#step();
      if (piece) return piece;
      if (this.complete) break;
      if (!(await this.#source.more())) {
        // Go takes a body of a declared length for read when it breaks off, and one in chunks not.
        if (this.length > 0) this.complete = true;
        throw this.#fail(new BodyError("unexpected EOF"));
      }
    }
    return undefined;
  }

  /** What can be read at once. */
  #step(): Buffer | undefined {
    const { input } = this.#source;
    for (;;) {
      switch (this.#state) {
        case "data": {
          if (input.length === 0) return undefined;
          const piece = input.take(this.#left);
          this.#left -= piece.length;
          if (this.#left === 0) {
            if (this.length < 0) this.#state = "chunk-end";
            else this.complete = true;
          }
          return piece;
        }
        case "chunk-line": {
          const end = input.indexOf(lineFeed, 0);
          if (end > longestLine || (end < 0 && input.length > longestLine)) {
            throw this.#fail(new BodyError("header line too long"));
          }
          if (end < 0) return undefined;
          this.#left = this.#readChunkLine(input.text(end + 1));
          input.skip(end + 1);
          this.#state = this.#left > 0 ? "data" : "trailer";
          break;
        }
        case "chunk-end": {
          if (input.length < 2) return undefined;
          if (input.text(2) !== "\r\n") throw this.#fail(new BodyError("malformed chunked encoding"));
          input.skip(2);
          this.#state = "chunk-line";
          break;
        }
        case "trailer":
          return this.#readTrailer();
      }
    }
  }

  #readChunkLine(line: string): number {
    if (this.#source.rules.strictChunks && !line.endsWith("\r\n")) {
      throw this.#fail(new BodyError("chunked line ends with bare LF"));
    }
    const [digits = ""] = line.replace(/[ \t\r\n]+$/, "").split(";");
    if (digits === "") {
      if (this.#source.rules.strictChunks) {
        throw this.#fail(new BodyError("empty hex number for chunk length"));
      }
      return 0;
    }
    if (!/^[0-9a-fA-F]+$/.test(digits.slice(0, 16))) {
      throw this.#fail(new BodyError("invalid byte in chunk length"));
    }
    if (digits.length > 16) throw this.#fail(new BodyError("http chunk length too large"));
    return Number.parseInt(digits, 16);
  }

  /** After the last chunk there may be headers, which nobody asks for. */
  #readTrailer(): undefined {
    const { input } = this.#source;
    if (input.length < 2) return undefined;
    if (input.text(2) === "\r\n") {
      input.skip(2);
      this.complete = true;
      return undefined;
    }
    const text = input.text(Math.min(input.length, longestLine));
    const end = text.indexOf("\r\n\r\n");
    if (end < 0) {
      if (input.length < longestLine) return undefined;
      throw this.#fail(new BodyError("http: suspiciously long trailer after chunked body"));
    }
    const line = text
      .slice(0, end)
      .split("\r\n")
      .find((each) => !each.includes(":"));
    if (line !== undefined) {
      throw this.#fail(new BodyError(`malformed MIME header: missing colon: ${JSON.stringify(line)}`));
    }
    input.skip(end + 4);
    this.complete = true;
    return undefined;
  }

  #fail(error: Error): Error {
    this.#failure = error;
    return error;
  }
}

const lineFeed = 10;
const longestLine = 4096;

function tooLarge(most: number): Error {
  return engineError(
    413,
    `the request body is larger than the ${Math.floor(most / 2 ** 20)} MiB that the simulator takes`,
  );
}
