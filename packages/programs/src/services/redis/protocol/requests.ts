// The reader of what clients send: requests as arrays of bulk strings, and inline commands.
import { type ByteText, fromBytes } from "../../../busybox/byte-text.js";
import { parseInteger } from "../values/numbers.js";
import { splitWords } from "./words.js";

/** A request: the name of a command and its arguments. */
export type Request = readonly [ByteText, ...ByteText[]];

/** What a client sends is not the protocol. The server says why and closes the connection. */
export class ProtocolError extends Error {}

/** The limits of a request. */
export interface RequestLimits {
  /** The greatest length of an argument (`proto-max-bulk-len`). */
  readonly bulkLength: number;
  /** Whether the client still has to authenticate. Requests must then be small. */
  readonly mustAuthenticate: boolean;
}

const longestLine = 64 * 1024;
const mostArguments = 2_147_483_647;

/** Reads requests from bytes that arrive in pieces. */
export class RequestReader {
  /** Bytes that have arrived and are not in {@link #text} yet. They wait until there are enough of them. */
  #pieces: Uint8Array[] = [];
  #waiting = 0;
  #text: ByteText = "";
  #at = 0;
  /** The arguments of the present request that are complete. */
  #words: ByteText[] = [];
  #missingWords = 0;
  /** The length of the argument that is being read. */
  #bulkLength: number | undefined;

  /** The number of bytes that belong to no request yet. */
  get pending(): number {
    return this.#text.length - this.#at + this.#waiting;
  }

  add(data: Uint8Array): void {
    this.#pieces.push(data);
    this.#waiting += data.length;
  }

  /**
   * Takes the next request. Returns `undefined` when it is not complete.
   *
   * @throws {ProtocolError}
   */
  next(limits: RequestLimits): Request | undefined {
    const needed = (this.#bulkLength ?? -1) + 2;
    if (this.#waiting > 0 && this.pending >= needed) this.#join();
    for (;;) {
      if (this.#missingWords === 0) {
        if (this.#at >= this.#text.length) return undefined;
        if (this.#text[this.#at] !== "*") {
          const words = this.#inlineCommand();
          if (!words) return undefined;
          if (isRequest(words)) return words;
          continue;
        }
        const count = this.#length("mbulk count");
        if (count === undefined) return undefined;
        if (Number.isNaN(count) || count > mostArguments) throw new ProtocolError("invalid multibulk length");
        if (count > 10 && limits.mustAuthenticate)
          throw new ProtocolError("unauthenticated multibulk length");
        if (count <= 0) continue;
        this.#missingWords = count;
      }
      if (!this.#readWord(limits)) return undefined;
      if (this.#missingWords === 0) {
        const words = this.#words;
        this.#words = [];
        if (isRequest(words)) return words;
      }
    }
  }

  #join(): void {
    this.#text = this.#text.slice(this.#at) + this.#pieces.map(fromBytes).join("");
    this.#at = 0;
    this.#pieces = [];
    this.#waiting = 0;
  }

  #inlineCommand(): ByteText[] | undefined {
    const end = this.#text.indexOf("\n", this.#at);
    if (end < 0) {
      if (this.pending > longestLine) throw new ProtocolError("too big inline request");
      return undefined;
    }
    const line = this.#text.slice(this.#at, end).replace(/\r$/, "");
    this.#at = end + 1;
    const words = splitWords(line);
    if (!words) throw new ProtocolError("unbalanced quotes in request");
    return words;
  }

  /** Reads one argument. Returns false when it is not complete. */
  #readWord(limits: RequestLimits): boolean {
    if (this.#bulkLength === undefined) {
      const first = this.#text[this.#at];
      const length = this.#length("bulk count");
      if (length === undefined) return false;
      if (first !== "$") throw new ProtocolError(`expected '$', got '${first}'`);
      if (!(length >= 0 && length <= limits.bulkLength)) throw new ProtocolError("invalid bulk length");
      if (length > 16_384 && limits.mustAuthenticate) throw new ProtocolError("unauthenticated bulk length");
      this.#bulkLength = length;
    }
    const end = this.#at + this.#bulkLength;
    if (this.#text.length < end + 2) return false;
    this.#words.push(this.#text.slice(this.#at, end));
    this.#at = end + 2;
    this.#bulkLength = undefined;
    this.#missingWords--;
    return true;
  }

  /** Reads the number of a line such as `*3` or `$5`. Returns `NaN` for what is no number. */
  #length(what: string): number | undefined {
    const end = this.#text.indexOf("\r", this.#at);
    if (end < 0) {
      if (this.pending > longestLine) throw new ProtocolError(`too big ${what} string`);
      return undefined;
    }
    if (end + 2 > this.#text.length) return undefined;
    const length = parseInteger(this.#text.slice(this.#at + 1, end));
    // A line that does not begin as it must is left for the message about it.
    this.#at = end + 2;
    return length === undefined ? Number.NaN : Number(length);
  }
}

function isRequest(words: readonly ByteText[]): words is Request {
  return words.length > 0;
}
