import { engineError } from "@dryharbor/sdk/port";
import { bytesOf } from "../engine/received.js";
import { parseMediaType } from "./media-type.js";
import type { HttpRequest, RequestBody } from "./message.js";

/** As in Go's net/http. */
const mostBytes = 10 * 2 ** 20;

const methods: ReadonlySet<string> = new Set(["POST", "PUT", "PATCH"]);

/**
 * Whether the header Content-Type makes so little sense that what is wrong in the query goes unnoticed: moby
 * overlooks that error, which is the first.
 */
export function hidesQuery({ method, headers }: HttpRequest): boolean {
  const type = headers["content-type"] ?? "";
  return methods.has(method) && type !== "" && "problem" in parseMediaType(type);
}

/** The values in the body of a form, which count as the query's; empty for any other body, which stays unread. */
export function formOf({ method, headers, body }: HttpRequest): string | Promise<string> {
  if (!methods.has(method)) return "";
  const parsed = parseMediaType(headers["content-type"] ?? "");
  const isForm = "type" in parsed && parsed.type === "application/x-www-form-urlencoded";
  return isForm ? readForm(body) : "";
}

async function readForm(body: RequestBody): Promise<string> {
  const bytes = await bytesOf(body, mostBytes, () => engineError(400, "http: POST too large"));
  // A byte stands for a character, as in the query.
  let text = "";
  for (const byte of bytes) text += String.fromCharCode(byte);
  return text;
}
