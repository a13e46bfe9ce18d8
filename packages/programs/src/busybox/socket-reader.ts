import { type Connection, FileError } from "@dryharbor/kernel";
import { type ByteText, fromBytes } from "./byte-text.js";

/** Reads lines and bytes from a connection. Lines are texts with one character for each byte. */
export class SocketReader {
  readonly #connection: Pick<Connection, "read">;
  #waiting = new Uint8Array();
  #ended = false;

  constructor(connection: Pick<Connection, "read">) {
    this.#connection = connection;
  }

  /**
   * Reads a line of at most `longest` bytes with its `\n`. At the end the last line has none, and then comes
   * `undefined`.
   *
   * @param within in milliseconds, for each piece that arrives
   * @throws {FileError} EAGAIN where `within` has passed; as `Connection.read`
   */
  async line(longest: number, within?: number): Promise<ByteText | undefined> {
    for (;;) {
      const end = this.#waiting.subarray(0, longest).indexOf(newline);
      if (end >= 0) return fromBytes(this.#take(end + 1));
      if (this.#waiting.length >= longest || this.#ended) {
        const rest = this.#take(longest);
        return rest.length > 0 ? fromBytes(rest) : undefined;
      }
      await this.#fill(within);
    }
  }

  /** Reads at most `limit` bytes. Resolves to `undefined` at the end. @throws {FileError} as {@link line} */
  async bytes(limit: number, within?: number): Promise<Uint8Array | undefined> {
    if (this.#waiting.length === 0 && !this.#ended) await this.#fill(within);
    return this.#waiting.length > 0 ? this.#take(limit) : undefined;
  }

  async #fill(within: number | undefined): Promise<void> {
    const data = await this.#connection.read(undefined, within === undefined ? {} : { within });
    if (!data) this.#ended = true;
    else if (this.#waiting.length === 0) this.#waiting = data.slice();
    else this.#waiting = joined(this.#waiting, data);
  }

  #take(length: number): Uint8Array {
    const taken = this.#waiting.subarray(0, length);
    this.#waiting = this.#waiting.slice(length);
    return taken;
  }
}

const newline = 10;

function joined(one: Uint8Array, other: Uint8Array): Uint8Array<ArrayBuffer> {
  const both = new Uint8Array(one.length + other.length);
  both.set(one);
  both.set(other, one.length);
  return both;
}

/** Returns whether an error says that time is up. */
export function isLate(error: unknown): boolean {
  return error instanceof FileError && (error.code === "EAGAIN" || error.code === "ETIMEDOUT");
}
