// What the configuration means: sockets, servers and locations.
import type { Scope } from "./configuration.js";
import { patternOf } from "./pattern.js";
import { ConfigurationError, type Statement } from "./statements.js";

/** An address to listen on. */
export interface ListenAddress {
  readonly address: string;
  readonly port: number;
  readonly isDefault: boolean;
  readonly isTls: boolean;
  readonly place: string;
}

/** A location. */
export interface Location {
  readonly kind: "prefix" | "exact" | "prefix before patterns" | "pattern" | "named";
  readonly name: string;
  readonly pattern: RegExp | undefined;
  readonly scope: Scope;
  readonly inner: Locations;
}

/** The locations of a server, or within a location. */
export interface Locations {
  readonly exact: ReadonlyMap<string, Location>;
  /** The longest first. */
  readonly prefixes: readonly Location[];
  readonly patterns: readonly Location[];
  readonly named: ReadonlyMap<string, Location>;
}

/** A server. */
export interface Server {
  readonly scope: Scope;
  readonly listens: readonly ListenAddress[];
  readonly names: readonly string[];
  readonly locations: Locations;
}

/** Reads the arguments of `listen`. @throws {ConfigurationError} */
export function readListen({ args, place }: Statement): ListenAddress {
  const [where = "", ...options] = args;
  const refuse = (problem: string): ConfigurationError =>
    new ConfigurationError(`${problem} in "${where}" of the "listen" directive${place}`);
  const [, bracketed, name, port] = /^(?:\[([^\]]*)\]|([^:]*))(?::(.*))?$/.exec(where) ?? [];
  const isPort = bracketed === undefined && port === undefined && /^\d+$/.test(name ?? "");
  const digits = isPort ? name : (port ?? "80");
  if (!/^\d+$/.test(digits ?? "") || Number(digits) < 1 || Number(digits) > 65_535)
    throw refuse("invalid port");
  const host = isPort || name === "*" ? "0.0.0.0" : (bracketed ?? name ?? "");
  if (bracketed === undefined && !/^[\d.]+$/.test(host) && host !== "localhost") {
    throw new ConfigurationError(`host not found in "${where}" of the "listen" directive${place}`);
  }
  for (const option of options) {
    if (/^(default_server|default|ssl|http2|quic|proxy_protocol|deferred|bind|reuseport)$/.test(option))
      continue;
    if (/^(backlog|rcvbuf|sndbuf|setfib|fastopen|accept_filter|ipv6only|so_keepalive)=/.test(option))
      continue;
    throw new ConfigurationError(`invalid parameter "${option}"${place}`);
  }
  return {
    address: host === "localhost" ? "127.0.0.1" : host,
    port: Number(digits),
    isDefault: options.includes("default_server") || options.includes("default"),
    isTls: options.includes("ssl"),
    place,
  };
}

/** Reads the arguments of `location`. @throws {ConfigurationError} */
function readLocation({ args, place }: Statement): Pick<Location, "kind" | "name" | "pattern"> {
  const [first = "", second] = args;
  const [, glued, rest] = /^(=|~\*?|\^~)(.*)$/.exec(first) ?? [];
  const modifier = second === undefined ? glued : first;
  const name = second ?? (glued === undefined ? first : (rest ?? ""));
  switch (modifier) {
    case undefined:
      return { kind: name.startsWith("@") ? "named" : "prefix", name, pattern: undefined };
    case "=":
      return { kind: "exact", name, pattern: undefined };
    case "^~":
      return { kind: "prefix before patterns", name, pattern: undefined };
    case "~":
    case "~*":
      return { kind: "pattern", name, pattern: patternOf(name, modifier === "~*", place) };
  }
  throw new ConfigurationError(`invalid location modifier "${modifier}"${place}`);
}

/** Checks that a location stands where it may. @throws {ConfigurationError} */
export function checkLocation(statement: Statement, scope: Scope): void {
  const { kind, name } = readLocation(statement);
  const { parent } = scope;
  const around = parent?.context === "l" ? locationStatements.get(parent) : undefined;
  locationStatements.set(scope, statement);
  if (around) {
    const outer = readLocation(around);
    const refuse = (problem: string): ConfigurationError => new ConfigurationError(problem + statement.place);
    if (kind === "named") throw refuse(`named location "${name}" can be on the server level only`);
    if (outer.kind === "exact") {
      throw refuse(`location "${name}" cannot be inside the exact location "${outer.name}"`);
    }
    if (kind !== "pattern" && outer.kind.startsWith("prefix") && !name.startsWith(outer.name))
      throw refuse(`location "${name}" is outside location "${outer.name}"`);
  }
  for (const { statement: other } of parent?.childrenNamed("location") ?? []) {
    const { kind: otherKind, name: otherName } = readLocation(other);
    const isPrefix = (each: string): boolean => each.startsWith("prefix");
    if (kind === "pattern" || otherName !== name) continue;
    if (otherKind === kind || (isPrefix(kind) && isPrefix(otherKind)))
      throw new ConfigurationError(`duplicate location "${name}"${statement.place}`);
  }
}

const locationStatements = new WeakMap<Scope, Statement>();

/** Returns the servers of a configuration in order. */
export function serversOf(main: Scope): Server[] {
  const http = main.childrenNamed("http").map(({ scope }) => scope);
  return http.flatMap((scope) => scope.childrenNamed("server").map((child) => serverOf(child.scope)));
}

function serverOf(scope: Scope): Server {
  const listens = scope.own("listen").map(readListen);
  return {
    scope,
    listens:
      listens.length > 0
        ? listens
        : [{ address: "0.0.0.0", port: 80, isDefault: false, isTls: false, place: "" }],
    names: scope.own("server_name").flatMap(({ args }) => args),
    locations: locationsOf(scope),
  };
}

function locationsOf(scope: Scope): Locations {
  const all = scope.childrenNamed("location").map(
    ({ statement, scope: own }): Location => ({
      ...readLocation(statement),
      scope: own,
      inner: locationsOf(own),
    }),
  );
  const named = (kind: Location["kind"]): Map<string, Location> =>
    new Map(all.filter((each) => each.kind === kind).map((each) => [each.name, each]));
  return {
    exact: named("exact"),
    prefixes: all
      .filter(({ kind }) => kind.startsWith("prefix"))
      .sort((one, other) => other.name.length - one.name.length),
    patterns: all.filter(({ kind }) => kind === "pattern"),
    named: named("named"),
  };
}

/** Finds the location of a URI. `captures` are the groups of the pattern that has matched. */
export function locate(
  locations: Locations,
  uri: string,
): { readonly location: Location; readonly captures: RegExpExecArray | undefined } | undefined {
  const exact = locations.exact.get(uri);
  if (exact) return { location: exact, captures: undefined };
  const prefix = locations.prefixes.find(({ name }) => uri.startsWith(name));
  const within = prefix && locate(prefix.inner, uri);
  if (within) return within;
  if (prefix?.kind !== "prefix before patterns") {
    for (const location of locations.patterns) {
      const captures = location.pattern?.exec(uri);
      if (captures) return locate(location.inner, uri) ?? { location, captures };
    }
  }
  return prefix && { location: prefix, captures: undefined };
}

/** Returns the server of a host name among those of one socket. */
export function serverFor(servers: readonly Server[], port: number, host: string): Server {
  const byDefault = servers.find(({ listens }) =>
    listens.some((each) => each.port === port && each.isDefault),
  );
  const matching = (test: (name: string) => boolean): Server | undefined =>
    servers.find(({ names }) => names.some(test));
  const name = host.toLowerCase();
  return (
    matching((each) => each.toLowerCase() === name || (each.startsWith(".") && `.${name}` === each)) ??
    matching((each) => /^[*.]/.test(each) && name.endsWith(each.replace(/^\*?/, ""))) ??
    matching((each) => each.endsWith(".*") && name.startsWith(each.slice(0, -1))) ??
    matching((each) => each.startsWith("~") && patternOf(each.slice(1), false, "").test(name)) ??
    byDefault ??
    (servers[0] as Server)
  );
}
