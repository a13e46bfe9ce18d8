// `proxy_pass`: asks another server, and passes its answer on.
import { type Connection, FileError, LookupError, type ProcessContext } from "@dryharbor/kernel";
import { framingOf, readBody } from "../../http/body.js";
import { type Head, headerOf, readHead } from "../../http/head.js";
import { BrokenMessage, Reader } from "../../http/reader.js";
import { hostOfUpstream, type Resolved } from "./check.js";
import { errorNumber } from "./errors.js";
import type { Logs } from "./log.js";
import type { Reply } from "./reply.js";
import { expand, type RequestState, scopeOf, variablesIn } from "./request.js";

/** What proxies of one configuration have in common. */
export interface ProxySettings {
  readonly process: ProcessContext;
  readonly logs: Logs;
  readonly resolved: Resolved;
  /** How often each server of an upstream has been chosen, by its block. */
  readonly turns: Map<string, number>;
  readonly counts: { connections: number };
}

/** Where a request goes. */
interface Target {
  /** As in the configuration: `app:8080`. */
  readonly host: string;
  /** The path and query that are asked for. */
  readonly uri: string;
  /** The addresses to try in turn. */
  readonly addresses: readonly { readonly address: string; readonly port: number }[];
}

/** In milliseconds. */
const connectTime = 60_000;

/** Resolves to the other server's answer, or to the status of a failure. */
export async function proxied(
  settings: ProxySettings,
  state: RequestState,
  url: string,
): Promise<Reply | number> {
  const target = await targetOf(settings, state, url);
  if (typeof target === "number") return target;
  const { incoming } = state;
  const body: Uint8Array[] = [];
  if (incoming?.body) for await (const piece of incoming.body) body.push(piece);
  let status = 502;
  for (const { address, port } of target.addresses) {
    const shown = address.includes(":") ? `[${address}]:${port}` : `${address}:${port}`;
    const upstream = `http://${shown}${target.uri}`;
    const { upstream: before } = state;
    state.upstream = {
      host: target.host,
      port: String(port),
      address: before ? `${before.address}, ${shown}` : shown,
      status: "502",
    };
    let connection: Connection;
    settings.counts.connections++;
    try {
      connection = await settings.process.network.connect(address, port, { within: connectTime });
    } catch (error) {
      if (!(error instanceof FileError)) throw error;
      const isLate = error.code === "ETIMEDOUT";
      const failure = isLate ? "upstream timed out" : "connect() failed";
      const cause = `(${errorNumber(error)}: ${error.message})`;
      settings.logs.requestError(
        state,
        "error",
        `${failure} ${cause} while connecting to upstream`,
        upstream,
      );
      status = isLate ? 504 : 502;
      state.upstream.status = String(status);
      continue;
    }
    const reply = await ask(settings, state, target, connection, body, upstream);
    if (reply) return reply;
    status = 502;
  }
  return status;
}

async function targetOf(
  { process, logs, resolved, turns }: ProxySettings,
  state: RequestState,
  url: string,
): Promise<Target | number> {
  const whole = expand(state, url);
  const [, scheme = "", authority = "", path] = /^(https?):\/\/([^/?]*)(.*)$/i.exec(whole) ?? [];
  if (scheme === "" || authority === "") {
    logs.requestError(state, "error", `invalid URL prefix in "${whole}"`);
    return 500;
  }
  const upstream = state.server.scope.parent
    ?.childrenNamed("upstream")
    .find(({ statement }) => statement.args[0] === authority);
  const isFixed = variablesIn(url).length === 0;
  const { location } = state;
  const original = `${encodedUri(state)}${state.args === "" ? "" : `?${state.args}`}`;
  const passed =
    path === undefined || path === ""
      ? original
      : isFixed && location?.kind !== "pattern"
        ? `${path}${original.slice(location?.name.length ?? 0)}`
        : path;
  const uri = passed.startsWith("/") ? passed : `/${passed}`;
  if (upstream) {
    const servers = upstream.scope.own("server").filter(({ args }) => !args.includes("down"));
    const main = servers.filter(({ args }) => !args.includes("backup"));
    const spread = main.flatMap((server) => {
      const weight = Number(server.args.find((each) => each.startsWith("weight="))?.slice(7) ?? 1);
      return Array.from({ length: weight }, () => server);
    });
    const turn = turns.get(authority) ?? 0;
    turns.set(authority, turn + 1);
    const first = spread[turn % Math.max(spread.length, 1)];
    const order = [...new Set([...(first ? [first] : []), ...spread, ...servers])];
    const addresses = order.flatMap(({ args }) => {
      const hostAndPort = args[0] as string;
      const port = Number(/:(\d+)$/.exec(hostAndPort)?.[1] ?? 80);
      return (resolved.get(hostOfUpstream(hostAndPort)) ?? []).map((address) => ({ address, port }));
    });
    return { host: authority, uri, addresses };
  }
  const host = hostOfUpstream(authority);
  const port = Number(/:(\d+)$/.exec(authority)?.[1] ?? (scheme.toLowerCase() === "https" ? 443 : 80));
  let addresses = resolved.get(host);
  if (!addresses) {
    if (!/^[\d.]+$|:/.test(host) && scopeOf(state).all("resolver").length === 0) {
      logs.requestError(state, "error", `no resolver defined to resolve ${host}`);
      return 502;
    }
    try {
      ({ addresses } = await process.lookup(host));
    } catch (error) {
      if (!(error instanceof LookupError)) throw error;
      const cause = error.code === "EAI_AGAIN" ? "2: Server failure" : "3: Host not found";
      logs.requestError(state, "error", `${host} could not be resolved (${cause})`);
      return 502;
    }
  }
  return { host: authority, uri, addresses: addresses.map((address) => ({ address, port })) };
}

/** The URI as it is asked of the other server: as the client wrote it, where nothing has changed it. */
function encodedUri({ incoming, uri, redirects }: RequestState): string {
  const asked = (incoming?.target ?? "/").replace(/^https?:\/\/[^/?]*/i, "").split("?", 1)[0] || "/";
  return redirects === 0 && decodeURIComponentSafely(asked) === uri
    ? asked
    : uri.split("/").map(encodeURIComponent).join("/");
}

function decodeURIComponentSafely(text: string): string {
  try {
    return decodeURIComponent(text);
  } catch {
    return text;
  }
}

const notPassed: ReadonlySet<string> = new Set([
  "host",
  "connection",
  "keep-alive",
  "transfer-encoding",
  "te",
  "upgrade",
  "expect",
  "content-length",
]);

function requestText(state: RequestState, { host, uri }: Target, body: readonly Uint8Array[]): string {
  const scope = scopeOf(state);
  const { incoming, method } = state;
  const version = scope.value("proxy_http_version") ?? "1.0";
  const set = scope
    .all("proxy_set_header")
    .map(({ args: [name = "", value = ""] }) => [name, value] as const);
  const isSet = (name: string): boolean => set.some(([each]) => each.toLowerCase() === name);
  const lines = [`${scope.value("proxy_method") ?? method} ${uri} HTTP/${version}`];
  const own = [
    ...(isSet("host") ? [] : [["Host", host] as const]),
    ...(isSet("connection") ? [] : [["Connection", "close"] as const]),
  ];
  for (const [name, value] of [...set, ...own]) {
    const expanded = expand(state, value);
    if (expanded !== "") lines.push(`${name}: ${expanded}`);
  }
  const length = body.reduce((sum, piece) => sum + piece.length, 0);
  if (incoming?.body && !isSet("content-length")) lines.push(`Content-Length: ${length}`);
  if (scope.isOn("proxy_pass_request_headers", true)) {
    for (const [name, value] of incoming?.head.headers ?? []) {
      if (!notPassed.has(name.toLowerCase()) && !isSet(name.toLowerCase())) lines.push(`${name}: ${value}`);
    }
  }
  return `${lines.join("\r\n")}\r\n\r\n`;
}

/** Sends the request. Resolves to `undefined` where there is no answer. */
async function ask(
  { logs }: ProxySettings,
  state: RequestState,
  target: Target,
  connection: Connection,
  body: readonly Uint8Array[],
  upstream: string,
): Promise<Reply | undefined> {
  const reader = new Reader(connection);
  let head: Head | undefined;
  const failed = (level: "error", message: string): undefined => {
    connection.close();
    logs.requestError(state, level, `${message} while reading response header from upstream`, upstream);
    return undefined;
  };
  try {
    await connection.write(new TextEncoder().encode(requestText(state, target, body)));
    for (const piece of body) await connection.write(piece);
    head = await readHead(reader);
  } catch (error) {
    if (error instanceof FileError)
      return failed("error", `recv() failed (${errorNumber(error)}: ${error.message})`);
    if (!(error instanceof BrokenMessage)) throw error;
  }
  if (!head) return failed("error", "upstream prematurely closed connection");
  const [, code, text = ""] = /^HTTP\/1\.[01] (\d{3})(?: (.*))?$/.exec(head.firstLine) ?? [];
  if (code === undefined) return failed("error", "upstream sent no valid HTTP/1.0 header");
  const status = Number(code);
  if (state.upstream) state.upstream.status = code;
  return replyOf(state, target, { head, status, text, reader, connection });
}

interface Answered {
  readonly head: Head;
  readonly status: number;
  readonly text: string;
  readonly reader: Reader;
  readonly connection: Connection;
}

const hidden: ReadonlySet<string> = new Set([
  "date",
  "server",
  "x-pad",
  "connection",
  "keep-alive",
  "transfer-encoding",
  "content-type",
  "content-length",
]);

function replyOf(
  state: RequestState,
  target: Target,
  { head, status, text, reader, connection }: Answered,
): Reply {
  const scope = scopeOf(state);
  const own = new Set(scope.all("proxy_hide_header").map(({ args }) => args[0]?.toLowerCase()));
  const passed = head.headers.filter(([name]) => {
    const lower = name.toLowerCase();
    return !hidden.has(lower) && !lower.startsWith("x-accel-") && !own.has(lower);
  });
  const redirect = redirectOf(state, target, headerOf(head, "location"));
  const list = passed.filter(([name]) => redirect === undefined || name.toLowerCase() !== "location");
  const type = headerOf(head, "content-type");
  const framing = framingOf(head);
  const length = typeof framing === "object" ? framing.length : undefined;
  const isBodiless = state.method === "HEAD" || status === 204 || status === 304;
  const base: Reply = {
    status,
    firstLine: `HTTP/1.1 ${status} ${text}`,
    list,
    ...(redirect !== undefined && { location: redirect, isPassedOn: true }),
    ...(type !== undefined && { type }),
    ...(length !== undefined ? { length } : { isStreamed: !isBodiless }),
  };
  if (status === 101) {
    const upgrade = headerOf(head, "upgrade");
    return {
      ...base,
      list: [
        ["Connection", "upgrade"],
        ...list.filter(([name]) => name.toLowerCase() !== "upgrade"),
        ["Upgrade", upgrade ?? ""],
      ],
      takeOver: (client) => tunnel(state, client, reader, connection),
    };
  }
  if (isBodiless) {
    connection.close();
    return base;
  }
  return { ...base, body: closing(readBody(reader, framing ?? "until-close"), connection) };
}

/** A redirect to the other server's own address leads to the location instead. Returns `undefined` for any other. */
function redirectOf(
  { location }: RequestState,
  { host }: Target,
  value: string | undefined,
): string | undefined {
  if (value === undefined || !location || location.kind === "pattern") return undefined;
  const [target] = location.scope.own("proxy_pass").map(({ args }) => args[0] ?? "");
  if (target === undefined || target.includes("$")) return undefined;
  const prefix = /^https?:\/\/[^/]+\/?/i.test(target) ? target : `http://${host}/`;
  const base = /^https?:\/\/[^/]+$/i.test(prefix) ? `${prefix}${location.name}` : prefix;
  return value.startsWith(base) ? `${location.name}${value.slice(base.length)}` : undefined;
}

async function* closing(
  pieces: AsyncGenerator<Uint8Array, void, undefined>,
  connection: Connection,
): AsyncGenerator<Uint8Array, void, undefined> {
  try {
    yield* pieces;
  } finally {
    connection.close();
  }
}

/** Passes bytes on in both directions until both have ended. */
async function tunnel(
  { incoming }: RequestState,
  client: Reader,
  server: Reader,
  connection: Connection,
): Promise<void> {
  const own = incoming?.connection as Connection;
  const pass = async (from: Reader, to: Connection): Promise<void> => {
    try {
      for (let data = await from.some(); data; data = await from.some()) await to.write(data);
      to.end();
    } catch (error) {
      if (!(error instanceof FileError)) throw error;
      to.reset();
    }
  };
  await Promise.all([pass(client, connection), pass(server, own)]);
  connection.close();
}
