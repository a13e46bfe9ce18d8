import { engineError } from "@dryharbor/sdk/port";
import { bytesOf } from "../engine/received.js";
import { parseMediaType } from "./media-type.js";
import type { HttpRequest, RequestBody } from "./message.js";

/** The limit for a form's body, as in Go's net/http. */
const mostBytes = 10 * 2 ** 20;

const methods: ReadonlySet<string> = new Set(["POST", "PUT", "PATCH"]);

/**
 * Returns whether the header Content-Type is so malformed that problems in the query are not reported: moby
 * ignores Go's first error, which is then the header's.
 */
export function hidesQuery({ method, headers }: HttpRequest): boolean {
  const type = headers["content-type"] ?? "";
  return methods.has(method) && type !== "" && "problem" in parseMediaType(type);
}

/**
 * Returns the values in the body of a form, which count as part of the query. Any other body stays unread and
 * gives an empty text.
 */
export function formOf({ method, headers, body }: HttpRequest): string | Promise<string> {
  if (!methods.has(method)) return "";
  const parsed = parseMediaType(headers["content-type"] ?? "");
  const isForm = "type" in parsed && parsed.type === "application/x-www-form-urlencoded";
  return isForm ? readForm(body) : "";
}

async function readForm(body: RequestBody): Promise<string> {
  const bytes = await bytesOf(body, mostBytes, () => engineError(400, "http: POST too large"));
  // Each byte becomes one character, as in the query.
  let text = "";
  for (const byte of bytes) text += String.fromCharCode(byte);
  return text;
}
