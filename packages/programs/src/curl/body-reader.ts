// The body of a response: where it ends, and what is in it.
import { FileError } from "@dryharbor/kernel";
import { fromBytes } from "../busybox/byte-text.js";
import type { Build } from "./build.js";
import { CurlError } from "./curl-error.js";
import type { Link } from "./link.js";
import type { Patience } from "./patience.js";

/** How the end of a body is known. */
export type BodyEnd = "chunked" | "close" | { readonly length: number };

/** Takes what has arrived of a body: as it came, and its content. */
export type BodySink = (raw: Uint8Array, content: Uint8Array) => Promise<void>;

const most = 16_384;

/** Reads a body. Resolves to whether the connection may be used again. @throws {CurlError} */
export async function readBody(
  link: Link,
  end: BodyEnd,
  build: Build,
  patience: Patience,
  sink: BodySink,
): Promise<boolean> {
  const next = (limit: number): Promise<Uint8Array | undefined> => somethingFrom(link, patience, limit);
  if (end === "close") {
    for (let data = await next(most); data; data = await next(most)) await sink(data, data);
    return false;
  }
  if (end === "chunked") {
    await readChunks(build, next, sink);
    return true;
  }
  for (let left = end.length; left > 0; ) {
    const data = await next(Math.min(left, most));
    if (!data) {
      const text = build.since("8.10")
        ? `end of response with ${left} bytes missing`
        : `transfer closed with ${left} bytes remaining to read`;
      throw new CurlError(18, text);
    }
    left -= data.length;
    await sink(data, data);
  }
  return true;
}

/** Reads what has arrived. Resolves to `undefined` at the end of the connection. @throws {CurlError} */
async function somethingFrom(
  { reader }: Link,
  patience: Patience,
  limit: number,
): Promise<Uint8Array | undefined> {
  try {
    return await patience.reading((within) => reader.bytes(limit, within));
  } catch (error) {
    if (error instanceof FileError) throw new CurlError(56, `Recv failure: ${error.message}`, error.code);
    throw error;
  }
}

/** Reads a chunked body. Chunks may be split between pieces that arrive. */
async function readChunks(
  build: Build,
  next: (limit: number) => Promise<Uint8Array | undefined>,
  sink: BodySink,
): Promise<void> {
  const chunks = new Chunks(build);
  while (!chunks.isOver) {
    const data = await next(most);
    if (!data) throw new CurlError(18, "transfer closed with outstanding read data remaining");
    const content = chunks.push(data);
    await sink(data, content);
  }
}

/** Decodes chunks, a byte at a time where it reads sizes. */
class Chunks {
  readonly #build: Build;
  #line = "";
  #left = 0;
  #state: "size" | "extension" | "content" | "after" | "trailer" = "size";
  isOver = false;

  constructor(build: Build) {
    this.#build = build;
  }

  push(data: Uint8Array): Uint8Array {
    const content: number[] = [];
    for (let at = 0; at < data.length && !this.isOver; at++) {
      const byte = data[at] as number;
      if (this.#state === "content") {
        content.push(byte);
        if (--this.#left === 0) this.#state = "after";
      } else this.#take(byte);
    }
    return Uint8Array.from(content);
  }

  #take(byte: number): void {
    const letter = fromBytes(Uint8Array.of(byte));
    const isEnd = letter === "\n";
    if (this.#state === "size" && /[0-9a-f]/i.test(letter)) this.#line += letter;
    else if (this.#state === "size" && this.#line === "") throw this.#bad(byte);
    else if (this.#state === "size") this.#state = isEnd ? this.#sized() : "extension";
    else if (this.#state === "extension" && isEnd) this.#state = this.#sized();
    else if (this.#state === "after" && isEnd) this.#state = "size";
    else if (this.#state === "trailer") {
      if (!isEnd && letter !== "\r") this.#line += letter;
      else if (isEnd && this.#line === "") this.isOver = true;
      else if (isEnd) this.#line = "";
    }
  }

  #sized(): "content" | "trailer" {
    this.#left = Number.parseInt(this.#line, 16);
    this.#line = "";
    return this.#left > 0 ? "content" : "trailer";
  }

  #bad(byte: number): CurlError {
    const text = this.#build.since("8.10")
      ? `chunk hex-length char not a hex digit: 0x${byte.toString(16)}`
      : "Illegal or missing hexadecimal sequence in chunked-encoding";
    return new CurlError(56, text);
  }
}
