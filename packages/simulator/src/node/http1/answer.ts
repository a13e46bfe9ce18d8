// The head of an answer, written byte for byte as Go's net/http writes it. `connection.ts` sends it.

import type { HttpHeaders } from "../../http/message.js";
import type { RequestHead } from "./head.js";
import type { Refusal } from "./refusal.js";
import { statusLine } from "./status.js";

/** How the end of an answer's body is marked. */
export type Framing =
  | { readonly by: "nothing" }
  | { readonly by: "length"; readonly length: number }
  | { readonly by: "chunks" }
  | { readonly by: "closing" };

/**
 * The size of Go's buffer, in bytes. A whole body that fits gets a Content-Length, and a larger one is sent
 * as one chunk.
 */
const buffered = 2048;

/**
 * Returns how Go's net/http delimits an answer.
 *
 * @param length - the bytes of the body, or `undefined` if it comes in pieces
 */
export function framingOf(
  request: RequestHead,
  status: number,
  headers: HttpHeaders,
  length: number | undefined,
): Framing {
  if (status === 204 || status === 304 || status < 200) return { by: "nothing" };
  if (headers["Content-Length"] !== undefined) return { by: "nothing" };
  const counted = length !== undefined && length <= buffered;
  if (request.method === "HEAD") return counted && length > 0 ? { by: "length", length } : { by: "nothing" };
  if (counted) return { by: "length", length };
  return { by: request.http10 ? "closing" : "chunks" };
}

/** Returns the status line and headers of an answer, in the order in which Go's net/http writes them. */
export function answerHead(
  request: RequestHead,
  status: number,
  headers: HttpHeaders,
  framing: Framing,
  closes: boolean,
): string {
  let head = `HTTP/1.${request.http10 ? 0 : 1} ${statusLine(status)}\r\n`;
  if (status === 204 || status === 304) {
    // An answer without a body has no length.
    const { "Content-Length": _, ...others } = headers;
    const { "Content-Type": type, ...untyped } = others;
    head += linesOf(status === 304 || type === undefined ? untyped : others);
  } else {
    let lines = written.get(headers);
    if (lines === undefined) {
      lines = linesOf(headers);
      written.set(headers, lines);
    }
    head += lines;
  }
  head += `Date: ${date()}\r\n`;
  if (framing.by === "length") head += `Content-Length: ${framing.length}\r\n`;
  if (closes) {
    if (!request.http10) head += "Connection: close\r\n";
  } else if (request.http10) {
    head += "Connection: keep-alive\r\n";
  }
  if (framing.by === "chunks") head += "Transfer-Encoding: chunked\r\n";
  return `${head}\r\n`;
}

/** The text of header objects that are used again and again. */
const written = new WeakMap<HttpHeaders, string>();

function linesOf(headers: HttpHeaders): string {
  let lines = "";
  for (const name of Object.keys(headers).sort()) lines += `${name}: ${oneLine(headers[name]!)}\r\n`;
  return lines;
}

/**
 * Returns the head of an answer that takes over the connection. The engine writes it itself, without
 * net/http.
 */
export function takeOverHead(status: number, headers: HttpHeaders, statusText = "UPGRADED"): string {
  let head = `HTTP/1.1 ${status === 101 ? `101 ${statusText}` : statusLine(status)}\r\n`;
  for (const name in headers) head += `${name}: ${oneLine(headers[name]!)}\r\n`;
  return `${head}\r\n`;
}

export function refusalText({ status, detail, text }: Refusal): string {
  const line = `${statusLine(status)}${detail === "" ? "" : `: ${detail}`}`;
  return `HTTP/1.1 ${line}\r\nContent-Type: text/plain; charset=utf-8\r\nConnection: close\r\n\r\n${text ?? line}`;
}

/** Replaces line ends in a value, which would begin another header. */
function oneLine(value: string): string {
  return /[\r\n]/.test(value) ? value.replace(/[\r\n]/g, " ") : value;
}

let second = 0;
let dateOfSecond = "";

/** Returns the current second in the format of HTTP. */
function date(): string {
  const now = Math.floor(Date.now() / 1000);
  if (now !== second) {
    second = now;
    dateOfSecond = new Date(now * 1000).toUTCString();
  }
  return dateOfSecond;
}
