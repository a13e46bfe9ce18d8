// Reads the body of a request as JSON, and refuses what is too large, too deep or none.

import { joinedBytes } from "@dryharbor/sdk/port";
import type { RequestBody } from "../http/message.js";
import { Problem } from "./problem.js";

/** How many bytes a body may have. */
const mostBytes = 1_048_576;

/** How deep objects and arrays may lie in one another. */
const mostLevels = 64;

/** Returns the value of a body; `undefined` where there is none. @throws {Problem} */
export async function readBody(body: RequestBody): Promise<unknown> {
  if (body.length === 0) return undefined;
  if (body.length > mostBytes) throw tooLarge();
  const pieces: Uint8Array[] = [];
  let length = 0;
  try {
    for await (const piece of body) {
      length += piece.length;
      if (length > mostBytes) throw tooLarge();
      pieces.push(piece);
    }
  } catch (cause) {
    if (cause instanceof Problem) throw cause;
    throw new Problem("bad-request", "the body breaks off: send it again, whole", {}, { cause });
  }
  if (length === 0) return undefined;
  let text: string;
  try {
    text = new TextDecoder("utf-8", { fatal: true }).decode(joinedBytes(pieces));
  } catch (cause) {
    throw new Problem("bad-request", "the body is not UTF-8: send JSON", {}, { cause });
  }
  if (isTooDeep(text)) {
    throw new Problem(
      "bad-request",
      `the body is deeper than ${mostLevels} levels: no request of this API is`,
    );
  }
  try {
    return JSON.parse(text);
  } catch (cause) {
    throw new Problem(
      "bad-request",
      "the body is no JSON: check its quotes, commas and braces",
      {},
      { cause },
    );
  }
}

function tooLarge(): Problem {
  return new Problem(
    "too-large",
    `the body has more than ${mostBytes} bytes, and no request of this API needs them`,
  );
}

/** Returns whether brackets lie in one another too deep, without a step for each level. */
function isTooDeep(text: string): boolean {
  let level = 0;
  let inText = false;
  for (let at = 0; at < text.length; at++) {
    const character = text[at]!;
    if (inText) {
      if (character === "\\") at++;
      else if (character === '"') inText = false;
    } else if (character === '"') inText = true;
    else if (character === "{" || character === "[") {
      if (++level > mostLevels) return true;
    } else if (character === "}" || character === "]") level--;
  }
  return false;
}
