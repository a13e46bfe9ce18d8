// Hosts and ports on command lines, and connections to them: BusyBox's libbb/xconnect.c.
import {
  type Connection,
  type ConnectOptions,
  FileError,
  LookupError,
  type ProcessContext,
  type SocketAddress,
} from "@dryharbor/kernel";
import { Died } from "./applet.js";

/** Which address of a host is wanted. */
export interface HostOptions {
  /** Default: any. */
  readonly family?: 4 | 6 | undefined;
  /** The exit code where there is none. Default: 1. */
  readonly code?: number;
}

/**
 * Reads a host and looks its name up. A port may follow: `web:80`, `[::1]:80`.
 *
 * @param port the port where the text names none
 * @throws {Died} `bad address` or `bad port`
 */
export async function hostAddress(
  process: ProcessContext,
  text: string,
  port: number,
  { family, code = 1 }: HostOptions = {},
): Promise<SocketAddress> {
  const parts = split(text);
  if (!parts) throw new Died(`bad address '${text}'`, code);
  const named = parts.port ?? String(port);
  if (!/^\d+$/.test(named) || Number(named) > 0xffff) throw new Died(`bad port '${named}'`);
  try {
    const { addresses } = await process.lookup(parts.host, family);
    return { address: addresses[0] as string, port: Number(named) };
  } catch (error) {
    if (error instanceof LookupError) throw new Died(`bad address '${text}'`, code);
    throw error;
  }
}

/** As {@link hostAddress}, for an address alone. @throws {Died} */
export function numericAddress(process: ProcessContext, text: string, port: number): Promise<SocketAddress> {
  const host = split(text)?.host ?? "";
  const isNumeric = host.includes(":") || /^(0x[\da-f]+|\d+)(\.(0x[\da-f]+|\d+)){0,3}$/i.test(host);
  if (!isNumeric) throw new Died(`bad address '${text}'`);
  return hostAddress(process, text, port);
}

interface HostAndPort {
  readonly host: string;
  readonly port: string | undefined;
}

/** Splits a host from its port. Several colons without brackets are an IPv6 address. */
function split(text: string): HostAndPort | undefined {
  if (text.startsWith("[")) {
    const [, host, port] = /^\[([^\]]*)\](?::(.*))?$/s.exec(text) ?? [];
    return host === undefined ? undefined : { host, port };
  }
  const at = text.indexOf(":");
  if (at < 0 || at !== text.lastIndexOf(":")) return { host: text, port: undefined };
  return { host: text.slice(0, at), port: text.slice(at + 1) };
}

/** Writes an address and a port as `172.18.0.2:80` or `[fd00::2]:80`. */
export function dotted({ address, port }: SocketAddress): string {
  return address.includes(":") ? `[${address}]:${port}` : `${address}:${port}`;
}

/** Opens a TCP connection. @throws {Died} `can't connect to remote host` */
export async function connectTo(
  { network }: ProcessContext,
  { address, port }: SocketAddress,
  options?: ConnectOptions,
): Promise<Connection> {
  try {
    return await network.connect(address, port, options);
  } catch (error) {
    if (!(error instanceof FileError)) throw error;
    const shown = address.includes(":") ? "" : ` (${address})`;
    throw new Died(`can't connect to remote host${shown}: ${error.message}`);
  }
}

/** Returns the family of an address as text. */
export function familyOf(address: string): 4 | 6 {
  return address.includes(":") ? 6 : 4;
}
