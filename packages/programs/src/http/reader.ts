import type { Connection } from "@dryharbor/kernel";

const newline = 10;
const nothing = new Uint8Array();

/** The failure of reading a message: the other side ended the connection within it, or a line is too long. */
export class BrokenMessage extends Error {
  override readonly name = "BrokenMessage";
}

/** Reads a connection by lines and by numbers of bytes. */
export class Reader {
  readonly #connection: Pick<Connection, "read">;
  #rest: Uint8Array = nothing;

  constructor(connection: Pick<Connection, "read">) {
    this.#connection = connection;
  }

  /**
   * Reads a line, without its end. Resolves to `undefined` when the connection ends before it begins.
   *
   * @param limit the most bytes that it may have
   * @throws {BrokenMessage}
   */
  async line(limit: number): Promise<string | undefined> {
    let searched = 0;
    for (;;) {
      const end = this.#rest.indexOf(newline, searched);
      if (end > limit || (end < 0 && this.#rest.length > limit))
        throw new BrokenMessage("a line is too long");
      if (end >= 0) {
        const line = latin1(this.#rest.subarray(0, end));
        this.#rest = this.#rest.subarray(end + 1);
        return line.endsWith("\r") ? line.slice(0, -1) : line;
      }
      searched = this.#rest.length;
      const more = await this.#connection.read();
      if (!more) {
        if (this.#rest.length === 0) return undefined;
        throw new BrokenMessage("the connection ended within a line");
      }
      this.#rest = joined(this.#rest, more);
    }
  }

  /** Reads at most this many bytes. Resolves to `undefined` at the end of the connection. */
  async some(limit = Number.POSITIVE_INFINITY): Promise<Uint8Array | undefined> {
    if (this.#rest.length === 0) {
      const more = await this.#connection.read();
      if (!more) return undefined;
      this.#rest = more;
    }
    const data = this.#rest.subarray(0, limit);
    this.#rest = this.#rest.subarray(data.length);
    return data;
  }
}

function joined(one: Uint8Array, other: Uint8Array): Uint8Array {
  if (one.length === 0) return other;
  const both = new Uint8Array(one.length + other.length);
  both.set(one);
  both.set(other, one.length);
  return both;
}

/** Reads bytes as characters, one each, as HTTP's headers are. */
function latin1(bytes: Uint8Array): string {
  let text = "";
  for (const byte of bytes) text += String.fromCharCode(byte);
  return text;
}
