import { devicesOf, FileError, formatAddress, type ProcessContext, type Program } from "@dryharbor/kernel";
import { joined } from "../../bytes.js";
import { headerOf } from "../../http/head.js";
import { type Answer, type IncomingRequest, serveEach, serveMessages } from "../../http/messages.js";
import { readDuration } from "./duration.js";
import { readBoolean, readFlags } from "./go-flags.js";
import { countedBody, errorHeaders, goAnswer, goHeaders, goRefusal, logTime } from "./go-http.js";
import { acceptanceOf, echo, problemOfHandshake } from "./websocket.js";

/** What one running server is. */
interface Whoami {
  readonly process: ProcessContext;
  readonly name: string;
  readonly isVerbose: boolean;
  log(message: string): void;
  /** The status that `/health` answers, which clients may change. */
  health: number;
}

const encoder = new TextEncoder();

/** `whoami` of the image `traefik/whoami`: an HTTP server that tells who it is, and what it was asked. */
export const whoami: Program = async (process) => {
  const { argv, env, stderr, now } = process;
  const read = readFlags(argv[0], argv.slice(1), {
    cacert: { kind: "string", usage: "give me a CA chain, enforces mutual TLS", value: "" },
    cert: { kind: "string", usage: "give me a certificate", value: "" },
    key: { kind: "string", usage: "give me a key", value: "" },
    name: { kind: "string", usage: "give me a name", value: env.WHOAMI_NAME ?? "" },
    port: { kind: "string", usage: "give me a port number", value: env.WHOAMI_PORT_NUMBER || "80" },
    verbose: { kind: "bool", usage: "Enable verbose logging", value: "" },
  });
  if (read.kind === "refused") {
    stderr(read.message);
    return read.code;
  }
  const log = (message: string): void => stderr(`${logTime(now())} ${message}\n`);
  const { cert, key, name = "", port = "", verbose } = read.values;
  if (cert && key) {
    log(`Starting up with TLS on port ${port}`);
    log("TLS is not simulated: start it without -cert and -key");
    return 1;
  }
  log(`Starting up on port ${port}`);
  const number = /^\d+$/.test(port) ? Number(port) : Number.NaN;
  if (!(number <= 65_535)) {
    const problem = Number.isNaN(number)
      ? `lookup tcp/${port}: unknown port`
      : `address ${port}: invalid port`;
    log(`listen tcp: ${problem}`);
    return 1;
  }
  const server: Whoami = { process, name, isVerbose: verbose === "true", log, health: 200 };
  try {
    const listener = process.network.listen(number, { address: "::", backlog: 4096 });
    const serving = serveEach(listener, (connection) =>
      serveMessages(connection, {
        refuse: goRefusal,
        answer: (request) => answer(server, request),
      }),
    );
    return await Promise.race([serving, ended(process)]);
  } catch (error) {
    if (!(error instanceof FileError)) throw error;
    log(`listen tcp :${port}: bind: ${error.message.toLowerCase()}`);
    return 1;
  }
};

/** A Go program that handles no signals ends with 2, where the kernel does not end it: as the first process. */
function ended(process: ProcessContext): Promise<number> {
  return new Promise((resolve) => {
    if (process.pid !== 1) return;
    for (const name of ["SIGTERM", "SIGINT", "SIGHUP"]) process.onSignal(name, () => resolve(2));
    process.onSignal("SIGQUIT", () => resolve(2));
  });
}

async function answer(server: Whoami, request: IncomingRequest): Promise<Answer> {
  if (request.version === "1.1" && headerOf(request.head, "host") === undefined) {
    const refusal = goRefusal();
    return { ...refusal, body: encoder.encode("400 Bad Request: missing required Host header") };
  }
  const found = await answerAt(server, request);
  if (server.isVerbose) {
    const { method, version } = request;
    // The handler of each path logs, and the one around all of them does, too.
    for (let times = 0; times < 2; times++) {
      const at = accessTime(server.process.now());
      server.log(
        `${remoteOf(request)} - - [${at}] "${method} ${urlOf(request).pathname} HTTP/${version}" - -`,
      );
    }
  }
  return found;
}

async function answerAt(server: Whoami, request: IncomingRequest): Promise<Answer> {
  const { process } = server;
  const url = urlOf(request);
  const query = url.searchParams;
  switch (url.pathname) {
    case "/data":
      return data(process, request, query);
    case "/echo":
      return echoing(server, request);
    case "/bench": {
      const headers = { Connection: "keep-alive", "Content-Type": "text/plain" };
      return goAnswer(process, request, 200, headers, encoder.encode("1"));
    }
    case "/api":
      return goAnswer(
        process,
        request,
        200,
        { "Content-Type": "application/json" },
        await api(server, request),
      );
    case "/health":
      return health(server, request);
  }
  const wait = readDuration(query.get("wait") ?? "");
  if (wait !== undefined && wait > 0) await process.sleep(wait);
  return goAnswer(process, request, 200, {}, await report(server, request));
}

function urlOf({ target }: IncomingRequest): URL {
  // The host does not matter. A target may be a whole URL.
  return new URL(target.startsWith("/") ? `http://host${target}` : target, "http://host");
}

function requestUri(request: IncomingRequest): string {
  return request.target.startsWith("/") || request.target === "*"
    ? request.target
    : request.target.replace(/^[a-z]+:\/\/[^/?]*/i, "") || "/";
}

function remoteOf({ connection: { remote } }: IncomingRequest): string {
  const address = remote.address.replace(/^::ffff:(?=\d+\.)/, "");
  return address.includes(":") ? `[${address}]:${remote.port}` : `${address}:${remote.port}`;
}

function addresses({ network }: ProcessContext): string[] {
  return devicesOf(network.namespace).flatMap((device) =>
    device.addresses.map(({ address }) => formatAddress(address)),
  );
}

/** The page: who the server is, and the request as Go writes one. */
async function report({ process, name }: Whoami, request: IncomingRequest): Promise<Uint8Array> {
  const { head, method } = request;
  const own = [
    ...(name === "" ? [] : [`Name: ${name}`]),
    `Hostname: ${process.hostname}`,
    ...addresses(process).map((address) => `IP: ${address}`),
    `RemoteAddr: ${remoteOf(request)}`,
  ];
  const headers = goHeaders(request);
  const isChunked = /\bchunked\b/i.test(headers.get("Transfer-Encoding")?.[0] ?? "");
  const body = await wholeBody(request);
  const lines = [`${method} ${requestUri(request)} HTTP/1.1`, `Host: ${headerOf(head, "host") ?? ""}`];
  const agent = headers.get("User-Agent")?.[0] ?? "Go-http-client/1.1";
  if (agent !== "") lines.push(`User-Agent: ${agent}`);
  const closes = headers.get("Connection")?.some((value) => /\bclose\b/i.test(value));
  if (!request.persists && !closes) lines.push("Connection: close");
  if (isChunked) lines.push("Transfer-Encoding: chunked");
  else if (body.length > 0 || ["POST", "PUT", "PATCH"].includes(method))
    lines.push(`Content-Length: ${body.length}`);
  for (const [header, values] of headers) {
    if (["User-Agent", "Content-Length", "Transfer-Encoding", "Trailer"].includes(header)) continue;
    for (const value of values) lines.push(`${header}: ${value}`);
  }
  const text = `${own.join("\n")}\n${lines.join("\r\n")}\r\n\r\n`;
  const sent = isChunked ? chunked(body) : body;
  const isWanted = readBoolean(urlOf(request).searchParams.get("env") ?? "") === true;
  const environment = isWanted ? Object.entries(process.env).map(([key, value]) => `${key}=${value}\n`) : [];
  return joined([encoder.encode(text), sent, encoder.encode(environment.join(""))]);
}

function chunked(body: Uint8Array): Uint8Array {
  if (body.length === 0) return encoder.encode("0\r\n\r\n");
  return joined([encoder.encode(`${body.length.toString(16)}\r\n`), body, encoder.encode("\r\n0\r\n\r\n")]);
}

async function wholeBody({ body }: IncomingRequest): Promise<Uint8Array> {
  return body ? collected(body) : new Uint8Array();
}

async function collected(body: AsyncIterable<Uint8Array>): Promise<Uint8Array> {
  const pieces: Uint8Array[] = [];
  for await (const piece of body) pieces.push(piece);
  return joined(pieces);
}

async function api({ process, name }: Whoami, request: IncomingRequest): Promise<Uint8Array> {
  const headers = Object.fromEntries([...goHeaders(request)].filter(([key]) => key !== "Transfer-Encoding"));
  const isWanted = readBoolean(urlOf(request).searchParams.get("env") ?? "") === true;
  const environment = Object.entries(process.env).sort(([one], [other]) => (one < other ? -1 : 1));
  const value = {
    hostname: process.hostname,
    ip: addresses(process),
    headers: Object.keys(headers).length > 0 ? headers : undefined,
    url: requestUri(request),
    host: headerOf(request.head, "host") || undefined,
    method: request.method,
    name: name || undefined,
    remoteAddr: remoteOf(request),
    environ: isWanted && environment.length > 0 ? Object.fromEntries(environment) : undefined,
  };
  // Go writes these as escapes, so that the text may stand in a page.
  const text = JSON.stringify(value).replace(
    /[<>&\u2028\u2029]/g,
    (sign) => `\\u${sign.charCodeAt(0).toString(16).padStart(4, "0")}`,
  );
  return encoder.encode(`${text}\n`);
}

async function health(server: Whoami, request: IncomingRequest): Promise<Answer> {
  const { process } = server;
  if (request.method !== "POST") return goAnswer(process, request, server.health);
  const text = new TextDecoder().decode(await wholeBody(request)).trimStart();
  const problem = problemOfStatus(text);
  if (problem !== undefined) {
    return goAnswer(process, request, 400, errorHeaders, encoder.encode(`${problem}\n`));
  }
  const status = Number.parseInt(text, 10);
  process.stdout(`Update health check status code [${status}]\n`);
  server.health = status;
  return goAnswer(process, request, 200);
}

/** Returns why a text does not begin with a whole number in JSON, in Go's words. */
function problemOfStatus(text: string): string | undefined {
  if (text === "") return "EOF";
  const into = "into Go value of type int";
  if (/^-?(?:0|[1-9]\d*)(?![\d.eE])/.test(text)) return undefined;
  const [number] = /^-?(?:0|[1-9]\d*)(?:\.\d+)?(?:[eE][+-]?\d+)?/.exec(text) ?? [];
  if (number) return `json: cannot unmarshal number ${number} ${into}`;
  const [, kind] =
    [
      ['"', "string"],
      ["{", "object"],
      ["[", "array"],
      ["true", "bool"],
      ["false", "bool"],
    ].find(([begin = ""]) => text.startsWith(begin)) ?? [];
  if (kind) return `json: cannot unmarshal ${kind} ${into}`;
  return text.startsWith("null")
    ? undefined
    : `invalid character '${text[0]}' looking for beginning of value`;
}

function echoing({ process, log }: Whoami, request: IncomingRequest): Answer {
  const problem = problemOfHandshake(request);
  if (problem !== undefined) {
    log(`websocket: ${problem}`);
    const headers = { ...errorHeaders, "Sec-Websocket-Version": "13" };
    return goAnswer(process, request, 400, headers, encoder.encode("Bad Request\n"));
  }
  return {
    firstLine: "HTTP/1.1 101 Switching Protocols",
    headers: [
      ["Upgrade", "websocket"],
      ["Connection", "Upgrade"],
      ["Sec-WebSocket-Accept", acceptanceOf(request)],
    ],
    goesOn: true,
    takeOver: (reader) => echo(process, request, reader),
  };
}

const units: Readonly<Record<string, number>> = { kb: 2 ** 10, mb: 2 ** 20, gb: 2 ** 30, tb: 2 ** 40 };
const letters = "-ABCDEFGHIJKLMNOPQRSTUVWXYZ";

async function data(
  process: ProcessContext,
  request: IncomingRequest,
  query: URLSearchParams,
): Promise<Answer> {
  const asked = query.get("size") ?? "";
  const number = /^[+-]?\d+$/.test(asked) ? Math.max(Number(asked), 0) : 1;
  const size = number * (units[(query.get("unit") ?? "").toLowerCase()] ?? 1);
  if (readBoolean(query.get("attachment") ?? "") !== true) {
    // A single byte is none: the program takes its last one for the end.
    const pieces = dataOf(size, 0, size <= 1 ? 0 : size);
    return goAnswer(process, request, 200, {}, size < countedBody ? await collected(pieces) : pieces);
  }
  const length = size - 1;
  if (length < 0) return goAnswer(process, request, 500, errorHeaders, encoder.encode("seeker can't seek\n"));
  const range = rangeOf(request, length);
  if (range === "unsatisfiable") {
    const headers = { ...errorHeaders, "Content-Range": `bytes */${length}` };
    return goAnswer(process, request, 416, headers, encoder.encode("invalid range: failed to overlap\n"));
  }
  const { from, to } = range ?? { from: 0, to: length };
  const headers = {
    "Accept-Ranges": "bytes",
    "Content-Disposition": "Attachment",
    "Content-Length": String(to - from),
    ...(range && { "Content-Range": `bytes ${from}-${to - 1}/${length}` }),
    "Content-Type": "text/plain; charset=utf-8",
    "Last-Modified": new Date(Number(process.now() / 1_000_000n)).toUTCString(),
  };
  return goAnswer(process, request, range ? 206 : 200, headers, dataOf(length, from, to));
}

/** Reads a header `Range` with one range. Others are ignored. */
function rangeOf(
  { head }: IncomingRequest,
  length: number,
): { readonly from: number; readonly to: number } | "unsatisfiable" | undefined {
  const [, first, last] = /^bytes=\s*(\d*)-(\d*)\s*$/.exec(headerOf(head, "range") ?? "") ?? [];
  if (first === undefined || last === undefined || (first === "" && last === "")) return undefined;
  if (first === "") return { from: Math.max(length - Number(last), 0), to: length };
  if (Number(first) >= length) return "unsatisfiable";
  return { from: Number(first), to: last === "" ? length : Math.min(Number(last) + 1, length) };
}

const pieceSize = 32_768;

/** The bytes of `/data`, from one to before another: letters between two strokes. */
async function* dataOf(size: number, from: number, to: number): AsyncGenerator<Uint8Array, void, undefined> {
  for (let at = from; at < to; at += pieceSize) {
    const piece = new Uint8Array(Math.min(pieceSize, to - at));
    for (let index = 0; index < piece.length; index++) {
      const place = at + index;
      const isEdge = place === 0 || place === size - 1;
      piece[index] = isEdge ? 0x7c : letters.charCodeAt(place % letters.length);
    }
    yield piece;
  }
}

const months = ["Jan", "Feb", "Mar", "Apr", "May", "Jun", "Jul", "Aug", "Sep", "Oct", "Nov", "Dec"];

function accessTime(nanoseconds: bigint): string {
  const date = new Date(Number(nanoseconds / 1_000_000n));
  const [day, clock] = date.toISOString().split("T");
  const [year, , dayOfMonth] = (day ?? "").split("-");
  return `${dayOfMonth}/${months[date.getUTCMonth()]}/${year}:${(clock ?? "").slice(0, 8)} +0000`;
}
