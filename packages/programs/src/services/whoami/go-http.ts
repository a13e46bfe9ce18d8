// Answers as Go's package `net/http` writes them.
import type { ProcessContext } from "@dryharbor/kernel";
import type { Answer, IncomingRequest } from "../../http/messages.js";
import { statusText } from "../../http/status.js";

type Headers = Readonly<Record<string, string>>;

/** The largest body that is counted before it is sent. */
export const countedBody = 2048;

/** Makes the answer of a handler that has set these headers, and has written this body. */
export function goAnswer(
  { now }: Pick<ProcessContext, "now">,
  { method, version, persists }: IncomingRequest,
  status: number,
  headers: Headers = {},
  body: Uint8Array | AsyncIterable<Uint8Array> = new Uint8Array(),
): Answer {
  const lines = Object.entries(headers).sort(([one], [other]) => (one < other ? -1 : 1));
  const has = (name: string): boolean => Object.hasOwn(headers, name);
  lines.push(["Date", new Date(Number(now() / 1_000_000n)).toUTCString()]);
  const length = body instanceof Uint8Array ? body.length : undefined;
  const isCounted = has("Content-Length") || (length !== undefined && length < countedBody);
  const hasNoBody = status === 204 || status === 304;
  if (isCounted && !has("Content-Length") && !hasNoBody) lines.push(["Content-Length", String(length)]);
  if (length !== 0 && !has("Content-Type")) lines.push(["Content-Type", "text/plain; charset=utf-8"]);
  const isChunked = !isCounted && version === "1.1";
  const goesOn = persists && (isCounted || isChunked);
  if (!has("Connection")) {
    if (!goesOn && version === "1.1") lines.push(["Connection", "close"]);
    if (goesOn && version === "1.0") lines.push(["Connection", "keep-alive"]);
  }
  if (isChunked) lines.push(["Transfer-Encoding", "chunked"]);
  const isSent = method !== "HEAD" && !hasNoBody;
  return {
    firstLine: `HTTP/${version} ${status} ${statusText(status) || `status code ${status}`}`,
    headers: lines,
    ...(isSent && { body, isChunked }),
    goesOn,
  };
}

/** The answer to what is no request. */
export function goRefusal(): Answer {
  return {
    firstLine: "HTTP/1.1 400 Bad Request",
    headers: [
      ["Content-Type", "text/plain; charset=utf-8"],
      ["Connection", "close"],
    ],
    body: new TextEncoder().encode("400 Bad Request"),
    goesOn: false,
  };
}

/** The headers of an answer by `http.Error`. */
export const errorHeaders: Headers = {
  "Content-Type": "text/plain; charset=utf-8",
  "X-Content-Type-Options": "nosniff",
};

/** Writes the name of a header as Go does: `x-real-ip` becomes `X-Real-Ip`. */
function canonicalName(name: string): string {
  return name.toLowerCase().replace(/(?:^|-)[a-z]/g, (letters) => letters.toUpperCase());
}

/** Returns the headers by their canonical names, sorted, without `Host`. */
export function goHeaders({ head }: IncomingRequest): ReadonlyMap<string, readonly string[]> {
  const found = new Map<string, string[]>();
  for (const [name, value] of head.headers) {
    const canonical = canonicalName(name);
    if (canonical === "Host") continue;
    const values = found.get(canonical);
    if (values) values.push(value);
    else found.set(canonical, [value]);
  }
  return new Map([...found].sort(([one], [other]) => (one < other ? -1 : 1)));
}

/** Writes the time as Go's package `log` does: `2024/05/01 10:00:00`. @param nanoseconds since 1970 */
export function logTime(nanoseconds: bigint): string {
  const time = new Date(Number(nanoseconds / 1_000_000n)).toISOString();
  return `${time.slice(0, 10).replaceAll("-", "/")} ${time.slice(11, 19)}`;
}
