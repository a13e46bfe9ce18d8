import { asGoWrites, withHtmlEscapes } from "../core/json/encode.js";
import type { Release } from "../core/releases/release.js";

const text = new TextEncoder();

/** Encodes a value as one line of JSON, as the engine writes it into a stream. */
export function line(release: Release, value: object, end = "\n"): Uint8Array {
  return text.encode(`${asGoWrites(withHtmlEscapes(JSON.stringify(value)), release)}${end}`);
}

/** Encodes each value as one line of JSON, as they come. */
export async function* lines(release: Release, values: AsyncIterable<object>): AsyncIterable<Uint8Array> {
  for await (const value of values) yield line(release, value);
}

/** Encodes each value as a record of a JSON text sequence (RFC 7464), as they come. */
export async function* records(release: Release, values: AsyncIterable<object>): AsyncIterable<Uint8Array> {
  for await (const value of values) yield Uint8Array.from([recordSeparator, ...line(release, value)]);
}

const recordSeparator = 0x1e;
