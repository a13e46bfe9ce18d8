import type { Release } from "../core/releases/release.js";
import type { Told } from "../engine/told.js";
import { line } from "./lines.js";
import type { HttpResponse } from "./message.js";

/**
 * Answers with one line of JSON per step, with the line ends of the engine's formatter. The last line may be
 * an error.
 */
export function progress(release: Release, told: Told<object>): HttpResponse {
  return { status: 200, headers: { "Content-Type": "application/json" }, body: pieces(release, told) };
}

async function* pieces(release: Release, { steps, failure }: Told<object>): AsyncIterable<Uint8Array> {
  for (const step of steps) yield line(release, step, "\r\n");
  if (failure) {
    yield line(release, errorLine(release, { message: failure.message }), "\r\n");
  }
}

/** The line of what went wrong. */
export function errorLine(
  { images }: Release,
  detail: { readonly code?: number; readonly message: string },
): object {
  const error = detail.message;
  return images.tellsErrorFirst ? { error, errorDetail: detail } : { errorDetail: detail, error };
}
