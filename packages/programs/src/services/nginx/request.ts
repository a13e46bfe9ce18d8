// One request on its way through the configuration: its URI, which may change, and its variables.
import { toBytes } from "../../busybox/byte-text.js";
import { headerOf } from "../../http/head.js";
import type { IncomingRequest } from "../../http/messages.js";
import type { Scope } from "./configuration.js";
import type { Location, Server } from "./model.js";

/** A request and what has become of it so far. */
export interface RequestState {
  readonly incoming: IncomingRequest | undefined;
  /** The first line as it came. */
  readonly line: string;
  /** The number of its connection. */
  readonly connection: number;
  readonly client: { readonly address: string; readonly port: number };
  readonly local: { readonly address: string; readonly port: number };
  readonly now: () => bigint;
  readonly hostname: string;
  readonly version: string;
  readonly pid: number;
  server: Server;
  location: Location | undefined;
  /** The URI, decoded and without `..`, and the query. */
  uri: string;
  args: string;
  method: string;
  captures: readonly (string | undefined)[];
  groups: Readonly<Record<string, string>>;
  readonly variables: Map<string, string>;
  /** Where a proxy sends it, as `$proxy_host` and `$upstream_addr`. */
  upstream: { readonly host: string; readonly port: string; address: string; status: string } | undefined;
  status: number;
  bodyBytes: number;
  sentHeaders: readonly (readonly [string, string])[];
  /** How many times it has been redirected within the server. */
  redirects: number;
}

/** Where the request is in the configuration. */
export function scopeOf({ location, server }: RequestState): Scope {
  return location?.scope ?? server.scope;
}

const months = ["Jan", "Feb", "Mar", "Apr", "May", "Jun", "Jul", "Aug", "Sep", "Oct", "Nov", "Dec"];

/** Returns a time as access logs have it. */
function localTime(nanoseconds: bigint): string {
  const date = new Date(Number(nanoseconds / 1_000_000n));
  const two = (value: number): string => String(value).padStart(2, "0");
  const day = `${two(date.getUTCDate())}/${months[date.getUTCMonth()]}/${date.getUTCFullYear()}`;
  return `${day}:${date.toISOString().slice(11, 19)} +0000`;
}

/** The host that the client means, without its port. */
export function hostOf({ incoming, server }: RequestState): string {
  const ofTarget = /^https?:\/\/([^/?:]*)/i.exec(incoming?.target ?? "")?.[1];
  const host = ofTarget ?? (incoming && headerOf(incoming.head, "host")?.replace(/:\d*$/, "").toLowerCase());
  return host || (server.names[0] ?? "");
}

type Getter = (state: RequestState) => string | undefined;

const seconds = (state: RequestState): number => Number(state.now() / 1_000_000n) / 1000;

/** The variables that the server itself has. */
const getters: Readonly<Record<string, Getter>> = {
  args: ({ args }) => args,
  query_string: ({ args }) => args,
  is_args: ({ args }) => (args === "" ? "" : "?"),
  binary_remote_addr: ({ client }) => client.address,
  body_bytes_sent: ({ bodyBytes }) => String(bodyBytes),
  bytes_sent: ({ bodyBytes }) => String(bodyBytes),
  connection: ({ connection }) => String(connection),
  connection_requests: () => "1",
  content_length: ({ incoming }) => incoming && headerOf(incoming.head, "content-length"),
  content_type: ({ incoming }) => incoming && headerOf(incoming.head, "content-type"),
  document_root: (state) => scopeOf(state).value("root") ?? "/etc/nginx/html",
  document_uri: ({ uri }) => uri,
  host: hostOf,
  hostname: ({ hostname }) => hostname,
  https: () => "",
  limit_rate: () => "0",
  msec: (state) => seconds(state).toFixed(3),
  nginx_version: ({ version }) => version,
  pid: ({ pid }) => String(pid),
  pipe: () => ".",
  proxy_add_x_forwarded_for: ({ incoming, client }) => {
    const before = incoming && headerOf(incoming.head, "x-forwarded-for");
    return before === undefined ? client.address : `${before}, ${client.address}`;
  },
  proxy_host: ({ upstream }) => upstream?.host,
  proxy_port: ({ upstream }) => upstream?.port,
  realip_remote_addr: ({ client }) => client.address,
  remote_addr: ({ client }) => client.address,
  remote_port: ({ client }) => String(client.port),
  remote_user: ({ incoming }) => userOf(incoming),
  request: ({ line }) => line,
  request_body: () => undefined,
  request_completion: ({ status }) => (status > 0 ? "OK" : ""),
  request_filename: (state) => `${scopeOf(state).value("root") ?? "/etc/nginx/html"}${state.uri}`,
  request_id: ({ connection, now }) =>
    `${now().toString(16)}${connection.toString(16)}`.padStart(32, "0").slice(-32),
  request_length: ({ incoming, line }) =>
    String(
      line.length +
        4 +
        (incoming?.head.headers.reduce((sum, [name, value]) => sum + name.length + value.length + 4, 0) ?? 0),
    ),
  request_method: ({ method }) => method,
  request_time: () => "0.000",
  request_uri: ({ incoming }) => incoming?.target.replace(/^https?:\/\/[^/?]*/i, "") || "/",
  scheme: () => "http",
  server_addr: ({ local }) => local.address,
  server_name: ({ server }) => server.names[0] ?? "",
  server_port: ({ local }) => String(local.port),
  server_protocol: ({ incoming }) => incoming && `HTTP/${incoming.version}`,
  status: ({ status }) => String(status).padStart(3, "0"),
  time_iso8601: (state) => `${new Date(seconds(state) * 1000).toISOString().slice(0, 19)}+00:00`,
  time_local: (state) => localTime(state.now()),
  upstream_addr: ({ upstream }) => upstream?.address,
  upstream_status: ({ upstream }) => upstream?.status,
  upstream_response_time: ({ upstream }) => upstream && "0.000",
  upstream_connect_time: ({ upstream }) => upstream && "0.000",
  upstream_header_time: ({ upstream }) => upstream && "0.000",
  upstream_cache_status: () => undefined,
  uri: ({ uri }) => uri,
  gzip_ratio: () => undefined,
  fastcgi_script_name: ({ uri }) => uri,
  fastcgi_path_info: () => "",
  ssl_protocol: () => undefined,
  ssl_cipher: () => undefined,
  http2: () => "",
  tcpinfo_rtt: () => "0",
};

const prefixes = /^(?:http|arg|cookie|sent_http|upstream_http|sent_trailer|upstream_cookie)_/;

/** Returns whether the server has a variable of its own of this name. */
export function isOwnVariable(name: string): boolean {
  return Object.hasOwn(getters, name) || prefixes.test(name) || /^\d$/.test(name);
}

/** The names of the variables in a text. */
export function variablesIn(text: string): string[] {
  return [...text.matchAll(/\$(?:\{(\w+)\}|(\w+))/g)].map(([, braced, plain]) => braced ?? plain ?? "");
}

/** Puts the values of variables into a text. */
export function expand(state: RequestState, text: string): string {
  return text.replace(
    /\$(?:\{(\w+)\}|(\d)|(\w+))/g,
    (_, braced, digit, plain) => variable(state, braced ?? digit ?? plain) ?? "",
  );
}

/** Returns the value of a variable; `undefined` where it has none. */
export function variable(state: RequestState, name: string): string | undefined {
  const lower = name.toLowerCase();
  const set = state.variables.get(lower) ?? state.groups[name];
  if (set !== undefined) return set;
  if (/^\d$/.test(name)) return state.captures[Number(name)];
  if (Object.hasOwn(getters, lower)) return getters[lower]?.(state);
  const mapped = mappedValue(state, lower);
  if (mapped !== undefined) return mapped;
  const [, kind, rest = ""] = /^(http|arg|cookie|sent_http)_(.*)$/.exec(lower) ?? [];
  switch (kind) {
    case "http":
      return headerValues(state.incoming?.head.headers ?? [], rest);
    case "sent_http":
      return headerValues(state.sentHeaders, rest);
    case "arg":
      return state.args
        .split("&")
        .find((each) => each.toLowerCase().startsWith(`${rest}=`))
        ?.slice(rest.length + 1);
    case "cookie":
      return (state.incoming ? (headerOf(state.incoming.head, "cookie") ?? "") : "")
        .split(/;\s*/)
        .find((each) => each.toLowerCase().startsWith(`${rest}=`))
        ?.slice(rest.length + 1);
  }
  return undefined;
}

/** Reads what came over a connection, where each character stands for a byte, as UTF-8. */
export function fromWire(text: string): string {
  return /[\x80-\xff]/.test(text) ? new TextDecoder().decode(toBytes(text)) : text;
}

/** Header lines of one name, put together as nginx does. */
function headerValues(
  headers: readonly (readonly [string, string])[],
  underscored: string,
): string | undefined {
  const values = headers
    .filter(([name]) => name.toLowerCase().replaceAll("-", "_") === underscored)
    .map(([, value]) => fromWire(value));
  return values.length === 0 ? undefined : values.join(", ");
}

function userOf(incoming: IncomingRequest | undefined): string | undefined {
  const [, encoded] =
    /^basic\s+(\S+)$/i.exec((incoming && headerOf(incoming.head, "authorization")) ?? "") ?? [];
  if (encoded === undefined || !/^[A-Za-z0-9+/]+=*$/.test(encoded)) return undefined;
  return atob(encoded).split(":", 1)[0];
}

/** The value that a `map` gives a variable. */
function mappedValue(state: RequestState, name: string): string | undefined {
  const http = state.server.scope.parent;
  const map = http
    ?.childrenNamed("map")
    .find(({ statement }) => statement.args[1]?.toLowerCase() === `$${name}`);
  if (!map) return undefined;
  const key = expand(state, map.statement.args[0] ?? "");
  let byDefault = "";
  let byPattern: string | undefined;
  for (const { name: from, args } of map.scope.statements) {
    const [value = ""] = args;
    if (from === "default") byDefault = value;
    else if (from.startsWith("~")) {
      const insensitive = from.startsWith("~*");
      const matches = new RegExp(from.slice(insensitive ? 2 : 1), insensitive ? "i" : "").test(key);
      if (matches) byPattern ??= value;
    } else if (from.replace(/^\\/, "").toLowerCase() === key.toLowerCase()) return expand(state, value);
  }
  return expand(state, byPattern ?? byDefault);
}
