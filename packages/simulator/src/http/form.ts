import { bytesOf } from "./body.js";
import { parseMediaType } from "./media-type.js";
import type { HttpRequest } from "./message.js";

const methods: ReadonlySet<string> = new Set(["POST", "PUT", "PATCH"]);

/** The values in the body of a form, which count as the query's; empty for any other body, which stays unread. */
export async function formOf({ method, headers, body }: HttpRequest): Promise<string> {
  if (!methods.has(method)) return "";
  const parsed = parseMediaType(headers["content-type"] ?? "");
  const isForm = "type" in parsed && parsed.type === "application/x-www-form-urlencoded";
  // A byte stands for a character, as in the query.
  return isForm ? Array.from(await bytesOf(body), (byte) => String.fromCharCode(byte)).join("") : "";
}
