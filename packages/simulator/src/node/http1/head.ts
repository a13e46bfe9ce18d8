// The head of a request: request line and headers, accepted and refused as Go's net/http does.

import type { httpRows } from "../../core/releases/http.js";
import type { Column } from "../../core/releases/row.js";
import { badRequest, headTooLarge, Refusal } from "./refusal.js";
import { asText, readTarget, type Target } from "./target.js";

/** The rules by which a release reads HTTP. */
export type HttpRules = Column<typeof httpRows>;

/** The request line and headers of a request. */
export interface RequestHead {
  readonly method: string;
  readonly target: Target;
  /** True for HTTP/1.0, which has neither chunks nor connections that stay open. */
  readonly http10: boolean;
  /** The headers by name in lower case. Several of one name are joined by commas. */
  readonly headers: Readonly<Record<string, string | undefined>>;
  /** The length of the body in bytes, or -1 for chunks. */
  readonly length: number;
  /** True if the client wants the connection closed after the answer. */
  readonly closes: boolean;
  /** The value of `Expect` in lower case: what the client waits for before it sends the body. */
  readonly expect: string;
}

/** Reads the head of a request without its last line end. A line may end with LF alone, as in Go. */
export function readHead(text: string, rules: HttpRules): RequestHead | Refusal {
  const firstEnd = text.indexOf("\n");
  const line = readRequestLine(text.slice(0, text.charCodeAt(firstEnd - 1) === 13 ? firstEnd - 1 : firstEnd));
  if (line instanceof Refusal) return line;
  const { method, target, major, minor } = line;

  const headers: Record<string, string | undefined> = Object.create(null);
  let lines = 0;
  let hosts = 0;
  let encodings = 0;
  let lengths: string[] | undefined;
  let unknownCharacter = false;
  let unknownValue = false;
  let name = "";
  for (let at = firstEnd + 1; at < text.length; ) {
    let end = text.indexOf("\n", at);
    if (end < 0) end = text.length;
    const first = text.charCodeAt(at);
    const header = trimmed(text, at, text.charCodeAt(end - 1) === 13 ? end - 1 : end);
    at = end + 1;
    if (first === 32 || first === 9) {
      // A continuation of the header before.
      if (lines === 0) return badRequest;
      if (badValue.test(header)) {
        if (rules.strictHeaders) return badRequest;
        unknownValue = true;
      }
      headers[name] = `${headers[name] ?? ""} ${asText(header)}`.trim();
      continue;
    }
    if (++lines > rules.headerLines) return headTooLarge;
    const colon = header.indexOf(":");
    if (colon < 0) return badRequest;
    const spelled = header.slice(0, colon);
    if (!token.test(spelled)) {
      if (rules.strictHeaders && !tokenWithSpaces.test(spelled)) return badRequest;
      if (spelled === "") continue;
      unknownCharacter = true;
    }
    const value = asText(trimmed(header, colon + 1, header.length));
    if (badValue.test(value)) {
      if (rules.strictHeaders) return badRequest;
      unknownValue = true;
    }
    name = spelled.toLowerCase();
    const before = headers[name];
    headers[name] = before === undefined ? value : `${before}, ${value}`;
    if (name === "host") hosts++;
    else if (name === "transfer-encoding") encodings++;
    else if (name === "content-length") {
      if (lengths) lengths.push(value);
      else lengths = [value];
    }
  }
  if (hosts > 1) return badRequest;

  const http10 = major === 1 && minor === 0;
  let length = 0;
  if (encodings > 0 && !http10) {
    if (encodings > 1 || headers["transfer-encoding"]!.toLowerCase() !== "chunked") return badEncoding;
    length = -1;
  } else if (lengths) {
    const read = readLength(lengths);
    if (read === undefined) return badRequest;
    length = read;
  }

  const preface = method === "PRI" && "everything" in target && major === 2 && minor === 0;
  if (major !== 1 && !preface) return new Refusal(505, "unsupported protocol version");
  if (!http10 && hosts === 0 && method !== "CONNECT" && !preface) {
    return new Refusal(400, "missing required Host header");
  }
  if (hosts > 0 && !hostPattern.test(headers.host!)) return new Refusal(400, "malformed Host header");
  if (unknownCharacter) return new Refusal(400, "invalid header name");
  if (unknownValue) return new Refusal(400, "invalid header value");
  return {
    method,
    target,
    http10,
    headers,
    length,
    closes: wantsClose(headers.connection, http10) || preface,
    expect: headers.expect?.toLowerCase() ?? "",
  };
}

const badEncoding = new Refusal(501, "", "Unsupported transfer encoding");

const token = /^[!#$%&'*+\-.^_`|~0-9A-Za-z]+$/;
const tokenWithSpaces = /^[!#$%&'*+\-.^_`|~0-9A-Za-z ]+$/;
// biome-ignore lint/suspicious/noControlCharactersInRegex: they are what is looked for
const badValue = /[\x00-\x08\x0a-\x1f\x7f]/;
const hostPattern = /^[0-9A-Za-z!$%&'()*+,\-.:;=[\]_~]*$/;

/** Checks a first line alone. If it is no request, there is no need to wait for the rest. */
export function refusesFirstLine(line: string): Refusal | undefined {
  const read = readRequestLine(line.endsWith("\r") ? line.slice(0, -1) : line);
  return read instanceof Refusal ? read : undefined;
}

function readRequestLine(
  line: string,
):
  | Refusal
  | { readonly method: string; readonly target: Target; readonly major: number; readonly minor: number } {
  const one = line.indexOf(" ");
  const two = line.indexOf(" ", one + 1);
  if (one < 0 || two < 0) return badRequest;
  const method = line.slice(0, one);
  const protocol = line.slice(two + 1);
  const spelled = line.slice(one + 1, two);
  if (protocol === "HTTP/1.1" && spelled.startsWith("/") && knownMethods.has(method)) {
    const target = readTarget(spelled);
    return target ? { method, target, major: 1, minor: 1 } : badRequest;
  }
  const [, major, minor] = /^HTTP\/([0-9])\.([0-9])$/.exec(protocol) ?? [];
  if (!token.test(method) || major === undefined || minor === undefined) return badRequest;
  const target =
    method === "CONNECT" && !spelled.startsWith("/") && /^[\w.:[\]-]+$/.test(spelled)
      ? { redirect: `//${spelled}/` }
      : readTarget(spelled);
  return target ? { method, target, major: Number(major), minor: Number(minor) } : badRequest;
}

const knownMethods: ReadonlySet<string> = new Set(["GET", "HEAD", "POST", "PUT", "DELETE", "OPTIONS"]);

/** Returns the length, or `undefined` if the values are no valid length. */
function readLength(values: readonly string[]): number | undefined {
  const [value = ""] = values;
  if (values.some((other) => other !== value)) return undefined;
  if (value === "") return 0;
  // Go counts in 63 bits. Beyond 53 bits a number here is not exact, but nobody sends that much.
  if (!/^[0-9]+$/.test(value) || BigInt(value) >= 2n ** 63n) return undefined;
  return Number(value);
}

function wantsClose(connection: string | undefined, http10: boolean): boolean {
  if (connection === undefined) return http10;
  const tokens = connection.toLowerCase().split(",");
  if (tokens.some((each) => each.trim() === "close")) return true;
  return http10 && !tokens.some((each) => each.trim() === "keep-alive");
}

/** Returns a part of a text without spaces and tabs around it. */
function trimmed(text: string, from: number, to: number): string {
  while (from < to && (text.charCodeAt(from) === 32 || text.charCodeAt(from) === 9)) from++;
  while (to > from && (text.charCodeAt(to - 1) === 32 || text.charCodeAt(to - 1) === 9)) to--;
  return text.slice(from, to);
}
