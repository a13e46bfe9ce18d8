import { type Head, headerOf } from "./head.js";
import { BrokenMessage, type Reader } from "./reader.js";

const lineLimit = 4_096;

/** How the end of a body is known. */
export type Framing = { readonly length: number } | "chunked" | "until-close";

/** Returns the framing that a head declares, or `undefined` where it declares none. */
export function framingOf(head: Head): Framing | undefined {
  if (/\bchunked\b/i.test(headerOf(head, "transfer-encoding") ?? "")) return "chunked";
  const length = headerOf(head, "content-length");
  return length !== undefined && /^\d+$/.test(length) ? { length: Number(length) } : undefined;
}

/** Reads a body in pieces. @throws {BrokenMessage} */
export async function* readBody(
  reader: Reader,
  framing: Framing,
): AsyncGenerator<Uint8Array, void, undefined> {
  if (framing === "chunked") yield* chunks(reader);
  else if (framing === "until-close") yield* rest(reader);
  else yield* exactly(reader, framing.length);
}

async function* rest(reader: Reader): AsyncGenerator<Uint8Array, void, undefined> {
  for (;;) {
    const data = await reader.some();
    if (!data) return;
    yield data;
  }
}

async function* exactly(reader: Reader, length: number): AsyncGenerator<Uint8Array, void, undefined> {
  for (let left = length; left > 0; ) {
    const data = await reader.some(left);
    if (!data) throw new BrokenMessage("the connection ended within a body");
    left -= data.length;
    yield data;
  }
}

async function* chunks(reader: Reader): AsyncGenerator<Uint8Array, void, undefined> {
  for (;;) {
    const size = /^([0-9a-f]+)\s*(?:;|$)/i.exec((await reader.line(lineLimit)) ?? "")?.[1];
    if (size === undefined) throw new BrokenMessage("a chunk has no size");
    const length = Number.parseInt(size, 16);
    yield* exactly(reader, length);
    if (length > 0) {
      if ((await reader.line(lineLimit)) !== "")
        throw new BrokenMessage("a chunk does not end with its size");
      continue;
    }
    for (let trailer = await reader.line(lineLimit); trailer; ) trailer = await reader.line(lineLimit);
    return;
  }
}

/** Makes a stream of pieces, read as they are wanted. */
export function streamOf(pieces: AsyncGenerator<Uint8Array, void, undefined>): ReadableStream<Uint8Array> {
  return new ReadableStream({
    async pull(controller) {
      const { done, value } = await pieces.next();
      if (done) controller.close();
      else controller.enqueue(value);
    },
    async cancel() {
      await pieces.return();
    },
  });
}
