// The request of a transfer: its line, its headers and its body.
import { type ByteText, byteText } from "../busybox/byte-text.js";
import type { Build } from "./build.js";
import { formBody } from "./form.js";
import type { Settings } from "./settings.js";
import { type CurlUrl, hostText, portOf, urlText } from "./url.js";

/** What a request carries. */
export interface Payload {
  readonly content: ByteText;
  readonly type: string | undefined;
  /** Whether its length is not told before: an upload of standard input. */
  readonly chunked: boolean;
  /** Whether it is a file of `-T`. */
  readonly isUpload: boolean;
}

/** What a request is made of, beside the options. */
export interface RequestPlan {
  readonly url: CurlUrl;
  readonly method: string;
  readonly payload: Payload | undefined;
  /** The user and the password, where this server may have them. */
  readonly login: string | undefined;
  /** Whether the server may have headers that name it or its secrets. */
  readonly trusted: boolean;
  readonly cookies: string;
  readonly viaProxy: boolean;
  readonly referer: string | undefined;
  readonly start: number;
  readonly condition: string | undefined;
}

/** Whatever is longer is announced first (`Expect: 100-continue`). */
const mostUnannounced = 1024 * 1024;

/** Whether the server is asked before the body is sent. */
export function isAnnounced(build: Build, { payload }: RequestPlan, settings: Settings): boolean {
  if (!payload || settings.httpVersion === "1.0" || settings.headers.some((each) => /^expect:/i.test(each)))
    return false;
  if (payload.chunked || payload.content.length > mostUnannounced) return true;
  return payload.isUpload && !build.since("8.7") && payload.content.length > 0;
}

/** Writes the head of a request. */
export function requestHead(build: Build, settings: Settings, plan: RequestPlan): ByteText {
  const { url, payload } = plan;
  const own = headersOf(settings, plan);
  const isGiven = (name: string): boolean => own.names.has(name);
  const lines: ByteText[] = [
    `${plan.method} ${target(settings, plan)} HTTP/${settings.httpVersion === "1.0" ? "1.0" : "1.1"}`,
  ];
  const add = (name: string, value: string | undefined): void => {
    if (value !== undefined && !isGiven(name.toLowerCase())) lines.push(`${name}: ${value}`);
  };
  const hostHeader = own.host;
  if (hostHeader === undefined)
    add("Host", byteText(hostText(url)) + (url.port === undefined ? "" : `:${url.port}`));
  else if (hostHeader !== "") lines.push(`Host: ${hostHeader}`);
  if (plan.viaProxy && settings.proxyUser !== undefined) {
    add("Proxy-Authorization", `Basic ${btoa(byteText(settings.proxyUser))}`);
  }
  if (plan.login !== undefined) add("Authorization", `Basic ${btoa(plan.login)}`);
  else if (settings.bearer !== undefined && plan.trusted)
    add("Authorization", `Bearer ${byteText(settings.bearer)}`);
  add("Range", range(settings, plan));
  add("User-Agent", settings.agent === "" ? undefined : byteText(settings.agent ?? `curl/${build.version}`));
  if (!settings.json) add("Accept", "*/*");
  add("Accept-Encoding", settings.compressed ? encodings(build) : undefined);
  add("Referer", plan.referer === undefined ? undefined : byteText(plan.referer));
  if (plan.viaProxy) add("Proxy-Connection", "Keep-Alive");
  if (settings.httpVersion === "2" && url.scheme === "http") {
    lines.push(
      "Connection: Upgrade, HTTP2-Settings",
      "Upgrade: h2c",
      `HTTP2-Settings: ${http2Settings(build)}`,
    );
  }
  if (plan.cookies !== "") add("Cookie", byteText(plan.cookies));
  if (plan.condition !== undefined) lines.push(plan.condition);
  lines.push(...own.lines);
  if (payload) {
    if (payload.chunked) add("Transfer-Encoding", "chunked");
    else if (payload.content.length > 0 || plan.method !== "GET")
      add("Content-Length", String(payload.content.length));
    add("Content-Type", payload.type);
    if (isAnnounced(build, plan, settings)) lines.push("Expect: 100-continue");
  }
  return `${lines.join("\r\n")}\r\n\r\n`;
}

function http2Settings(build: Build): string {
  return build.since("8.10") ? "AAMAAABkAAQAAQAAAAIAAAAA" : "AAMAAABkAAQCAAAAAAIAAAAA";
}

function target({ requestTarget }: Settings, { url, viaProxy }: RequestPlan): ByteText {
  if (requestTarget !== undefined) return byteText(requestTarget);
  if (viaProxy) return urlText(url, { login: false, fragment: false });
  return url.path + (url.query === undefined ? "" : `?${url.query}`);
}

function range({ range: given }: Settings, { start, payload }: RequestPlan): string | undefined {
  if (given !== undefined) return `bytes=${/^\d+$/.test(given) ? `${given}-` : given}`;
  return start > 0 && !payload ? `bytes=${start}-` : undefined;
}

/** The codings that a build decodes. */
function encodings({ text }: Build): string {
  const optional = [text.includes("brotli") ? "br" : "", text.includes("zstd/") ? "zstd" : ""].filter(
    (each) => each !== "",
  );
  return ["deflate", "gzip", ...optional].join(", ");
}

interface OwnHeaders {
  /** The names in lower case that curl does not set itself. */
  readonly names: ReadonlySet<string>;
  readonly lines: readonly ByteText[];
  readonly host: string | undefined;
}

/** Reads the headers of `-H`: `Name: value`, `Name:` to leave one out, `Name;` for an empty one. */
function headersOf(settings: Settings, { trusted, viaProxy }: RequestPlan): OwnHeaders {
  const names = new Set<string>();
  const lines: ByteText[] = [];
  let host: string | undefined;
  const all = [...settings.headers, ...(viaProxy ? settings.proxyHeaders : [])];
  if (settings.json) {
    const has = (name: string): boolean => all.some((each) => each.toLowerCase().startsWith(`${name}:`));
    if (!has("content-type")) all.push("Content-Type: application/json");
    if (!has("accept")) all.push("Accept: application/json");
  }
  for (const header of all) {
    const [, name = "", sign = "", rest = ""] = /^([^:;]+)([:;])(.*)$/s.exec(header) ?? [];
    const lower = name.toLowerCase();
    const value = rest.replace(/^[ \t]+/, "");
    if (name === "" || (sign === ";" && value !== "")) continue;
    if (!trusted && (lower === "authorization" || lower === "cookie")) continue;
    names.add(lower);
    if (lower === "host") host = trusted ? value : undefined;
    else if (sign === ";") lines.push(`${name}:`);
    else if (value !== "") lines.push(`${name}: ${value}`);
  }
  return { names, lines, host };
}

/** Returns what a request of these options carries; an upload carries its file instead. */
export function payloadOf(settings: Settings, boundary: () => string): Payload | undefined {
  if (settings.form.length > 0) {
    const mark = boundary();
    return {
      content: formBody(settings.form, mark),
      type: `multipart/form-data; boundary=${mark}`,
      ...{ chunked: false, isUpload: false },
    };
  }
  if (settings.data === undefined || settings.dataInQuery) return undefined;
  const type = settings.json ? undefined : "application/x-www-form-urlencoded";
  return { content: settings.data, type, chunked: false, isUpload: false };
}

/** Returns whether two URLs are of one server. */
export function isSameServer(one: CurlUrl, other: CurlUrl): boolean {
  return one.scheme === other.scheme && one.host === other.host && portOf(one) === portOf(other);
}
