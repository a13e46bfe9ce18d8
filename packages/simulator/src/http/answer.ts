import type { HttpHeaders, HttpResponse } from "./message.js";

// The forms that answers have.

/**
 * The headers of the most frequent answers. They are the same objects each time, so that `handle.ts` can keep
 * the complete headers for them.
 */
export const jsonHeaders: HttpHeaders = { "Content-Type": "application/json" };
export const noHeaders: HttpHeaders = {};

/** Answers with a value as JSON. A line feed follows, as Go's encoder writes it. */
export function json(value: unknown, status = 200): HttpResponse {
  return { status, headers: jsonHeaders, body: `${JSON.stringify(value)}\n` };
}

/** Answers with a status and no body. */
export function empty(status: number): HttpResponse {
  return { status, headers: noHeaders };
}
