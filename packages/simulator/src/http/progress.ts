import type { EngineError } from "@dryharbor/sdk/port";
import type { HttpResponse } from "./message.js";

/** What the engine told while it worked, and why it gave up. */
interface Told {
  readonly steps: readonly object[];
  readonly failure?: EngineError;
}

const text = new TextEncoder();

/** A line a step as it comes, with the line ends and escapes of the engine's formatter; the last may be an error. */
export function progress(told: Told): HttpResponse {
  return { status: 200, headers: { "Content-Type": "application/json" }, body: lines(told) };
}

async function* lines({ steps, failure }: Told): AsyncIterable<Uint8Array> {
  for (const step of steps) yield line(step);
  if (failure) yield line({ errorDetail: { message: failure.message }, error: failure.message });
}

/** Go escapes what HTML would take for its own, unless it is told not to. */
function line(step: object): Uint8Array {
  const json = JSON.stringify(step).replaceAll(/[<>&]/g, (one) => `\\u00${one.charCodeAt(0).toString(16)}`);
  return text.encode(`${json}\r\n`);
}
