import type { HttpHeaders, HttpResponse } from "./message.js";

// The forms that answers have.

/** Of the answers that are most frequent: they are the same objects each time, so that what is made of them can be kept. */
export const jsonHeaders: HttpHeaders = { "Content-Type": "application/json" };
export const noHeaders: HttpHeaders = {};

/** A value as JSON, with a line feed as Go's encoder writes it. */
export function json(value: unknown, status = 200): HttpResponse {
  return { status, headers: jsonHeaders, body: `${JSON.stringify(value)}\n` };
}

/** Nothing but a status. */
export function empty(status: number): HttpResponse {
  return { status, headers: noHeaders };
}
