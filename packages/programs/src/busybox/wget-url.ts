import { Died } from "./applet.js";
import { byteText } from "./byte-text.js";
import { percentDecoded } from "./percent.js";

/** Where a URL points to, as BusyBox's wget reads it. */
export interface WgetUrl {
  readonly protocol: "http" | "https" | "ftp" | "ftps";
  /** The host as it is written, with its port. */
  readonly host: string;
  /** The port where the host names none. */
  readonly port: number;
  /** The path without its first slash, with the query. */
  readonly path: string;
  /** `user:password`, one character for each byte. */
  readonly user: string | undefined;
}

const ports = { http: 80, https: 443, ftp: 21, ftps: 990 } as const;

/** Reads a URL. @throws {Died} */
export function readUrl(url: string): WgetUrl {
  if (/[\0- ]/.test(url)) throw new Died("Unencoded control character found in the URL!");
  const [, scheme, rest = ""] = /^(?:(.*?):\/\/)?(.*)$/s.exec(url) ?? [];
  const protocol = scheme ?? "http";
  if (!(protocol in ports)) throw new Died(`not an http or ftp url: ${url}`);
  const known = protocol as keyof typeof ports;
  const end = rest.search(/[/?#]/);
  const authority = end < 0 ? rest : rest.slice(0, end);
  const at = authority.lastIndexOf("@");
  return {
    protocol: known,
    host: authority.slice(at + 1),
    port: ports[known],
    path: end < 0 ? "" : rest.slice(end + 1),
    user: at < 0 ? undefined : percentDecoded(byteText(authority.slice(0, at))),
  };
}
