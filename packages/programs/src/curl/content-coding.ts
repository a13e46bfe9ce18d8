import { joined } from "../bytes.js";
import { gunzipped } from "../deflate/gzip-format.js";
import { inflated } from "../deflate/inflate.js";
import { CurlError } from "./curl-error.js";

/** Decodes the body of a response (`--compressed`). @throws {CurlError} */
export function decodedBody(data: Uint8Array, coding: string): Uint8Array {
  try {
    if (coding === "gzip" || coding === "x-gzip") return joined([...gunzipped(data)]);
    // With the two bytes of zlib before it, or without.
    if (coding === "deflate") return joined([...inflated(data, ((data[0] ?? 0) & 0x0f) === 8 ? 2 : 0)]);
  } catch {
    throw new CurlError(61, "Error while processing content unencoding: invalid data");
  }
  if (coding === "br" || coding === "zstd")
    throw new CurlError(61, `content encoding ${coding} is not simulated`);
  const known = "libcurl understands deflate, gzip, br, zstd content encodings.";
  throw new CurlError(61, `Unrecognized content encoding type. ${known}`);
}
