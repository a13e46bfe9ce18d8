import { through, whole } from "../engine/decompression.js";
import type { HttpRequest, HttpResponse } from "./message.js";

/** Compresses an answer with gzip if the client accepts that. */
export function compressed({ headers }: HttpRequest, response: HttpResponse): HttpResponse {
  const { body } = response;
  if (body === undefined || !acceptsGzip(headers["accept-encoding"] ?? "")) return response;
  const pieces = typeof body === "string" ? whole(new TextEncoder().encode(body)) : body;
  return {
    ...response,
    headers: { ...response.headers, "Content-Encoding": "gzip" },
    body: {
      [Symbol.asyncIterator]: () =>
        through(new CompressionStream("gzip"), pieces instanceof Uint8Array ? whole(pieces) : pieces),
    },
  };
}

function acceptsGzip(accepted: string): boolean {
  return accepted
    .split(",")
    .map((coding) =>
      coding
        .trim()
        .toLowerCase()
        .split(/\s*;\s*/),
    )
    .some(([coding, quality = "q=1"]) => coding === "gzip" && !/^q=0(\.0*)?$/.test(quality));
}
