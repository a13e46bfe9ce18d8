import type { HttpResponse } from "./message.js";

const text = new TextEncoder();

/** What the engine tells of while it works: a line a step, with the line ends and escapes of its formatter. */
export function progress(steps: readonly object[]): HttpResponse {
  return { status: 200, headers: { "Content-Type": "application/json" }, body: lines(steps) };
}

async function* lines(steps: readonly object[]): AsyncIterable<Uint8Array> {
  for (const step of steps) yield text.encode(`${escaped(JSON.stringify(step))}\r\n`);
}

/** Go escapes what HTML would take for its own, unless it is told not to. */
function escaped(json: string): string {
  return json.replaceAll(/[<>&]/g, (one) => `\\u00${one.charCodeAt(0).toString(16)}`);
}
