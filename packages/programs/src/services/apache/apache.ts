import { FileError, formatAddress, type ProcessContext, type Program } from "@dryharbor/kernel";
import { toBytes } from "../../busybox/byte-text.js";
import { withoutDotSegments } from "../../http/dot-segments.js";
import { headerOf } from "../../http/head.js";
import { type Answer, type IncomingRequest, serveEach, serveMessages } from "../../http/messages.js";
import { mediaTypes } from "../../images/media-types.js";
import { listingOf, pageOf, statusLine } from "./pages.js";

/** What the configuration says, as far as it is read. */
interface Settings {
  readonly ports: readonly number[];
  readonly root: string;
  readonly indexes: readonly string[];
  readonly isListing: boolean;
  readonly serverName: string | undefined;
}

/** The milliseconds that a connection waits for its next request. */
const idle = 5000;
const allowed = "GET,POST,OPTIONS,HEAD,TRACE";

/** `httpd` of the image `httpd`, and `httpd-foreground`: serves the files of a directory. */
export const apacheHttpd: Program = async (process) => {
  const { argv, env, files, pid, stdout, stderr } = process;
  const version = env.HTTPD_VERSION ?? "2.4.65";
  const args = argv.slice(1);
  if (args.includes("-v") || args.includes("-V")) {
    stdout(`Server version: Apache/${version} (Unix)\nServer built:   Jul 23 2025 00:00:00\n`);
    return 0;
  }
  const settings = settingsOf(process);
  if (args.includes("-t")) {
    announceName(process, settings);
    stderr("Syntax OK\n");
    return 0;
  }
  const command = args[args.indexOf("-k") + 1];
  if (args.includes("-k") && command !== "start") return signalServer(process, command ?? "");
  announceName(process, settings);
  announceName(process, settings);
  const server: Apache = {
    process,
    settings,
    name: `Apache/${version} (Unix)`,
  };
  const ended = new Promise<number>((resolve) => {
    const end = (name: string, code: string, how: string): void =>
      process.onSignal(name, () => {
        logError(server, "mpm_event:notice", `${code}: caught ${name}, shutting down${how}`);
        resolve(0);
      });
    end("SIGWINCH", "AH00492", " gracefully");
    end("SIGTERM", "AH00491", "");
    end("SIGINT", "AH00491", "");
  });
  for (const name of ["SIGHUP", "SIGUSR1"]) {
    process.onSignal(name, () => {
      logError(server, "mpm_event:notice", "AH00493: SIGUSR1 received.  Doing graceful restart");
      resumed(server);
    });
  }
  const serving: Promise<never>[] = [];
  for (const port of settings.ports) {
    try {
      const listener = process.network.listen(port, { address: "::", backlog: 511 });
      serving.push(
        serveEach(listener, (connection) =>
          serveMessages(connection, {
            idle,
            acceptsNewer: true,
            answer: (request) => answered(request, answer(server, request)),
            refuse: (line = "") => answered(line, refusal(server, connection)),
            sent: (sent) => logAccess(server, sent),
          }),
        ),
      );
    } catch (error) {
      if (!(error instanceof FileError)) throw error;
      stderr(
        `(98)${error.message}: AH00072: make_sock: could not bind to address [::]:${port}\n` +
          "no listening sockets available, shutting down\nAH00015: Unable to open logs\n",
      );
      return 1;
    }
  }
  files.makeDirectories("/usr/local/apache2/logs", 0o755);
  files.write("/usr/local/apache2/logs/httpd.pid", `${pid}\n`);
  resumed(server);
  return Promise.race([ended, ...serving]);
};

interface Apache {
  readonly process: ProcessContext;
  readonly settings: Settings;
  /** As the header `Server` has it. */
  readonly name: string;
}

function resumed(server: Apache): void {
  logError(server, "mpm_event:notice", `AH00489: ${server.name} configured -- resuming normal operations`);
  logError(server, "core:notice", "AH00094: Command line: 'httpd -D FOREGROUND'");
}

/** Says which name it takes for its own, where the configuration has none. */
function announceName({ network, stderr }: ProcessContext, { serverName }: Settings): void {
  if (serverName !== undefined) return;
  const [address] = network.namespace.interfaces.flatMap(({ addresses }) => addresses);
  const own = address ? formatAddress(address.address) : "127.0.0.1";
  stderr(
    `AH00558: httpd: Could not reliably determine the server's fully qualified domain name, using ${own}. ` +
      "Set the 'ServerName' directive globally to suppress this message\n",
  );
}

function settingsOf({ files }: ProcessContext): Settings {
  const path = "/usr/local/apache2/conf/httpd.conf";
  const text = files.exists(path) ? new TextDecoder().decode(files.read(path)) : "";
  const values = (name: string): string[][] =>
    [...text.matchAll(new RegExp(`^[ \\t]*${name}[ \\t]+(.*)$`, "gim"))].map(([, value = ""]) =>
      value
        .trim()
        .split(/\s+/)
        .map((word) => word.replace(/^"(.*)"$/, "$1")),
    );
  const ports = values("Listen").map(([where = ""]) => Number(/(\d+)$/.exec(where)?.[1] ?? 80));
  return {
    ports: ports.length > 0 ? ports : [80],
    root: values("DocumentRoot")[0]?.[0] ?? "/usr/local/apache2/htdocs",
    indexes: values("DirectoryIndex")[0] ?? ["index.html"],
    isListing:
      text === "" || values("Options").some((words) => words.some((word) => /^\+?Indexes$/i.test(word))),
    serverName: values("ServerName")[0]?.[0],
  };
}

function signalServer({ files, kill, stderr }: ProcessContext, command: string): number {
  const number = { stop: 15, restart: 1, graceful: 10, "graceful-stop": 28 }[command];
  if (number === undefined) {
    stderr(`httpd: invalid command: ${command}\n`);
    return 1;
  }
  const path = "/usr/local/apache2/logs/httpd.pid";
  if (!files.exists(path)) {
    stderr("httpd (no pid file) not running\n");
    return 0;
  }
  kill(Number(new TextDecoder().decode(files.read(path))), number);
  return 0;
}

const days = ["Sun", "Mon", "Tue", "Wed", "Thu", "Fri", "Sat"];
const months = ["Jan", "Feb", "Mar", "Apr", "May", "Jun", "Jul", "Aug", "Sep", "Oct", "Nov", "Dec"];

function logError({ process }: Apache, level: string, message: string, client?: IncomingRequest): void {
  const nanoseconds = process.now();
  const date = new Date(Number(nanoseconds / 1_000_000n));
  const micro = String((nanoseconds / 1000n) % 1_000_000n).padStart(6, "0");
  const clock = date.toISOString().slice(11, 19);
  const day = String(date.getUTCDate()).padStart(2, "0");
  const time = `${days[date.getUTCDay()]} ${months[date.getUTCMonth()]} ${day} ${clock}.${micro} ${date.getUTCFullYear()}`;
  const from = client ? ` [client ${client.connection.remote.address}:${client.connection.remote.port}]` : "";
  process.stderr(`[${time}] [${level}] [pid ${process.pid}:tid ${process.pid}]${from} ${message}\n`);
}

/** What the access log needs of an answer. */
const logged = new WeakMap<Answer, { readonly line: string; readonly client: string; bytes: number }>();

async function answered(
  request: IncomingRequest | string,
  answering: Promise<Answer> | Answer,
): Promise<Answer> {
  const answer = await answering;
  const line = typeof request === "string" ? request : request.head.firstLine;
  const client =
    typeof request === "string" ? (clients.get(answer) ?? "-") : request.connection.remote.address;
  const bytes = answer.body instanceof Uint8Array ? answer.body.length : 0;
  logged.set(answer, { line, client, bytes });
  return answer;
}

const clients = new WeakMap<Answer, string>();

function logAccess({ process }: Apache, answer: Answer): void {
  const entry = logged.get(answer);
  if (!entry) return;
  const date = new Date(Number(process.now() / 1_000_000n));
  const day = `${String(date.getUTCDate()).padStart(2, "0")}/${months[date.getUTCMonth()]}/${date.getUTCFullYear()}`;
  const time = `${day}:${date.toISOString().slice(11, 19)} +0000`;
  const status = answer.firstLine.split(" ")[1];
  const line = entry.line.replace(/["\\]/g, "\\$&");
  const text = `${entry.client} - - [${time}] "${line}" ${status} ${entry.bytes || "-"}\n`;
  process.stdout(toBytes(text));
}

/** What an answer has before it is written as Apache writes headers. */
interface Reply {
  readonly status: number;
  readonly headers?: readonly (readonly [string, string])[];
  readonly type?: string;
  readonly body?: Uint8Array;
  readonly isChunked?: boolean;
  readonly closes?: boolean;
}

async function answer(server: Apache, request: IncomingRequest): Promise<Answer> {
  return written(server, request, replyTo(server, request));
}

function refusal(server: Apache, { remote }: IncomingRequest["connection"]): Answer {
  const answer = written(server, undefined, { ...page(400, "GET"), closes: true });
  clients.set(answer, remote.address);
  return answer;
}

function page(status: number, method: string, url = ""): Reply {
  return {
    status,
    type: "text/html; charset=iso-8859-1",
    body: new TextEncoder().encode(pageOf(status, method, url)),
  };
}

function replyTo(server: Apache, request: IncomingRequest): Reply {
  const { method, head, target, version } = request;
  const host = headerOf(head, "host");
  if (version === "1.1" && host === undefined) return { ...page(400, method), closes: true };
  if (head.headers.some(([name]) => /\s/.test(name))) return { ...page(400, method), closes: true };
  if (
    !/^(GET|HEAD|POST|PUT|DELETE|OPTIONS|TRACE|CONNECT|PATCH|PROPFIND|MKCOL|COPY|MOVE|LOCK|UNLOCK)$/.test(
      method,
    )
  ) {
    logError(server, "core:error", `AH00135: Invalid method in request ${head.firstLine}`, request);
    return { ...page(501, method), headers: [["Allow", allowed]], closes: true };
  }
  if (method === "TRACE") {
    const lines = [head.firstLine, ...head.headers.map(([name, value]) => `${name}: ${value}`)];
    const body = new TextEncoder().encode(`${lines.join("\r\n")}\r\n\r\n`);
    return { status: 200, type: "message/http", body, isChunked: true };
  }
  const uri = uriOf(target);
  if (uri === undefined) {
    logError(server, "core:error", `AH10244: invalid URI path (${target.split("?", 1)[0]})`, request);
    return { ...page(400, method), closes: true };
  }
  return contentOf(
    server,
    request,
    uri,
    host ?? server.settings.serverName ?? request.connection.local.address,
  );
}

function uriOf(target: string): string | undefined {
  const [path = "/"] = (target.replace(/^https?:\/\/[^/?]*/i, "") || "/").split("?");
  let decoded: string;
  try {
    decoded = decodeURIComponent(path);
  } catch {
    return undefined;
  }
  return withoutDotSegments(decoded);
}

function contentOf(server: Apache, request: IncomingRequest, uri: string, host: string): Reply {
  const { method } = request;
  const { files } = server.process;
  const { root, indexes, isListing } = server.settings;
  const path = `${root}${uri}`;
  if (/^\.ht/.test(uri.slice(uri.lastIndexOf("/") + 1))) {
    logError(server, "authz_core:error", `AH01630: client denied by server configuration: ${path}`, request);
    return page(403, method);
  }
  const stat = files.statIfThere(path.replace(/\/$/, "") || "/");
  if (!stat || (stat.type !== "directory" && uri.endsWith("/"))) return page(404, method);
  if (stat.type === "directory") {
    if (!uri.endsWith("/")) {
      const query = /\?.*$/.exec(request.target)?.[0] ?? "";
      const where = `http://${host}${uri}/${query}`;
      return { ...page(301, method, where), headers: [["Location", where]] };
    }
    const index = indexes.find((name) => files.statIfThere(`${path}${name}`)?.type === "file");
    if (index !== undefined) return fileReply(server, request, `${uri}${index}`);
    if (method === "OPTIONS") return options(undefined);
    if (!isListing) {
      const reason = `Cannot serve directory ${path}: No matching DirectoryIndex (${indexes.join(" ")}) found, and server-generated directory index forbidden by Options directive`;
      logError(server, "autoindex:error", `AH01276: ${reason}`, request);
      return page(403, method);
    }
    const names = files
      .list(path)
      .filter((name) => !name.startsWith("."))
      .map((name) => (files.isDirectory(`${path}${name}`) ? `${name}/` : name));
    const body = new TextEncoder().encode(listingOf(uri, names));
    return { status: 200, type: "text/html;charset=ISO-8859-1", body };
  }
  return fileReply(server, request, uri);
}

function options(type: string | undefined): Reply {
  return {
    status: 200,
    headers: [["Allow", allowed]],
    body: new Uint8Array(),
    ...(type !== undefined && { type }),
  };
}

/** Types that Apache has otherwise than nginx. */
const otherTypes: Readonly<Record<string, string>> = { js: "text/javascript", xml: "application/xml" };

function typeOf(uri: string): string | undefined {
  const extension = /\.([^./]+)$/.exec(uri)?.[1]?.toLowerCase();
  if (extension === undefined) return undefined;
  return (
    otherTypes[extension] ??
    mediaTypes
      .split("\n")
      .find((line) => line.split(" ").slice(1).includes(extension))
      ?.split(" ")[0]
  );
}

function fileReply(server: Apache, { method, head }: IncomingRequest, uri: string): Reply {
  const { files } = server.process;
  const path = `${server.settings.root}${uri}`;
  const type = typeOf(uri);
  if (method === "OPTIONS") return options(type);
  if (!["GET", "HEAD", "POST"].includes(method)) {
    return { ...page(405, method), headers: [["Allow", allowed]] };
  }
  const stat = files.stat(path);
  const content = files.read(path);
  const etag = `"${content.length.toString(16)}-${(stat.mtime / 1000n).toString(16)}"`;
  const seconds = Number(stat.mtime / 1_000_000_000n);
  const modified = new Date(seconds * 1000).toUTCString();
  const base = {
    headers: [
      ["Last-Modified", modified],
      ["ETag", etag],
      ["Accept-Ranges", "bytes"],
    ] as [string, string][],
    ...(type !== undefined && { type }),
  };
  const header = (name: string): string | undefined => headerOf(head, name);
  const names = (list: string): boolean =>
    list.trim() === "*" || list.split(",").some((each) => each.trim().replace(/^W\//, "") === etag);
  const match = header("if-match");
  const unmodified = header("if-unmodified-since");
  if (
    match !== undefined ? !names(match) : unmodified !== undefined && Date.parse(unmodified) < seconds * 1000
  ) {
    return { ...base, status: 412, body: new Uint8Array() };
  }
  const noneMatch = header("if-none-match");
  const since = header("if-modified-since");
  const isSame =
    noneMatch === undefined ? since !== undefined && Date.parse(since) >= seconds * 1000 : names(noneMatch);
  if (isSame) return { status: 304, headers: base.headers };
  const ifRange = header("if-range");
  const [, first, last] = /^bytes=(\d*)-(\d*)$/.exec(header("range") ?? "") ?? [];
  const isWanted = first !== undefined && last !== undefined && `${first}${last}` !== "";
  if (!isWanted || (ifRange !== undefined && ifRange !== etag && ifRange !== modified))
    return { ...base, status: 200, body: content };
  const { length } = content;
  const from = first === "" ? Math.max(length - Number(last), 0) : Number(first);
  const to = first === "" || last === "" ? length : Math.min(Number(last) + 1, length);
  if (from >= to) return { ...page(416, method), isChunked: true };
  return {
    ...base,
    status: 206,
    headers: [...base.headers, ["Content-Range", `bytes ${from}-${to - 1}/${length}`]],
    body: content.subarray(from, to),
  };
}

/** Writes an answer as Apache does. */
function written({ process, name }: Apache, request: IncomingRequest | undefined, reply: Reply): Answer {
  const { status, headers = [], type, body, isChunked = false, closes = false } = reply;
  const goesOn = (request?.persists ?? false) && !closes;
  const isHead = request?.method === "HEAD";
  const lines: [string, string][] = [
    ["Date", new Date(Number(process.now() / 1_000_000n)).toUTCString()],
    ["Server", name],
  ];
  const range = headers.filter(([key]) => key === "Content-Range");
  for (const [key, value] of headers) if (key !== "Content-Range") lines.push([key, value]);
  // Of a page of its own it does not tell the length to HEAD.
  const isOwnPage = type === "text/html; charset=iso-8859-1";
  if (body && !isChunked && !(isHead && isOwnPage)) lines.push(["Content-Length", String(body.length)]);
  for (const [key, value] of range) lines.push([key, value]);
  if (!goesOn) lines.push(["Connection", "close"]);
  else if (request?.version === "1.0") {
    lines.push(["Keep-Alive", "timeout=5, max=100"], ["Connection", "Keep-Alive"]);
  }
  if (isChunked) lines.push(["Transfer-Encoding", "chunked"]);
  if (type !== undefined) lines.push(["Content-Type", type]);
  return {
    firstLine: statusLine(status),
    headers: lines,
    ...(body && !isHead && { body, isChunked }),
    goesOn,
  };
}
