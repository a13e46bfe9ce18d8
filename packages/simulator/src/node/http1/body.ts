// The body of a request, read as Go's net/http reads it: of a declared length, or in chunks. `connection.ts`
// makes one for each request and gives it to the routes.

import { engineError } from "@dryharbor/sdk/port";
import type { RequestBody } from "../../http/message.js";
import type { HttpRules } from "./head.js";
import { Input } from "./input.js";

/** The error of a body that is malformed or breaks off. Its message is Go's. */
class BodyError extends Error {}

/** The connection that a body is read from. */
export interface BodySource {
  readonly input: Input;
  readonly rules: HttpRules;
  /** Resolves to true when more bytes have come, and to false if none will. */
  more(): Promise<boolean>;
  /** Called before the first byte is read, to send `100 Continue` to a client that waits for it. */
  begin(): void;
  readonly mostBytes: number;
}

/**
 * The body of a request. The engine reads it; the connection then reads what is left, to reach the next
 * request.
 */
export class IncomingBody implements RequestBody {
  /** The body of a request that has none. */
  static readonly none = new IncomingBody(0, {
    input: new Input(),
    rules: { strictHeaders: true, headerLines: 0, strictChunks: true, answersGoneClients: false },
    more: () => Promise.resolve(false),
    begin() {},
    mostBytes: 0,
  });
  readonly length: number;
  /** True when the whole body has been read. */
  complete: boolean;
  /** True when reading has begun. */
  begun = false;
  /** True when the client has ended its side of the connection in the middle of the body. */
  brokenOff = false;
  readonly #source: BodySource;
  /** The bytes that are left of the body, or of the chunk. */
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

  /** The number of bytes that are left to read, or `undefined` for a body in chunks. */
  get unread(): number | undefined {
    return this.length < 0 ? undefined : this.#left;
  }

  /**
   * Reads a piece of the body. Returns `undefined` at its end.
   * @throws {BodyError} the body is malformed or breaks off
   */
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
        // When a body of a declared length breaks off, Go counts it as read. A body in chunks it does not.
        if (this.length > 0) this.complete = true;
        this.brokenOff = true;
        throw this.#fail(new BodyError("unexpected EOF"));
      }
    }
    return undefined;
  }

  /** Returns what can be read without waiting. */
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

  /** Skips the headers after the last chunk, which nobody asks for. */
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
