// URLs as libcurl reads them: it guesses a scheme, takes one to three slashes, and squashes dots in paths.
import { formatAddress, parseAddress, readNumericHost } from "@dryharbor/kernel";
import { type ByteText, byteText } from "../busybox/byte-text.js";

/** A URL in parts. Texts have one character for each byte. */
export interface CurlUrl {
  /** In lower case. */
  readonly scheme: string;
  /** Decoded. */
  readonly user: string | undefined;
  readonly password: string | undefined;
  /** Without brackets. */
  readonly host: string;
  readonly zone: string | undefined;
  /** `undefined` for that of the scheme. */
  readonly port: number | undefined;
  /** With `/` at its beginning. */
  readonly path: string;
  readonly query: string | undefined;
  readonly fragment: string | undefined;
}

/** Why a URL is none. */
export class UrlError extends Error {
  override readonly name = "UrlError";
}

const ports: Readonly<Record<string, number>> = {
  ...{ dict: 2628, ftp: 21, ftps: 990, gopher: 70, gophers: 70, http: 80, https: 443, imap: 143, imaps: 993 },
  ...{ ldap: 389, ldaps: 636, mqtt: 1883, pop3: 110, pop3s: 995, rtmp: 1935, rtsp: 554, scp: 22, sftp: 22 },
  ...{ smb: 445, smbs: 445, smtp: 25, smtps: 465, telnet: 23, tftp: 69, ws: 80, wss: 443 },
};

/** Returns the port of a URL. */
export function portOf({ scheme, port }: CurlUrl): number {
  return port ?? ports[scheme] ?? 0;
}

/** Schemes that a host's name hints at where the URL has none. */
const guesses = ["ftp", "dict", "ldap", "imap", "smtp", "pop3"];

/** Reads a URL. @throws {UrlError} */
export function readUrl(given: string, options: { pathAsIs?: boolean; scheme?: string } = {}): CurlUrl {
  const text = byteText(given);
  // biome-ignore lint/suspicious/noControlCharactersInRegex: curl refuses just these
  if (text === "" || /[\x00-\x20\x7f]/.test(text)) throw new UrlError("Malformed input to a URL function");
  const [, named, slashes = "", rest = text] = /^([a-zA-Z][a-zA-Z0-9+.-]*):(\/+)(.*)$/s.exec(text) ?? [];
  if (named?.toLowerCase() === "file") return readFileUrl(slashes, rest);
  if (slashes.length > 3) throw new UrlError("Unsupported number of slashes following scheme");
  const [, authority = "", tail = ""] = /^([^/?#]*)(.*)$/s.exec(rest) ?? [];
  const at = authority.lastIndexOf("@");
  const login = at < 0 ? undefined : authority.slice(0, at);
  const { host, zone, port } = readHost(authority.slice(at + 1));
  const scheme = named?.toLowerCase() ?? options.scheme ?? guessed(host);
  const [user, password] = login === undefined ? [] : /^([^:]*):?(.*)$/s.exec(login)!.slice(1).map(decoded);
  return {
    scheme,
    user,
    password: login?.includes(":") ? password : undefined,
    host,
    zone,
    port: port === ports[scheme] ? undefined : port,
    ...splitTail(tail, options.pathAsIs ?? false),
  };
}

function guessed(host: string): string {
  return guesses.find((scheme) => host.toLowerCase().startsWith(`${scheme}.`)) ?? "http";
}

function readFileUrl(slashes: string, rest: string): CurlUrl {
  const path = slashes.length === 2 ? rest.replace(/^(localhost|127\.0\.0\.1)?(?=\/)/i, "") : `/${rest}`;
  if (!path.startsWith("/")) throw new UrlError("Bad file:// URL");
  return {
    ...{ scheme: "file", user: undefined, password: undefined, host: "", zone: undefined, port: undefined },
    ...splitTail(path, false),
  };
}

function splitTail(tail: string, pathAsIs: boolean): Pick<CurlUrl, "path" | "query" | "fragment"> {
  const [, path = "", query, fragment] = /^([^?#]*)(?:\?([^#]*))?(?:#(.*))?$/s.exec(tail) ?? [];
  const whole = path === "" ? "/" : encoded(path);
  return {
    path: pathAsIs ? whole : withoutDots(whole),
    query: query === undefined ? undefined : encoded(query),
    fragment,
  };
}

/** Encodes bytes beyond ASCII. */
function encoded(text: ByteText): string {
  return text.replace(/[^\x21-\x7e]/g, (letter) => `%${letter.charCodeAt(0).toString(16).padStart(2, "0")}`);
}

/** Decodes `%41`. */
function decoded(text: string): string {
  return text.replace(/%([0-9a-f]{2})/gi, (_, hex: string) => String.fromCharCode(Number.parseInt(hex, 16)));
}

function readHost(text: string): Pick<CurlUrl, "host" | "zone" | "port"> {
  const bracketed = /^\[([^\]%]*)(?:%(?:25)?([^\]]+))?\](?::(.*))?$/s.exec(text);
  if (text.startsWith("[")) {
    const [, address = "", zone, port] = bracketed ?? [];
    const read = parseAddress(address);
    if (read?.family !== 6) throw new UrlError("Bad IPv6 address");
    return { host: formatAddress(read), zone, port: readPort(port) };
  }
  const [, name = "", port] = /^([^:]*)(?::(.*))?$/s.exec(text) ?? [];
  const host = decoded(name);
  if (host === "") throw new UrlError("No host part in the URL");
  if (/[ \r\n\t/:#?!@{}[\]\\$'"^`*<>=;,+&()]/.test(host)) throw new UrlError("Bad hostname");
  const numeric = readNumericHost(host);
  return { host: numeric ? formatAddress(numeric) : host, zone: undefined, port: readPort(port) };
}

function readPort(text: string | undefined): number | undefined {
  if (text === undefined || text === "") return undefined;
  if (!/^\d{1,5}$/.test(text) || Number(text) > 0xffff) {
    throw new UrlError("Port number was not a decimal number between 0 and 65535");
  }
  return Number(text);
}

/** Removes `.` and `..` from a path. */
function withoutDots(path: string): string {
  if (!/(^|\/)\.\.?(\/|$)/.test(path)) return path;
  const kept: string[] = [];
  const parts = path.slice(1).split("/");
  for (const [at, part] of parts.entries()) {
    const isLast = at === parts.length - 1;
    if (part === "..") kept.pop();
    if (part !== "." && part !== "..") kept.push(part);
    else if (isLast) kept.push("");
  }
  return `/${kept.join("/")}`;
}

/** Writes a host as a URL has it: an IPv6 address in brackets. */
export function hostText({ host }: Pick<CurlUrl, "host">): string {
  return host.includes(":") ? `[${host}]` : host;
}

/** Writes a URL. A user stays out of it where `login` is false. */
export function urlText(url: CurlUrl, { login = true, fragment = true } = {}): string {
  const { scheme, user, password, port, path, query } = url;
  const secret = password === undefined ? "" : `:${password}`;
  const who = login && user !== undefined ? `${user}${secret}@` : "";
  const number = port === undefined ? "" : `:${port}`;
  const asked = query === undefined ? "" : `?${query}`;
  const place = fragment && url.fragment !== undefined ? `#${url.fragment}` : "";
  return `${scheme}://${who}${hostText(url)}${number}${path}${asked}${place}`;
}

/** Reads the address of a redirect, which may be relative. @throws {UrlError} */
export function redirected(from: CurlUrl, location: string, pathAsIs: boolean): CurlUrl {
  const text = location.replaceAll(" ", "%20");
  if (/^[a-zA-Z][a-zA-Z0-9+.-]*:\/\//.test(text)) return readUrl(text, { pathAsIs });
  const base = `${from.scheme}://${hostText(from)}${from.port === undefined ? "" : `:${from.port}`}`;
  const login = { user: from.user, password: from.password };
  if (text.startsWith("//")) return readUrl(`${from.scheme}:${text}`, { pathAsIs });
  if (text.startsWith("/")) return { ...readUrl(base + text, { pathAsIs }), ...login };
  const directory = from.path.slice(0, from.path.lastIndexOf("/") + 1);
  const query = from.query === undefined ? "" : `?${from.query}`;
  if (text.startsWith("?")) return { ...readUrl(`${base}${from.path}${text}`, { pathAsIs }), ...login };
  if (text.startsWith("#"))
    return { ...readUrl(`${base}${from.path}${query}${text}`, { pathAsIs }), ...login };
  return { ...readUrl(`${base}${directory}${text}`, { pathAsIs }), ...login };
}
