// What `-w` prints after a transfer.
import { type ByteText, byteText, toBytes } from "../busybox/byte-text.js";
import type { Build } from "./build.js";
import type { Output } from "./output.js";
import type { TransferFacts } from "./transfer-facts.js";
import { type CurlUrl, portOf, readUrl } from "./url.js";

type Value = string | number | undefined;

/** A time in seconds from the beginning of a transfer. */
class Seconds {
  constructor(readonly microseconds: bigint) {}

  toString(): string {
    return `${this.microseconds / 1_000_000n}.${String(this.microseconds % 1_000_000n).padStart(6, "0")}`;
  }
}

/** A number that is always shown with three digits. */
class StatusCode {
  constructor(readonly code: number) {}

  toString(): string {
    return String(this.code).padStart(3, "0");
  }
}

type Shown = Value | Seconds | StatusCode;

function since({ started }: TransferFacts, moment: bigint | undefined): Seconds {
  return new Seconds(moment === undefined ? 0n : (moment - started) / 1000n);
}

/** Bytes a second. */
function speed(bytes: number, { started, ended = started }: TransferFacts): number {
  const microseconds = Number((ended - started) / 1000n);
  return Math.floor((bytes * 1_000_000) / Math.max(1, microseconds));
}

const variables: Readonly<Record<string, (facts: TransferFacts, build: Build) => Shown>> = {
  certs: () => "",
  conn_id: ({ connection }) => connection,
  content_type: ({ contentType }) => contentType,
  errormsg: ({ exitCode, errorMessage }) => (exitCode === 0 ? undefined : errorMessage),
  exitcode: ({ exitCode }) => exitCode,
  filename_effective: ({ fileName }) => fileName,
  ftp_entry_path: () => undefined,
  http_code: ({ code }) => new StatusCode(code),
  http_connect: () => new StatusCode(0),
  http_version: ({ httpVersion }) => httpVersion,
  local_ip: ({ local }) => local?.address ?? "",
  local_port: ({ local }) => local?.port ?? 0,
  method: ({ method }) => method,
  num_certs: () => 0,
  num_connects: ({ connects }) => connects,
  num_headers: ({ headerCount }) => headerCount,
  num_redirects: ({ redirects }) => redirects,
  num_retries: ({ retries }) => retries,
  proxy_ssl_verify_result: () => 0,
  proxy_used: ({ usesProxy }) => Number(usesProxy),
  redirect_url: ({ redirectUrl }) => redirectUrl,
  referer: ({ referer }) => referer,
  remote_ip: ({ remote }) => remote?.address ?? "",
  remote_port: ({ remote }) => remote?.port ?? 0,
  response_code: ({ code }) => new StatusCode(code),
  scheme: ({ url, connection }, build) => {
    if (connection < 0) return undefined;
    return build.since("8.1") ? url?.scheme : url?.scheme.toUpperCase();
  },
  size_download: ({ downloaded }) => downloaded,
  size_header: ({ headerBytes }) => headerBytes,
  size_request: ({ requestBytes }) => requestBytes,
  size_upload: ({ uploaded }) => uploaded,
  speed_download: (facts) => speed(facts.downloaded, facts),
  speed_upload: (facts) => speed(facts.uploaded, facts),
  ssl_verify_result: () => 0,
  time_appconnect: () => new Seconds(0n),
  time_connect: (facts) => since(facts, facts.connected),
  time_namelookup: (facts) => since(facts, facts.looked),
  time_posttransfer: (facts) => since(facts, facts.posted),
  time_pretransfer: (facts) => since(facts, facts.pretransfer),
  time_queue: () => new Seconds(0n),
  time_redirect: ({ redirecting }) => new Seconds(redirecting / 1000n),
  time_starttransfer: (facts) => since(facts, facts.answered),
  time_total: (facts) => since(facts, facts.ended),
  tls_earlydata: () => 0,
  url: ({ given }) => given.url,
  url_effective: ({ url, given }) => (url ? effective(url, given.url) : given.url),
  urlnum: ({ number }) => number,
  xfer_id: ({ number }) => number,
};

/** The release that first has a variable. Those that are not here are older than all that are known. */
const newer: Readonly<Record<string, string>> = {
  ...{
    certs: "7.88",
    num_certs: "7.88",
    errormsg: "7.75",
    exitcode: "7.75",
    urlnum: "7.75",
    referer: "7.76",
  },
  ...{ url: "7.75", num_headers: "7.73", method: "7.72", header_json: "7.83", onerror: "7.75" },
  ...{ conn_id: "8.2", xfer_id: "8.2", num_retries: "8.9", proxy_used: "8.7" },
  ...{ time_posttransfer: "8.10", time_queue: "8.12", tls_earlydata: "8.13" },
};

function effective(url: CurlUrl, given: string): string {
  const { scheme, host, port, path, query } = url;
  const text = `${scheme}://${host.includes(":") ? `[${host}]` : host}${port === undefined ? "" : `:${port}`}`;
  const fragment = url.fragment === undefined || !given.includes("#") ? "" : `#${url.fragment}`;
  return `${text}${path}${query === undefined ? "" : `?${query}`}${fragment}`;
}

/** Prints what a format says of a transfer. */
export function writeOut(output: Output, build: Build, format: ByteText, facts: TransferFacts): void {
  let print = (text: ByteText): void => output.print(toBytes(text));
  const has = (name: string): boolean => build.since(newer[name] ?? "7");
  const token = /%%|%\{([^}]*)\}|%\{|%header\{([^}]*)\}|%output\{(>>)?([^}]*)\}|\\(.)|[^%\\]+|./gs;
  for (const [whole, name, headerName, append, file, escaped] of format.matchAll(token)) {
    if (whole === "%%") print("%");
    else if (name !== undefined) {
      const written = variable(name);
      if (written === "end") return;
      if (written !== undefined) print(written);
    } else if (headerName !== undefined && build.since("7.84")) {
      const found = facts.headers.find(([each]) => each.toLowerCase() === headerName.toLowerCase());
      print(found?.[1] ?? "");
    } else if (file !== undefined && build.since("8.3"))
      print = fileWriter(output, file, append !== undefined);
    else if (escaped !== undefined) print({ n: "\n", r: "\r", t: "\t" }[escaped] ?? whole);
    else print(whole);
  }

  function variable(name: string): string | "end" | undefined {
    if (name === "stdout") print = (text) => output.print(toBytes(text));
    else if (name === "stderr") print = (text) => output.error(text);
    else if (name === "onerror" && has(name)) return facts.exitCode === 0 ? "end" : undefined;
    else if (name === "json") return json(facts, build, has);
    else if (name === "header_json" && has(name)) return headersAsJson(facts);
    else if (/^urle?\.\w+$/.test(name) && build.since("8.1")) return byteText(urlPart(name, facts));
    else if (Object.hasOwn(variables, name) && has(name))
      return byteText(String(variables[name]!(facts, build) ?? ""));
    else output.error(`curl: unknown --write-out variable: '${name}'\n`);
    return undefined;
  }
}

function fileWriter(output: Output, path: string, appends: boolean): (text: ByteText) => void {
  const { process } = output;
  const file = process.open(path, { write: true, create: true, append: appends, truncate: !appends });
  return (text) => process.write(file, toBytes(text));
}

function urlPart(name: string, { given, url }: TransferFacts): string {
  const [kind, part = ""] = name.split(".");
  let from = url;
  try {
    if (kind === "url") from = readUrl(given.url);
  } catch {
    return "";
  }
  if (!from) return "";
  if (part === "port") return String(portOf(from));
  if (part === "zoneid") return from.zone ?? "";
  const parts: Readonly<Record<string, string | undefined>> = { ...from, port: undefined };
  return parts[part] ?? "";
}

function json(facts: TransferFacts, build: Build, has: (name: string) => boolean): string {
  const fields = Object.keys(variables)
    .filter(has)
    .map((name) => {
      const value = variables[name]!(facts, build);
      if (value instanceof StatusCode) return `"${name}":${value.code}`;
      if (value instanceof Seconds) return `"${name}":${value}`;
      return `"${name}":${value === undefined ? "null" : JSON.stringify(value)}`;
    });
  return `{${fields.join(",")},"curl_version":"libcurl/${build.version}"}`;
}

function headersAsJson({ headers }: TransferFacts): string {
  const names = [...new Set(headers.map(([name]) => name.toLowerCase()))];
  const lines = names.map((name) => {
    const values = headers
      .filter(([each]) => each.toLowerCase() === name)
      .map(([, value]) => JSON.stringify(value));
    return `${JSON.stringify(name)}:[${values.join(",")}]`;
  });
  return `{${lines.join(",\n")}\n}`;
}
