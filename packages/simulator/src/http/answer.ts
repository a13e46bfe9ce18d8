import type { HttpResponse } from "./message.js";

// The forms that answers have.

/** A value as JSON, with a line feed as Go's encoder writes it. */
export function json(value: unknown, status = 200): HttpResponse {
  return { status, headers: { "Content-Type": "application/json" }, body: `${JSON.stringify(value)}\n` };
}

/** Nothing but a status. */
export function empty(status: number): HttpResponse {
  return { status, headers: {} };
}
