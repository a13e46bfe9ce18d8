// The format gzip (RFC 1952): DEFLATE with a header and checksums around it.
import { joined } from "../bytes.js";
import { crc32 } from "../digests/crc32.js";
import { deflated } from "./deflate.js";
import { InflateError, inflated } from "./inflate.js";

/** Thrown for data that is not in the format, in the words of BusyBox. */
export class GzipError extends Error {
  override readonly name = "GzipError";

  constructor(
    message: "invalid magic" | "corrupted data" | "unexpected end of file" | "crc error" | "incorrect length",
  ) {
    super(message);
  }
}

/** Compresses data. Yields pieces of the result, with the header that BusyBox writes. */
export function* gzipped(data: Uint8Array): Generator<Uint8Array> {
  yield Uint8Array.of(0x1f, 0x8b, 8, 0, 0, 0, 0, 0, 0, 3);
  yield* deflated(data);
  yield trailerOf(data);
}

/**
 * Compresses data with the header and the end that Go's library writes. Large data comes out a few percent smaller than
 * there.
 */
export function goGzipped(data: Uint8Array): Uint8Array {
  const head = Uint8Array.of(0x1f, 0x8b, 8, 0, 0, 0, 0, 0, 0, 0xff);
  return joined([head, ...deflated(data, true), trailerOf(data)]);
}

function trailerOf(data: Uint8Array): Uint8Array {
  const trailer = new DataView(new ArrayBuffer(8));
  trailer.setUint32(0, crc32(data), true);
  trailer.setUint32(4, data.length % 2 ** 32, true);
  return new Uint8Array(trailer.buffer);
}

/** Returns whether data begins as the format does. */
export function isGzip(data: Uint8Array, from = 0): boolean {
  return data[from] === 0x1f && data[from + 1] === 0x8b;
}

/**
 * Decompresses data, which may consist of several parts. Yields pieces of the result. What follows the last
 * part is ignored.
 *
 * @throws {GzipError} when it reaches an invalid part
 */
export function* gunzipped(data: Uint8Array): Generator<Uint8Array> {
  if (!isGzip(data)) throw new GzipError("invalid magic");
  for (let at = 0; isGzip(data, at); ) {
    let sum = 0;
    let length = 0;
    const pieces = inflated(data, behindHeader(data, at));
    for (;;) {
      const { done, value } = next(pieces);
      if (done) {
        at = value;
        break;
      }
      sum = crc32(value, sum);
      length += value.length;
      yield value;
    }
    if (at + 8 > data.length) throw new GzipError("corrupted data");
    const trailer = new DataView(data.buffer, data.byteOffset + at, 8);
    if (trailer.getUint32(0, true) !== sum) throw new GzipError("crc error");
    if (trailer.getUint32(4, true) !== length % 2 ** 32) throw new GzipError("incorrect length");
    at += 8;
  }
}

function next(pieces: Generator<Uint8Array, number>): IteratorResult<Uint8Array, number> {
  try {
    return pieces.next();
  } catch (error) {
    if (error instanceof InflateError) throw new GzipError(error.reason);
    throw error;
  }
}

/** What a header has besides its ten bytes. */
const flags = { checksum: 2, extra: 4, name: 8, comment: 16 } as const;

function behindHeader(data: Uint8Array, from: number): number {
  const given = data[from + 3] ?? 0;
  if (from + 10 > data.length || data[from + 2] !== 8) throw new GzipError("corrupted data");
  let at = from + 10;
  if (given & flags.extra) at += 2 + (data[at] ?? 0) + 256 * (data[at + 1] ?? 0);
  for (const text of [flags.name, flags.comment]) {
    if ((given & text) === 0) continue;
    const end = data.indexOf(0, at);
    if (end < 0) throw new GzipError("corrupted data");
    at = end + 1;
  }
  return given & flags.checksum ? at + 2 : at;
}
