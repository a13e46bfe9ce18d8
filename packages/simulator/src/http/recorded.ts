// A request whose body is kept while the engine reads it, for the record of calls.

import { longestRecord } from "../calls/call-log.js";
import type { HttpRequest, RequestBody } from "./message.js";

/** A request that keeps the beginning of its body. */
export class KeptRequest implements HttpRequest {
  readonly method: string;
  readonly target: string;
  readonly headers: HttpRequest["headers"];
  readonly body: RequestBody;
  readonly #request: HttpRequest;
  readonly #pieces: Uint8Array[] = [];
  #length = 0;

  constructor(request: HttpRequest) {
    this.#request = request;
    this.method = request.method;
    this.target = request.target;
    this.headers = request.headers;
    const { body } = request;
    const keep = (piece: Uint8Array): void => {
      this.#length += piece.length;
      if (this.#length <= longestRecord) this.#pieces.push(piece);
    };
    this.body = {
      length: body.length,
      async *[Symbol.asyncIterator]() {
        for await (const piece of body) {
          keep(piece);
          yield piece;
        }
      },
    };
  }

  /** Only asked for where somebody needs it, since transports make one then. */
  get signal(): AbortSignal {
    return this.#request.signal;
  }

  /** The body as text, as far as it has been read; empty for one that is too long. */
  get text(): string {
    if (this.#length > longestRecord) return "";
    const decoder = new TextDecoder();
    return this.#pieces.map((piece) => decoder.decode(piece, { stream: true })).join("") + decoder.decode();
  }
}
