import type { EngineError } from "@dryharbor/sdk/port";
import type { Release } from "../core/releases/release.js";
import { line } from "./lines.js";
import type { HttpResponse } from "./message.js";

/** What the engine told while it worked, and why it gave up. */
interface Told {
  readonly steps: readonly object[];
  readonly failure?: EngineError;
}

/** A line a step as it comes, with the line ends of the engine's formatter; the last may be an error. */
export function progress(release: Release, told: Told): HttpResponse {
  return { status: 200, headers: { "Content-Type": "application/json" }, body: pieces(release, told) };
}

async function* pieces(release: Release, { steps, failure }: Told): AsyncIterable<Uint8Array> {
  for (const step of steps) yield line(release, step, "\r\n");
  if (failure) {
    const { message } = failure;
    yield line(release, { errorDetail: { message }, error: message }, "\r\n");
  }
}
