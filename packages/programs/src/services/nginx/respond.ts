// The way of a request through a server: rewriting, location, access, content, and the pages of errors.

import type { ProcessContext } from "@dryharbor/kernel";
import { withoutDotSegments } from "../../http/dot-segments.js";
import type { Answer, IncomingRequest } from "../../http/messages.js";
import type { Scope } from "./configuration.js";
import type { Logs } from "./log.js";
import { ownHost } from "./log.js";
import { locate } from "./model.js";
import { patternOf } from "./pattern.js";
import { type ProxySettings, proxied } from "./proxy.js";
import type { Reply } from "./reply.js";
import { expand, fromWire, type RequestState, scopeOf, variable } from "./request.js";
import type { Statement } from "./statements.js";
import { listing, pathOf, serveFile, typeOf, type Worker } from "./static-files.js";
import { pageOf, statusLine } from "./status.js";

/** What all requests of a server have in common. */
export interface Serving extends ProxySettings {
  readonly process: ProcessContext;
  readonly logs: Logs;
  readonly worker: Worker;
  readonly version: string;
  /** The numbers of requests and connections, for `stub_status`; `connections` counts those to other servers, too. */
  readonly counts: { connections: number; accepted: number; requests: number; active: number };
}

/** How often a request may be sent to another URI of the server. */
const mostRedirects = 10;

/** Answers a request. */
export async function respond(serving: Serving, state: RequestState): Promise<Answer> {
  const { incoming } = state;
  const found = incoming && problemOf(incoming);
  let reply = found === undefined ? await contentOf(serving, state) : found;
  if (typeof reply === "number") reply = await errorReply(serving, state, reply);
  return answerOf(serving, state, reply);
}

/** Answers what is no request. */
export async function respondToNoRequest(serving: Serving, state: RequestState): Promise<Answer> {
  const status = /HTTP\/[2-9]/.test(state.line) ? 505 : 400;
  return answerOf(serving, state, { status, isPage: true });
}

/** Returns the status of a request that no server takes. */
function problemOf({ method, version, target, head }: IncomingRequest): number | undefined {
  if (!/^[A-Z_-]+$/.test(method)) return 400;
  const hosts = head.headers.filter(([name]) => name.toLowerCase() === "host");
  if (hosts.length > 1 || (version === "1.1" && hosts.length === 0)) return 400;
  if (hosts.some(([, host]) => /[\s/\\]/.test(host))) return 400;
  if (head.headers.some(([name]) => /[\s]/.test(name))) return 400;
  if (!target.startsWith("/") && !/^https?:\/\//i.test(target)) return 400;
  if (method === "TRACE") return 405;
  return undefined;
}

/** Reads the URI of a request: decodes it, and goes up for each `..`. Returns `undefined` where it leads out. */
function readUri(target: string): { readonly uri: string; readonly args: string } | undefined {
  const local = target.replace(/^https?:\/\/[^/?]*/i, "").split("#", 1)[0] || "/";
  const [path = "/", ...query] = local.split("?");
  let decoded: string;
  try {
    decoded = decodeURIComponent(fromWire(path));
  } catch {
    return undefined;
  }
  const uri = withoutDotSegments(decoded);
  return uri === undefined ? undefined : { uri, args: query.join("?") };
}

/** Finds and makes the content. Resolves to a status where there is none. */
async function contentOf(serving: Serving, state: RequestState): Promise<Reply | number> {
  const read = readUri(state.incoming?.target ?? "/");
  if (!read) return 400;
  Object.assign(state, read);
  const limit = sizeOf(scopeOf(state).value("client_max_body_size") ?? "1m");
  const done = await rewritten(state, state.server.scope);
  if (done !== undefined && typeof done !== "string") return done;
  return atLocation(serving, state, limit);
}

function sizeOf(text: string): number {
  const unit = { k: 2 ** 10, m: 2 ** 20, g: 2 ** 30 }[text.slice(-1).toLowerCase()];
  return Number.parseInt(text, 10) * (unit ?? 1);
}

/** Goes on at the location of the URI. */
async function atLocation(serving: Serving, state: RequestState, limit?: number): Promise<Reply | number> {
  for (; state.redirects <= mostRedirects; state.redirects++) {
    const name = pendingNamed.get(state);
    pendingNamed.delete(state);
    const named = name === undefined ? undefined : state.server.locations.named.get(name);
    if (name !== undefined && !named) {
      serving.logs.requestError(state, "error", `could not find named location "${name}"`);
      return 500;
    }
    const found = named
      ? { location: named, captures: undefined }
      : locate(state.server.locations, state.uri);
    state.location = found?.location;
    if (found?.captures) {
      state.captures = [...found.captures];
      state.groups = { ...state.groups, ...found.captures.groups };
    }
    const scope = scopeOf(state);
    if (limit !== undefined) {
      const most = sizeOf(scope.value("client_max_body_size") ?? "1m");
      const declared = Number(variable(state, "content_length") ?? 0);
      if (most > 0 && declared > most) {
        serving.logs.requestError(
          state,
          "error",
          `client intended to send too large body: ${declared} bytes`,
        );
        return 413;
      }
    }
    if (scope.own("internal").length > 0 && state.redirects === 0) return 404;
    const done = found ? rewritten(state, scope) : undefined;
    if (done === "again") continue;
    if (done !== undefined && typeof done !== "string") return done;
    const refused = accessOf(serving, state);
    if (refused !== undefined) return refused;
    const tried = await triedFiles(serving, state);
    if (tried === "again") continue;
    if (tried !== undefined) return tried;
    const made = await contentHere(serving, state);
    if (made === "again") continue;
    return made;
  }
  serving.logs.requestError(
    state,
    "error",
    `rewrite or internal redirection cycle while processing "${state.uri}"`,
  );
  return 500;
}

/** Does what a place says in order. `again` where the URI has changed and is to be looked up. */
function rewritten(state: RequestState, scope: Scope): Reply | number | "again" | "break" | undefined {
  let isChanged = false;
  for (const { statement, scope: inner } of scope.rewrites) {
    const { name, args } = statement;
    if (name === "return") return returned(state, args);
    if (name === "break") return "break";
    if (name === "set")
      state.variables.set((args[0] as string).slice(1).toLowerCase(), expand(state, args[1] as string));
    if (name === "if" && inner && holds(state, statement)) {
      const done = rewritten(state, inner);
      if (done !== undefined) return done;
      if (inner.own("proxy_pass").length > 0 && state.location) {
        state.location = { ...state.location, scope: inner };
      }
    }
    if (name !== "rewrite") continue;
    const [pattern = "", replacement = "", flag] = args;
    const found = patternOf(pattern, false, statement.place).exec(state.uri);
    if (!found) continue;
    state.captures = [...found];
    state.groups = { ...state.groups, ...found.groups };
    const target = expand(state, replacement);
    const isRedirect = /^https?:\/\/|^\$scheme/i.test(replacement);
    if (isRedirect || flag === "redirect" || flag === "permanent") {
      const query =
        !target.endsWith("?") && state.args !== "" ? `${target.includes("?") ? "&" : "?"}${state.args}` : "";
      const where = `${target.replace(/\?$/, "")}${query}`;
      return redirect(flag === "permanent" ? 301 : 302, where);
    }
    const [path = "/", query] = target.split("?");
    state.uri = path;
    if (query !== undefined && query !== "")
      state.args = state.args === "" ? query : `${query}&${state.args}`;
    if (target.endsWith("?")) state.args = "";
    isChanged = true;
    if (flag === "last") return "again";
    if (flag === "break") return "break";
  }
  return isChanged && scope.context === "l" ? "again" : undefined;
}

function redirect(status: number, where: string): Reply {
  if (/^https?:\/\//i.test(where)) return { status, isPage: true, list: [["Location", where]] };
  return { status, isPage: true, location: where };
}

function returned(state: RequestState, args: readonly string[]): Reply | number {
  const [code = "", text] = args;
  if (!/^\d+$/.test(code)) return redirect(302, expand(state, code));
  const status = Number(code);
  if (status === 444) return { status, isSilent: true };
  if ([301, 302, 303, 307, 308].includes(status) && text !== undefined)
    return redirect(status, expand(state, text));
  if (text === undefined)
    return status >= 300 ? status : { status, body: new Uint8Array(), type: typeOf(state, state.uri) };
  const body = new TextEncoder().encode(expand(state, text));
  const isBodiless = status === 204;
  return isBodiless ? { status } : { status, type: typeOf(state, state.uri), body };
}

function holds(state: RequestState, { args, place }: Statement): boolean {
  const words = args
    .join(" ")
    .replace(/^\(\s*/, "")
    .replace(/\s*\)$/, "");
  const [, left = "", operator, right = ""] = /^(\S+)\s*(?:(!?~\*?|!?=)\s*(.*))?$/.exec(words) ?? [];
  const [, test, path = ""] = /^(!?-[fdex])\s+(.*)$/.exec(words) ?? [];
  if (test !== undefined) {
    const stat = fileTests.get(state)?.(expand(state, path));
    const is = test.endsWith("f")
      ? stat === "file"
      : test.endsWith("d")
        ? stat === "directory"
        : stat !== undefined;
    return is !== test.startsWith("!");
  }
  const value = expand(state, left);
  const wanted = right.replace(/^"(.*)"$|^'(.*)'$/, "$1$2");
  switch (operator) {
    case undefined:
      return value !== "" && value !== "0";
    case "=":
      return value === expand(state, wanted);
    case "!=":
      return value !== expand(state, wanted);
  }
  const found = patternOf(wanted, operator.endsWith("*"), place).exec(value);
  if (found) {
    state.captures = [...found];
    state.groups = { ...state.groups, ...found.groups };
  }
  return (found !== null) !== operator.startsWith("!");
}

/** How a request asks for the types of files, in conditions. */
const fileTests = new WeakMap<RequestState, (path: string) => string | undefined>();

/** Lets the conditions of a request ask for files. */
export function letAskForFiles(state: RequestState, { files }: ProcessContext): void {
  fileTests.set(state, (path) => files.statIfThere(path)?.type);
}

/** `allow` and `deny`. */
function accessOf({ logs }: Serving, state: RequestState): number | undefined {
  const scope = scopeOf(state);
  const rules = [...scope.all("allow"), ...scope.all("deny")];
  if (rules.length === 0) return undefined;
  const line = ({ place }: Statement): number => Number(/:(\d+)$/.exec(place)?.[1] ?? 0);
  for (const { name, args } of rules.sort((one, other) => line(one) - line(other))) {
    if (!isWithin(state.client.address, args[0] as string)) continue;
    if (name === "allow") return undefined;
    logs.requestError(state, "error", "access forbidden by rule");
    return 403;
  }
  return undefined;
}

function isWithin(address: string, range: string): boolean {
  if (range === "all") return true;
  const [base = "", bits] = range.split("/");
  if (bits === undefined || address.includes(":")) return base === address;
  const number = (text: string): number =>
    text.split(".").reduce((value, part) => value * 256 + Number(part), 0);
  const size = 2 ** (32 - Number(bits));
  return Math.floor(number(address) / size) === Math.floor(number(base) / size);
}

async function triedFiles(
  { process: { files } }: Serving,
  state: RequestState,
): Promise<Reply | number | "again" | undefined> {
  const [statement] = scopeOf(state).own("try_files");
  const [server] = state.server.scope.own("try_files");
  const args = (statement ?? (state.location ? undefined : server))?.args;
  if (!args) return undefined;
  for (const each of args.slice(0, -1)) {
    const uri = expand(state, each);
    const stat = files.statIfThere(pathOf(state, uri).replace(/\/$/, "") || "/");
    if (stat?.type !== (uri.endsWith("/") ? "directory" : "file")) continue;
    state.uri = uri;
    return undefined;
  }
  const last = args.at(-1) as string;
  const [, code] = /^=(\d+)$/.exec(last) ?? [];
  if (code !== undefined) return Number(code);
  return goTo(state, expand(state, last));
}

/** Sends a request to another URI, or to a location by its name. */
function goTo(state: RequestState, target: string): "again" {
  const [path = "/", query] = target.split("?");
  if (target.startsWith("@")) pendingNamed.set(state, target);
  else state.uri = path;
  if (query !== undefined) state.args = query;
  return "again";
}

const pendingNamed = new WeakMap<RequestState, string>();

/** Makes the content at the request's location. */
async function contentHere(serving: Serving, state: RequestState): Promise<Reply | number | "again"> {
  const scope = scopeOf(state);
  const [pass] = scope.own("proxy_pass");
  if (pass) return proxied(serving, state, pass.args[0] as string);
  const other = ["fastcgi_pass", "uwsgi_pass", "scgi_pass", "grpc_pass", "memcached_pass"].find(
    (each) => scope.own(each).length > 0,
  );
  if (other !== undefined) {
    serving.logs.requestError(state, "error", `${other} is not simulated`);
    return 502;
  }
  if (scope.own("stub_status").length > 0) return stubStatus(serving);
  if (!state.uri.endsWith("/")) return serveFile(serving.process, serving.logs, serving.worker, state);
  return directory(serving, state);
}

function stubStatus({ counts: { accepted, requests, active } }: Serving): Reply {
  const text =
    `Active connections: ${active} \nserver accepts handled requests\n ${accepted} ${accepted} ${requests} \n` +
    `Reading: 0 Writing: 1 Waiting: ${active - 1} \n`;
  return { status: 200, type: "text/plain", body: new TextEncoder().encode(text) };
}

function directory({ process, logs }: Serving, state: RequestState): Reply | number | "again" {
  const { files } = process;
  const scope = scopeOf(state);
  if (!["GET", "HEAD", "POST"].includes(state.method)) return 405;
  const path = pathOf(state);
  const indexes = scope.all("index").flatMap(({ args }) => args);
  const names = (indexes.length > 0 ? indexes : ["index.html"]).map((name) => expand(state, name));
  for (const name of names) {
    if (name.startsWith("/")) return goTo(state, name);
    const stat = files.statIfThere(`${path}${name}`);
    if (stat && stat.type !== "directory") return goTo(state, `${state.uri}${name}`);
  }
  if (!files.isDirectory(path.replace(/\/$/, "") || "/")) {
    const isUnderFile = files.statIfThere(path.replace(/\/$/, "")) !== undefined;
    const reason = isUnderFile ? "20: Not a directory" : "2: No such file or directory";
    logs.requestError(state, "error", `"${path}${names[0]}" is not found (${reason})`);
    return 404;
  }
  if (scope.isOn("autoindex", false) && state.method !== "POST")
    return listing(process, state, path.slice(0, -1));
  logs.requestError(state, "error", `directory index of "${path}" is forbidden`);
  return 403;
}

/** The answer where there is no content: what `error_page` says, or nginx's own page. */
async function errorReply(serving: Serving, state: RequestState, status: number): Promise<Reply> {
  if (status === 204 || status === 304) return { status };
  const page = state.incoming
    ? scopeOf(state)
        .all("error_page")
        .find(({ args }) => args.slice(0, -1).includes(String(status)))
    : undefined;
  if (!page || handled.has(state)) return { status, isPage: true };
  handled.add(state);
  const target = expand(state, page.args.at(-1) as string);
  const [, code] = page.args.map((each) => /^=(\d*)$/.exec(each)).find((each) => each !== null) ?? [];
  if (/^https?:\/\//i.test(target)) return redirect(302, target);
  state.method = state.method === "HEAD" ? "HEAD" : "GET";
  state.redirects++;
  goTo(state, target);
  const reply = await atLocation(serving, state);
  if (typeof reply === "number") return { status: reply === 404 ? 404 : status, isPage: true };
  const shown = code === undefined ? status : code === "" ? reply.status : Number(code);
  if (reply.status >= 300 || code === "") return reply;
  // A page of an error has no date, and cannot be had in parts.
  const list = reply.list?.filter(([name]) => name !== "Accept-Ranges") ?? [];
  const { lastModified: _, firstLine: __, ...rest } = reply;
  return { ...rest, status: shown, list };
}

const handled = new WeakSet<RequestState>();

const added: ReadonlySet<number> = new Set([200, 201, 204, 206, 301, 302, 303, 304, 307, 308]);
const closes: ReadonlySet<number> = new Set([400, 413, 414, 500, 501, 505]);

/** Writes an answer as nginx does. */
function answerOf({ process, version }: Serving, state: RequestState, reply: Reply): Answer {
  const { incoming, method } = state;
  const scope = scopeOf(state);
  const { status } = reply;
  state.status = status;
  const name = scope.value("server_tokens") === "off" ? "nginx" : `nginx/${version}`;
  const agent = incoming ? (variable(state, "http_user_agent") ?? "") : "";
  const isOwnPage = reply.isPage || (reply.location !== undefined && !reply.isPassedOn);
  const page = isOwnPage ? pageOf(status, name, agent) : undefined;
  const body =
    page !== undefined ? new TextEncoder().encode(page) : isOwnPage ? new Uint8Array() : reply.body;
  const type = page === undefined ? reply.type : "text/html";
  const known = reply.length ?? (body instanceof Uint8Array && !reply.isStreamed ? body.length : undefined);
  const length = page === undefined ? known : (body as Uint8Array).length;
  const isBodiless = status === 204 || status === 304 || status === 101;
  const isChunked = !isBodiless && length === undefined && incoming?.version === "1.1" && method !== "HEAD";
  const canTell = isBodiless || length !== undefined || isChunked || method === "HEAD";
  const goesOn = (incoming?.persists ?? false) && !closes.has(status) && method !== "TRACE" && canTell;
  const headers: [string, string][] = [
    ["Server", name],
    ["Date", new Date(Number(process.now() / 1_000_000n)).toUTCString()],
  ];
  if (type !== undefined && !isBodiless) headers.push(["Content-Type", type]);
  if (length !== undefined && !isBodiless) headers.push(["Content-Length", String(length)]);
  if (reply.lastModified !== undefined) headers.push(["Last-Modified", reply.lastModified]);
  if (reply.location !== undefined) headers.push(["Location", absolute(state, reply.location)]);
  if (isChunked) headers.push(["Transfer-Encoding", "chunked"]);
  if (status !== 101) headers.push(["Connection", goesOn ? "keep-alive" : "close"]);
  for (const [key, value] of reply.list ?? []) headers.push([key, value]);
  headers.push(...expiry(state, scope));
  for (const { args } of scope.all("add_header")) {
    const [key = "", value = "", always] = args;
    const expanded = expand(state, value);
    if ((always === "always" || added.has(status)) && expanded !== "") headers.push([key, expanded]);
  }
  state.sentHeaders = headers;
  const isSent = body !== undefined && method !== "HEAD" && !isBodiless;
  return {
    firstLine: reply.firstLine ?? statusLine(status),
    headers,
    ...(isSent && { body: counted(state, body, isChunked), isChunked }),
    // After a refusal by what the client has wished of the file, nginx closes.
    goesOn: goesOn && status !== 412,
    ...(reply.takeOver && { takeOver: reply.takeOver }),
    ...(reply.isSilent && { isSilent: true }),
  };
}

/** Counts what is sent of a body, with the sizes of its chunks. */
async function* counted(
  state: RequestState,
  body: Uint8Array | AsyncIterable<Uint8Array>,
  isChunked: boolean,
): AsyncGenerator<Uint8Array, void, undefined> {
  for await (const piece of body instanceof Uint8Array ? [body] : body) {
    if (piece.length === 0) continue;
    yield piece;
    state.bodyBytes += piece.length + (isChunked ? piece.length.toString(16).length + 4 : 0);
  }
  if (isChunked) state.bodyBytes += 5;
}

/** Returns where a redirect leads, with scheme and host. */
function absolute(state: RequestState, where: string): string {
  if (!scopeOf(state).isOn("absolute_redirect", true) || !where.startsWith("/")) return where;
  return `http://${ownHost(state)}${where}`;
}

const units: Readonly<Record<string, number>> = {
  s: 1,
  m: 60,
  h: 3600,
  d: 86_400,
  w: 604_800,
  M: 2_592_000,
  y: 31_536_000,
};

/** The headers of `expires`. */
function expiry(state: RequestState, scope: Scope): [string, string][] {
  const value = scope.value("expires");
  if (value === undefined || value === "off" || !added.has(state.status)) return [];
  if (value === "epoch") {
    return [
      ["Expires", "Thu, 01 Jan 1970 00:00:01 GMT"],
      ["Cache-Control", "no-cache"],
    ];
  }
  if (value === "max") {
    return [
      ["Expires", "Thu, 31 Dec 2037 23:55:55 GMT"],
      ["Cache-Control", "max-age=315360000"],
    ];
  }
  let seconds = 0;
  for (const [, amount, unit = "s"] of value.matchAll(/(\d+)([smhdwMy]?)/g))
    seconds += Number(amount) * (units[unit || "s"] as number);
  if (value.startsWith("-")) seconds = -seconds;
  const at = Number(state.now() / 1_000_000n) + seconds * 1000;
  return [
    ["Expires", new Date(at).toUTCString()],
    ["Cache-Control", seconds < 0 ? "no-cache" : `max-age=${seconds}`],
  ];
}
