// One transfer: a URL, and those that it is redirected to.
import { FileError } from "@dryharbor/kernel";
import { type ByteText, byteText, toBytes } from "../busybox/byte-text.js";
import type { Build } from "./build.js";
import { milliseconds, type Peer } from "./connecting.js";
import { badUrl, CurlError } from "./curl-error.js";
import { Exchange } from "./exchange.js";
import type { Link } from "./link.js";
import { Late, Patience } from "./patience.js";
import type { Progress } from "./progress.js";
import { type HttpProxy, proxyFor } from "./proxy.js";
import { isSameServer, type Payload, payloadOf, type RequestPlan } from "./request.js";
import type { Session } from "./session.js";
import type { Settings } from "./settings.js";
import type { Sink } from "./sink.js";
import { shakeHands } from "./tls.js";
import type { TransferFacts } from "./transfer-facts.js";
import { type CurlUrl, portOf, readUrl, redirected, UrlError, urlText } from "./url.js";

/** What a transfer is to do. */
export interface TransferPlan {
  readonly url: string;
  readonly sink: Sink;
  readonly upload: Payload | undefined;
  /** The header of `-z`. */
  readonly condition: string | undefined;
  /** Takes each line of the heads. */
  onHeader(line: ByteText): void;
}

/** A transfer, once. A retry is another one. */
export class Transfer {
  readonly #session: Session;
  readonly #settings: Settings;
  readonly #plan: TransferPlan;
  readonly #facts: TransferFacts;
  readonly #progress: Progress;
  readonly #patience: Patience;
  readonly #started: bigint;
  /** Since when it is slower than `-Y` says. */
  #slowSince: bigint | undefined;

  constructor(
    session: Session,
    settings: Settings,
    plan: TransferPlan,
    facts: TransferFacts,
    progress: Progress,
  ) {
    this.#session = session;
    this.#settings = settings;
    this.#plan = plan;
    this.#facts = facts;
    this.#progress = progress;
    this.#started = session.process.now();
    const { maxTime } = settings;
    const deadline = maxTime ? this.#started + BigInt(maxTime) * 1_000_000n : undefined;
    this.#patience = new Patience(session.process, progress, deadline, () => this.#checkSpeed());
  }

  /** @throws {CurlError} */
  async run(): Promise<void> {
    const url = this.#read(this.#plan.url);
    this.#facts.url = url;
    this.#allow(url, this.#settings.protocols);
    if (url.scheme === "file") return this.#readFile(url);
    await this.#follow(url);
  }

  #read(text: string): CurlUrl {
    const { defaultProtocol, pathAsIs, refusesUser } = this.#settings;
    try {
      const scheme = defaultProtocol === undefined ? {} : { scheme: defaultProtocol };
      const url = readUrl(text, { pathAsIs, ...scheme });
      if (refusesUser && url.user !== undefined) throw noUser(this.#session.build);
      return url;
    } catch (error) {
      if (error instanceof UrlError) throw badUrl(this.#session.build, error.message);
      throw error;
    }
  }

  /** Refuses a protocol that this curl does not have, or may not use. */
  #allow({ scheme }: CurlUrl, allowed: readonly string[] | undefined): void {
    const { build, output } = this.#session;
    const isKnown = build.protocols.includes(scheme);
    if (isKnown && (allowed ?? build.protocols).includes(scheme)) return;
    const newText = isKnown ? "disabled" : "not supported";
    const text = `Protocol "${scheme}" ${build.since("8.6") ? newText : "not supported or disabled in libcurl"}`;
    output.info(text);
    throw new CurlError(1, text, undefined, true);
  }

  async #readFile({ path }: CurlUrl): Promise<void> {
    const { process } = this.#session;
    let content: Uint8Array;
    try {
      content = process.files.read(decodeURIComponent(path));
    } catch (error) {
      if (error instanceof FileError) throw new CurlError(37, `Couldn't open file ${path}`, error.code);
      throw error;
    }
    this.#progress.update();
    this.#progress.download.total = content.length;
    this.#progress.download.done = content.length;
    this.#facts.downloaded = content.length;
    if (!this.#settings.head && content.length > 0) await this.#plan.sink.write(content);
    this.#progress.end();
  }

  /** Asks for a URL, and for those that it leads to. */
  async #follow(first: CurlUrl): Promise<void> {
    const { process } = this.#session;
    const settings = this.#settings;
    let url = first;
    let method = this.#method();
    let payload = this.#plan.upload ?? payloadOf(settings, () => this.#boundary());
    let referer = settings.referer;
    this.#facts.method = method;
    for (let count = 0; ; count++) {
      const began = process.now();
      this.#facts.url = url;
      this.#facts.referer = referer;
      const location = await this.#once(url, { method, payload, referer, first });
      if (location === undefined) return;
      const next = this.#redirect(url, location);
      if (count >= settings.mostRedirects) {
        this.#facts.redirectUrl = urlText(next);
        throw new CurlError(47, `Maximum (${settings.mostRedirects}) redirects followed`);
      }
      this.#session.output.info(`Issue another request to this URL: '${urlText(next)}'`);
      this.#allow(next, settings.redirectProtocols ?? ["http", "https", "ftp", "ftps"]);
      this.#facts.redirects++;
      this.#facts.redirecting += process.now() - began;
      const becomesGet = this.#becomesGet(method, payload !== undefined);
      if (becomesGet) {
        payload = undefined;
        method = settings.method ?? (settings.head ? "HEAD" : "GET");
        this.#facts.method = method;
      }
      if (settings.autoReferer) referer = urlText(url, { login: false, fragment: false });
      url = next;
      this.#progress.restart();
    }
  }

  #method(): string {
    const { method, head, form, data, dataInQuery } = this.#settings;
    if (method !== undefined) return method;
    if (head) return "HEAD";
    if (this.#plan.upload) return "PUT";
    return form.length > 0 || (data !== undefined && !dataInQuery) ? "POST" : "GET";
  }

  /** Returns whether a redirect loses the body, and with it the method. */
  #becomesGet(method: string, hasPayload: boolean): boolean {
    const { code } = this.#facts;
    if (this.#settings.keepsPost.has(code)) return false;
    if (code === 303) return method !== "HEAD";
    return (code === 301 || code === 302) && hasPayload && this.#plan.upload === undefined;
  }

  #redirect(from: CurlUrl, location: string): CurlUrl {
    try {
      const url = redirected(from, byteText(location), this.#settings.pathAsIs);
      const { build } = this.#session;
      if (build.protocols.includes(url.scheme)) return url;
      throw new UrlError("Unsupported URL scheme");
    } catch (error) {
      if (!(error instanceof UrlError)) throw error;
      const code = error.message === "Unsupported URL scheme" ? 1 : 3;
      throw new CurlError(code, `The redirect target URL could not be parsed: ${error.message}`);
    }
  }

  #boundary(): string {
    const letters = "0123456789abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ";
    const length = this.#session.build.since("8.3") ? 22 : 16;
    let seed = this.#session.process.now();
    let text = "";
    for (let at = 0; at < length; at++) {
      seed = (seed * 6_364_136_223_846_793_005n + 1_442_695_040_888_963_407n) & 0xffff_ffff_ffff_ffffn;
      text += letters[Number((seed >> 33n) % BigInt(letters.length))];
    }
    return `${"-".repeat(24)}${text}`;
  }

  /** Makes one request. Resolves to where it leads, if it is to be followed. */
  async #once(
    url: CurlUrl,
    request: Pick<RequestPlan, "method" | "payload" | "referer"> & { readonly first: CurlUrl },
  ): Promise<string | undefined> {
    const { output, pool, process } = this.#session;
    this.#progress.update();
    const proxy = url.scheme === "http" ? proxyFor(url, this.#settings, output) : undefined;
    this.#facts.usesProxy = proxy !== undefined;
    const link = await this.#link(url, proxy);
    const trusted = this.#settings.trustsRedirects || isSameServer(url, request.first);
    const plan = this.#requestPlan(url, request, proxy, trusted);
    this.#sayLogins(plan);
    const parts = {
      ...{ build: this.#session.build, output, settings: this.#settings, patience: this.#patience },
      ...{ progress: this.#progress, facts: this.#facts, now: process.now },
    };
    try {
      const receiver = {
        header: async (line: ByteText) => this.#onHeader(line, url),
        body: (content: Uint8Array) => this.#onBody(content),
      };
      const { location, keeps } = await new Exchange(parts, link, plan, receiver).run();
      this.#noteRedirect(url, location);
      if (location === undefined) this.#progress.end();
      link.used = true;
      if (keeps) pool.keep(link);
      else pool.close(link, "shutting down");
      return location;
    } catch (error) {
      const failure = this.#failureOf(error);
      this.#progress.end();
      pool.close(link, failure.code === 52 ? "shutting down" : "closing");
      throw failure;
    }
  }

  /** Converts a failure into curl's. */
  #failureOf(error: unknown, isConnecting = false): CurlError {
    if (error instanceof CurlError) {
      if (!error.isTraced) this.#session.output.info(error.message);
      return error;
    }
    if (!(error instanceof Late)) throw error;
    const spent = milliseconds(this.#session.process.now() - this.#started);
    const { total, done } = this.#progress.download;
    const of = total === undefined ? "" : ` out of ${total}`;
    const text = isConnecting
      ? `Connection timed out after ${spent} milliseconds`
      : `Operation timed out after ${spent} milliseconds with ${done}${of} bytes received`;
    this.#session.output.info(text);
    return new CurlError(28, text);
  }

  #noteRedirect(url: CurlUrl, followed: string | undefined): void {
    const { code, headers } = this.#facts;
    const location = headers.find(([name]) => name.toLowerCase() === "location")?.[1];
    const isRedirect = code >= 300 && code < 400 && location !== undefined && followed === undefined;
    try {
      this.#facts.redirectUrl = isRedirect ? urlText(redirected(url, byteText(location), false)) : undefined;
    } catch (error) {
      if (!(error instanceof UrlError)) throw error;
    }
  }

  /** Returns a connection for a URL: one that is there, or a new one. */
  async #link(url: CurlUrl, proxy: HttpProxy | undefined): Promise<Link> {
    const { pool, connector, output, process, build } = this.#session;
    const peer = this.#peer(url, proxy);
    const host = proxy ? proxy.host : url.host;
    const key = `${proxy ? "proxy" : url.scheme} ${host}:${proxy?.port ?? portOf(url)} ${peer.host}:${peer.port}`;
    const kept = await pool.take(key, proxy !== undefined);
    if (kept) {
      this.#facts.connection = kept.number;
      this.#noteAddresses(kept);
      return kept;
    }
    const number = pool.newNumber();
    try {
      const addresses = await connector.resolve(peer, this.#settings, this.#patience);
      this.#facts.looked = process.now();
      const connection = await connector.connect(
        peer,
        addresses,
        this.#settings,
        this.#patience,
        this.#started,
      );
      this.#facts.connected = process.now();
      this.#facts.connects++;
      this.#facts.connection = number;
      const isElsewhere = peer.host !== host;
      // The older releases print a name here that they do not have.
      const shown = isElsewhere ? (build.since("8.4") ? peer.host : "(nil)") : host;
      const link = pool.add(number, connection, shown, key);
      this.#noteAddresses(link);
      const suffix = build.since("8.4") ? "" : ` (#${number})`;
      const place = `${connection.remote.address}) port ${connection.remote.port}${suffix}`;
      if (url.scheme !== "https" || !build.since("8.10")) output.info(`Connected to ${shown} (${place}`);
      if (url.scheme === "https") await shakeHands(this.#session, link, url, this.#patience, this.#settings);
      if (url.scheme !== "http") throw new CurlError(1, `Protocol "${url.scheme}" is not simulated`);
      if (build.since("8.10")) output.info("using HTTP/1.x");
      return link;
    } catch (error) {
      const failure = this.#failureOf(error, true);
      if (failure.code !== 6 && failure.code !== 5) this.#progress.end();
      pool.close({ number }, failure.code === 6 || failure.code === 5 ? "shutting down" : "closing");
      throw failure;
    }
  }

  #noteAddresses({ connection }: Link): void {
    this.#facts.local = connection.local;
    this.#facts.remote = connection.remote;
  }

  /** Returns whom to connect to: the proxy, the one of `--connect-to`, or the server itself. */
  #peer(url: CurlUrl, proxy: HttpProxy | undefined): Peer {
    if (proxy) return { host: proxy.host, port: proxy.port, isProxy: true };
    const { output } = this.#session;
    const own = { host: url.host, port: portOf(url) };
    for (const entry of this.#settings.connectTo) {
      const pattern = /^(\[[^\]]*\]|[^:]*):(\d*):(\[[^\]]*\]|[^:]*):(\d*)$/;
      const [, from = "", fromPort = "", to = "", toPort = ""] = pattern.exec(entry) ?? [];
      const bare = (host: string): string => host.replace(/^\[(.*)\]$/, "$1");
      if (from !== "" && bare(from).toLowerCase() !== own.host.toLowerCase()) continue;
      if (fromPort !== "" && Number(fromPort) !== own.port) continue;
      const peer = { host: bare(to) || own.host, port: Number(toPort) || own.port, isProxy: false };
      if (to !== "") output.info(`Connecting to hostname: ${peer.host}`);
      if (toPort !== "") output.info(`Connecting to port: ${peer.port}`);
      return peer;
    }
    return { ...own, isProxy: false };
  }

  #requestPlan(
    url: CurlUrl,
    { method, payload, referer }: Pick<RequestPlan, "method" | "payload" | "referer">,
    proxy: HttpProxy | undefined,
    trusted: boolean,
  ): RequestPlan {
    const { jar, process } = this.#session;
    const given = this.#settings.user === undefined ? undefined : byteText(this.#settings.user);
    const inUrl = url.user === undefined ? undefined : `${url.user}:${url.password ?? ""}`;
    const stored = jar.for(url, Number(process.now() / 1_000_000_000n));
    const own = trusted ? this.#settings.cookies.join(";") : "";
    const cookies = [stored, own].filter((each) => each !== "").join("; ");
    return {
      ...{ url, method, payload, referer, trusted, cookies },
      login: given === undefined ? inUrl : trusted ? given : undefined,
      viaProxy: proxy !== undefined,
      start: this.#plan.sink.start,
      condition: this.#plan.condition,
    };
  }

  #sayLogins({ viaProxy, login }: RequestPlan): void {
    const { output } = this.#session;
    const { proxyUser } = this.#settings;
    const say = (whose: string, who: string): void =>
      output.info(`${whose} auth using Basic with user '${who.replace(/:.*/s, "")}'`);
    if (viaProxy && proxyUser !== undefined) say("Proxy", proxyUser);
    if (login !== undefined) say("Server", login);
  }

  async #onHeader(line: ByteText, url: CurlUrl): Promise<void> {
    const { jar, process } = this.#session;
    const [, name = "", value = ""] = /^([^:\s]+):[ \t]*(.*?)\r?\n$/s.exec(line) ?? [];
    if (name.toLowerCase() === "set-cookie") jar.set(value, url, Number(process.now() / 1_000_000_000n));
    this.#plan.onHeader(line);
    if (this.#settings.headerName && name.toLowerCase() === "content-disposition") {
      const fileName = /filename\s*=\s*(?:"((?:\\.|[^"\\])*)"|([^;\s]+))/i.exec(value);
      const last = (fileName?.[1] ?? fileName?.[2] ?? "").replace(/\\(.)/g, "$1").replace(/^.*[/\\]/s, "");
      if (last !== "") this.#plan.sink.nameByServer(last);
    }
    if (this.#settings.include || this.#settings.head) await this.#plan.sink.write(toBytes(line));
  }

  async #onBody(content: Uint8Array): Promise<void> {
    await this.#plan.sink.write(content);
    const { rate } = this.#settings;
    if (rate === undefined || rate === 0) return;
    const due = Number(this.#facts.downloaded / rate) * 1000;
    const spent = milliseconds(this.#session.process.now() - this.#started);
    if (due > spent) await this.#patience.for(this.#session.process.sleep(due - spent));
  }

  #checkSpeed(): void {
    const { speedLimit, speedTime } = this.#settings;
    if (speedLimit === undefined || speedTime === undefined) return;
    const now = this.#session.process.now();
    if (this.#progress.averageSpeed >= speedLimit) {
      this.#slowSince = undefined;
      return;
    }
    this.#slowSince ??= now;
    if (milliseconds(now - this.#slowSince) < speedTime) return;
    const least = `Less than ${speedLimit} bytes/sec transferred the last ${speedTime / 1000} seconds`;
    throw new CurlError(28, `Operation too slow. ${least}`);
  }
}

function noUser(build: Build): CurlError {
  const isNew = build.since("8.1");
  return new CurlError(
    67,
    isNew ? "URL rejected: Credentials was passed in the URL when prohibited" : "Login denied",
  );
}
