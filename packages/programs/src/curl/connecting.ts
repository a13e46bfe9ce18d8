// From a host's name to a connection: the cache of names, `--resolve`, and "happy eyeballs" (RFC 8305).
import {
  type Connection,
  FileError,
  type FileErrorCode,
  LookupError,
  type ProcessContext,
} from "@dryharbor/kernel";
import type { Build } from "./build.js";
import { CurlError, connectText } from "./curl-error.js";
import type { Output } from "./output.js";
import { Late, type Patience } from "./patience.js";
import type { Settings } from "./settings.js";

/** A host to connect to. */
export interface Peer {
  readonly host: string;
  readonly port: number;
  readonly isProxy: boolean;
}

/** The milliseconds after which the other family is tried, too. */
const headStart = 200;
/** The milliseconds that a connection may take where nothing else is said. */
const usualTimeout = 300_000;

/** Looks hosts up and connects to them. */
export class Connector {
  readonly #process: ProcessContext;
  readonly #build: Build;
  readonly #output: Output;
  /** Addresses by `host:port`, for the time of this curl. `*:port` is for all hosts. */
  readonly #known = new Map<string, readonly string[]>();

  constructor(process: ProcessContext, build: Build, output: Output) {
    this.#process = process;
    this.#build = build;
    this.#output = output;
  }

  /** Takes what `--resolve` says. @throws {CurlError} */
  addResolves(resolves: readonly string[]): void {
    for (const entry of resolves) {
      if (entry.startsWith("-")) {
        this.#known.delete(entry.slice(1).toLowerCase());
        continue;
      }
      const [, host = "", port = "", list = ""] = /^\+?(\[[^\]]*\]|[^:]*):(\d+):(.*)$/.exec(entry) ?? [];
      const addresses = list.split(",").map((each) => each.replace(/^\[(.*)\]$/, "$1"));
      if (host === "" || !addresses.every((each) => /^[\d.]+$/.test(each) || each.includes(":"))) {
        throw new CurlError(49, `Couldn't parse CURLOPT_RESOLVE entry '${entry}'`);
      }
      this.#known.set(`${host.toLowerCase()}:${port}`, addresses);
      this.#output.info(`Added ${entry.replace(/^\+/, "")} to DNS cache`);
      const wildcard = this.#build.since("8.1") ? "using wildcard" : "is wildcard, enabling wildcard checks";
      if (host === "*") this.#output.info(`RESOLVE *:${port} ${wildcard}`);
    }
  }

  /** Returns the addresses of a host. @throws {CurlError} */
  async resolve(
    { host, port, isProxy }: Peer,
    settings: Settings,
    patience: Patience,
  ): Promise<readonly string[]> {
    if (/^[\d.]+$/.test(host) || host.includes(":")) return [host];
    const key = `${host.toLowerCase()}:${port}`;
    const cached = this.#known.get(key) ?? this.#known.get(`*:${port}`);
    if (cached) {
      this.#output.info(`Hostname ${host} was found in DNS cache`);
      return cached;
    }
    // Older releases look up both families, and sort those out that are not wanted.
    const family = settings.family === 6 && !this.#build.since("8.1") ? undefined : settings.family;
    const addresses = await this.#lookUp(host, family, isProxy, patience, settings);
    this.#known.set(key, addresses);
    if (this.#build.since("8.5")) {
      const of = (isWanted: (address: string) => boolean): string =>
        addresses.filter(isWanted).join(", ") || "(none)";
      this.#output.info(`Host ${host}:${port} was resolved.`);
      this.#output.info(`IPv6: ${of((address) => address.includes(":"))}`);
      this.#output.info(`IPv4: ${of((address) => !address.includes(":"))}`);
    }
    return addresses;
  }

  async #lookUp(
    host: string,
    family: 4 | 6 | undefined,
    isProxy: boolean,
    patience: Patience,
    settings: Settings,
  ): Promise<readonly string[]> {
    const start = this.#process.now();
    const isLocal = /^(.*\.)?localhost\.?$/i.test(host);
    try {
      if (isLocal && this.#build.since("7.78")) {
        const both = [...(family === 4 ? [] : ["::1"]), ...(family === 6 ? [] : ["127.0.0.1"])];
        return this.#build.since("8.5") ? both : both.reverse();
      }
      return (await patience.for(this.#process.lookup(host, family), connectEnd(start, settings))).addresses;
    } catch (error) {
      if (error instanceof Late) {
        const spent = milliseconds(this.#process.now() - start);
        throw new CurlError(28, `Resolving timed out after ${spent} milliseconds`);
      }
      if (!(error instanceof LookupError)) throw error;
      const text = `Could not resolve ${isProxy ? "proxy" : "host"}: ${host}`;
      throw this.#traced(isProxy ? 5 : 6, text);
    }
  }

  /** Connects to one of the addresses. @param started when the transfer began @throws {CurlError} */
  async connect(
    peer: Peer,
    addresses: readonly string[],
    settings: Settings,
    patience: Patience,
    started: bigint,
  ): Promise<Connection> {
    const wanted = addresses.filter((each) => settings.family !== 6 || each.includes(":"));
    if (wanted.length === 0) throw new CurlError(7, connectText(this.#build));
    const attempt = new Eyeballs(this.#process, this.#build, this.#output, peer, settings);
    try {
      return await patience.for(attempt.run(wanted), connectEnd(started, settings));
    } catch (error) {
      attempt.giveUp();
      const spent = milliseconds(this.#process.now() - started);
      if (error instanceof Late) throw this.#tooLate(peer, wanted, spent);
      if (!(error instanceof FileError)) throw error;
      const text = `Failed to connect to ${peer.host} port ${peer.port} after ${spent} ms: ${connectText(this.#build)}`;
      throw this.#traced(error.code === "ETIMEDOUT" ? 28 : 7, text, error.code);
    }
  }

  #tooLate({ host, port }: Peer, addresses: readonly string[], spent: number): CurlError {
    if (this.#build.since("8.6")) return this.#traced(28, `Connection timed out after ${spent} milliseconds`);
    const family = addresses[0]?.includes(":") ? "ipv6" : "ipv4";
    this.#output.info(`${family} connect timeout after ${spent}ms, move on!`);
    return this.#traced(
      28,
      `Failed to connect to ${host} port ${port} after ${spent} ms: Timeout was reached`,
    );
  }

  /** Makes an error that traces tell at once. */
  #traced(code: number, text: string, errno?: FileErrorCode): CurlError {
    this.#output.info(text);
    return new CurlError(code, text, errno, true);
  }
}

function connectEnd(started: bigint, { connectTimeout = usualTimeout }: Settings): bigint {
  return started + BigInt(connectTimeout) * 1_000_000n;
}

/** Returns whole milliseconds. */
export function milliseconds(nanoseconds: bigint): number {
  return Number(nanoseconds / 1_000_000n);
}

/** The attempts to connect to the addresses of one host. */
class Eyeballs {
  readonly #process: ProcessContext;
  readonly #build: Build;
  readonly #output: Output;
  readonly #peer: Peer;
  readonly #settings: Settings;
  #isOver = false;

  constructor(process: ProcessContext, build: Build, output: Output, peer: Peer, settings: Settings) {
    this.#process = process;
    this.#build = build;
    this.#output = output;
    this.#peer = peer;
    this.#settings = settings;
  }

  /** Tries the addresses of both families, one family with a head start. @throws {FileError} the last failure */
  async run(addresses: readonly string[]): Promise<Connection> {
    const six = addresses.filter((each) => each.includes(":"));
    const four = addresses.filter((each) => !each.includes(":"));
    const sixFirst = this.#build.since("8.10") || addresses[0]?.includes(":");
    const [first, second] = (sixFirst ? [six, four] : [four, six]).filter(({ length }) => length > 0);
    const begun = this.#family(first as readonly string[]);
    if (!second) return begun;
    const failed = begun.then(
      () => this.#never(),
      () => {},
    );
    const other = Promise.race([failed, this.#process.sleep(headStart)]).then(() => this.#family(second));
    try {
      return await Promise.any([begun, other]);
    } catch (error) {
      throw error instanceof AggregateError ? error.errors.at(-1) : error;
    }
  }

  /** Ends all attempts that go on. */
  giveUp(): void {
    this.#isOver = true;
  }

  #never(): Promise<never> {
    return new Promise(() => {});
  }

  async #family(addresses: readonly string[]): Promise<Connection> {
    let last: unknown;
    for (const address of addresses) {
      if (this.#isOver) break;
      try {
        const connection = await this.#one(address);
        if (!this.#isOver) {
          this.#isOver = true;
          return connection;
        }
        connection.close();
        return await this.#never();
      } catch (error) {
        if (!(error instanceof FileError)) throw error;
        last = error;
      }
    }
    if (last === undefined) return this.#never();
    throw last;
  }

  async #one(address: string): Promise<Connection> {
    const { port } = this.#peer;
    const { localPort } = this.#settings;
    this.#output.info(`  Trying ${address.includes(":") ? `[${address}]` : address}:${port}...`);
    const source = this.#output.shared.trace ? this.#source(address) : undefined;
    const from = localPort === undefined ? source : { port: localPort };
    try {
      return await this.#process.network.connect(address, port, from ? { from } : {});
    } catch (error) {
      if (error instanceof FileError && !this.#isOver) {
        const place = this.#build.since("8.5") && source ? ` from ${source.address} port ${source.port}` : "";
        this.#output.info(`connect to ${address} port ${port}${place} failed: ${error.message}`);
      }
      throw error;
    }
  }

  /** Chooses the local address and port, to tell them where the attempt fails. A UDP socket sends nothing for it. */
  #source(address: string): { readonly address: string; readonly port: number } | undefined {
    const socket = this.#process.network.udp({ address: address.includes(":") ? "::" : "0.0.0.0" });
    try {
      socket.connect(address, this.#peer.port);
      return socket.local;
    } catch (error) {
      if (!(error instanceof FileError)) throw error;
      return undefined;
    } finally {
      socket.close();
    }
  }
}
