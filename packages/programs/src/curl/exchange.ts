// One request and its response over a connection.
import { FileError } from "@dryharbor/kernel";
import { type ByteText, fromBytes, toBytes } from "../busybox/byte-text.js";
import { joined } from "../bytes.js";
import { type BodyEnd, readBody } from "./body-reader.js";
import type { Build } from "./build.js";
import { decodedBody } from "./content-coding.js";
import { CurlError } from "./curl-error.js";
import type { Link } from "./link.js";
import type { Output } from "./output.js";
import { Late, type Patience } from "./patience.js";
import type { Progress } from "./progress.js";
import { isAnnounced, type RequestPlan, requestHead } from "./request.js";
import type { Settings } from "./settings.js";
import type { TransferFacts } from "./transfer-facts.js";

/** Who gets what arrives. */
export interface Receiver {
  /** A line of the head, with its end. */
  header(line: ByteText): Promise<void>;
  body(content: Uint8Array): Promise<void>;
}

/** What a response was, beyond what {@link TransferFacts} has. */
export interface Answer {
  /** Where a redirect leads that is to be followed. */
  readonly location: string | undefined;
  readonly keeps: boolean;
}

/** The parts of curl that an exchange uses. */
export interface ExchangeParts {
  readonly build: Build;
  readonly output: Output;
  readonly settings: Settings;
  readonly patience: Patience;
  readonly progress: Progress;
  readonly facts: TransferFacts;
  readonly now: () => bigint;
}

const longestLine = 100 * 1024;
/** The longest body that the older releases send together with the head. */
const mostTogether = 64 * 1024;

/** Sends a request, and reads its response. @throws {CurlError} @throws {Late} */
export class Exchange {
  readonly #parts: ExchangeParts;
  readonly #link: Link;
  readonly #plan: RequestPlan;
  readonly #receiver: Receiver;

  constructor(parts: ExchangeParts, link: Link, plan: RequestPlan, receiver: Receiver) {
    this.#parts = parts;
    this.#link = link;
    this.#plan = plan;
    this.#receiver = receiver;
  }

  async run(): Promise<Answer> {
    await this.#send();
    for (;;) {
      const line = await this.#line();
      if (line === undefined) throw this.#nothing();
      const { facts } = this.#parts;
      facts.answered ??= this.#parts.now();
      const [, http, code] = /^HTTP\/(\d(?:\.\d)?) (\d{3})(?:[ \r\n]|$)/.exec(line) ?? [];
      if (http === undefined) return this.#headless(line);
      facts.httpVersion = http;
      facts.code = Number(code);
      facts.headers.length = 0;
      facts.contentType = undefined;
      await this.#take(line);
      if (facts.code >= 200) return this.#response();
      for (let field = await this.#line(); field !== undefined; field = await this.#line()) {
        await this.#take(field);
        if (isBlank(field)) break;
      }
    }
  }

  get #isNew(): boolean {
    return this.#parts.build.since("8.10");
  }

  async #send(): Promise<void> {
    const { build, output, settings, facts, progress } = this.#parts;
    const { payload } = this.#plan;
    const head = requestHead(build, settings, this.#plan);
    const announces = isAnnounced(build, this.#plan, settings);
    facts.pretransfer ??= this.#parts.now();
    facts.requestBytes += head.length;
    output.header("out", head);
    await this.#write(head);
    if (!payload || (payload.content === "" && !payload.chunked)) {
      if (this.#isNew) output.info("Request completely sent off");
      facts.posted = this.#parts.now();
      return;
    }
    if (announces && !(await this.#isWelcome())) return;
    progress.upload.total = payload.content.length;
    const sent = payload.chunked ? chunked(payload.content) : payload.content;
    output.data("out", sent);
    await this.#write(sent);
    progress.upload.done = payload.content.length;
    facts.uploaded += payload.content.length;
    facts.requestBytes += this.#isNew || payload.type !== undefined ? sent.length : 0;
    facts.posted = this.#parts.now();
    if (this.#isNew) output.info(`upload completely sent off: ${sent.length} bytes`);
    else if (announces || payload.isUpload || sent.length > mostTogether) {
      output.info("We are completely uploaded and fine");
    }
  }

  /** Waits until the server says that it wants the body, or for a second. */
  async #isWelcome(): Promise<boolean> {
    const { settings, now } = this.#parts;
    const until = now() + BigInt(settings.expectTimeout) * 1_000_000n;
    try {
      for (;;) {
        const line = await this.#parts.patience.reading(async (within) => {
          const left = Number(until - now()) / 1e6;
          if (left <= 0) throw new Late();
          return this.#link.reader.line(longestLine, Math.min(within, left));
        });
        if (line === undefined) throw this.#nothing();
        // The older releases do not trace the end of this head.
        if (!isBlank(line) || this.#isNew) await this.#take(line);
        if (isBlank(line)) return true;
      }
    } catch (error) {
      if (error instanceof Late) {
        this.#parts.output.info("Done waiting for 100-continue");
        return true;
      }
      throw error;
    }
  }

  async #write(text: ByteText): Promise<void> {
    try {
      await this.#link.connection.write(toBytes(text));
    } catch (error) {
      if (!(error instanceof FileError)) throw error;
      // What has been answered already can be read.
      if (error.code !== "EPIPE" && error.code !== "ECONNRESET") throw error;
    }
  }

  async #line(): Promise<ByteText | undefined> {
    try {
      return await this.#parts.patience.reading((within) => this.#link.reader.line(longestLine, within));
    } catch (error) {
      if (!(error instanceof FileError)) throw error;
      throw new CurlError(56, `Recv failure: ${error.message}`, error.code);
    }
  }

  #nothing(): CurlError {
    return new CurlError(52, "Empty reply from server");
  }

  /** Takes a line of the head as it comes. */
  async #take(line: ByteText): Promise<void> {
    const { facts, output } = this.#parts;
    facts.headerBytes += line.length;
    output.header("in", line);
    await this.#receiver.header(line);
  }

  /** A server that answers without a head, as before HTTP/1.0. */
  async #headless(first: ByteText): Promise<Answer> {
    if (!this.#parts.settings.acceptsHttp09) {
      throw new CurlError(1, "Received HTTP/0.9 when not allowed");
    }
    await this.#deliver(toBytes(first), toBytes(first));
    return { location: undefined, keeps: await this.#readBody("close") };
  }

  /** Reads the rest of the head, and the body. */
  async #response(): Promise<Answer> {
    const { facts } = this.#parts;
    for (let line = await this.#line(); line !== undefined; line = await this.#line()) {
      if (isBlank(line)) return this.#afterHead(line);
      const [, name = "", value = ""] = /^([^:]+):[ \t]*(.*?)[ \t]*\r?\n?$/s.exec(line) ?? [];
      if (!line.endsWith("\n")) break;
      facts.headers.push([name, value]);
      facts.headerCount = facts.headers.length;
      if (name.toLowerCase() === "content-type") facts.contentType = value;
      this.#warnOfLogin(name);
      await this.#take(line);
    }
    return { location: undefined, keeps: false };
  }

  #warnOfLogin(name: string): void {
    const { facts, output } = this.#parts;
    if (facts.code !== 401 || name.toLowerCase() !== "www-authenticate" || this.#plan.login === undefined)
      return;
    output.info(
      this.#isNew ? "Basic authentication problem, ignoring." : "Authentication problem. Ignoring this.",
    );
  }

  #values(name: string): readonly string[] {
    return this.#parts.facts.headers
      .filter(([each]) => each.toLowerCase() === name)
      .map(([, value]) => value);
  }

  #has(name: string, token: string): boolean {
    return this.#values(name).some((value) =>
      value
        .toLowerCase()
        .split(/[\s,]+/)
        .includes(token),
    );
  }

  async #afterHead(blank: ByteText): Promise<Answer> {
    const { facts, output, settings, progress } = this.#parts;
    const isShort = settings.head || facts.code === 204 || facts.code === 304;
    const location = facts.code >= 300 && facts.code < 400 ? this.#values("location")[0] : undefined;
    const follows = settings.follows && location !== undefined && location !== "";
    const end = this.#end();
    const refuses = settings.fails && facts.code >= 400;
    if (typeof end === "object" && (!refuses || !this.#isNew)) progress.download.total = end.length;
    facts.retryAfter = Number(/^\d+$/.exec(this.#values("retry-after")[0] ?? "")?.[0] ?? 0);
    facts.lastModified = this.#values("last-modified")[0];
    if (refuses) return this.#refuse(blank);
    if (end === "close" && !isShort && !this.#has("connection", "close")) {
      output.info("no chunk, no close, no size. Assume close to signal end");
    }
    if (follows && this.#isNew) {
      if (!isShort) output.info("Ignoring the response-body");
      if (!isShort && typeof end === "object" && end.length > 0) output.info("setting size while ignoring");
    }
    await this.#take(blank);
    if (follows && !this.#isNew && !isShort) output.info("Ignoring the response-body");
    this.#checkRange(follows);
    if (typeof end === "object" && settings.maxFileSize !== undefined && end.length > settings.maxFileSize) {
      throw new CurlError(63, "Maximum file size exceeded");
    }
    const keeps = isShort ? true : await this.#readBody(end, follows);
    return { location: follows ? location : undefined, keeps: keeps && this.#staysOpen() };
  }

  /** Fails since the status is an error (`-f`). */
  async #refuse(blank: ByteText): Promise<never> {
    const text = `The requested URL returned error: ${this.#parts.facts.code}`;
    this.#parts.output.info(text);
    if (this.#isNew) await this.#take(blank);
    throw new CurlError(22, text, undefined, true);
  }

  #checkRange(follows: boolean): void {
    const { start, payload } = this.#plan;
    const { code } = this.#parts.facts;
    if (start === 0 || payload || follows || code === 206 || code === 416) return;
    const does = this.#isNew ? "does not" : "doesn't";
    throw new CurlError(33, `HTTP server ${does} seem to support byte ranges. Cannot resume.`);
  }

  #end(): BodyEnd {
    if (this.#has("transfer-encoding", "chunked")) return "chunked";
    const [length] = this.#values("content-length");
    const isKnown = length !== undefined && /^\d+$/.test(length) && !this.#parts.settings.ignoresLength;
    return isKnown ? { length: Number(length) } : "close";
  }

  #staysOpen(): boolean {
    if (this.#has("connection", "close") || this.#has("proxy-connection", "close")) return false;
    return this.#parts.facts.httpVersion !== "1.0" || this.#has("connection", "keep-alive");
  }

  /** Reads a body. One that is not wanted is dropped. */
  async #readBody(end: BodyEnd, isDropped = false): Promise<boolean> {
    const { build, patience, settings } = this.#parts;
    const coding = settings.compressed ? (this.#values("content-encoding")[0] ?? "").toLowerCase() : "";
    const coded: Uint8Array[] = [];
    const keeps = await readBody(this.#link, end, build, patience, async (raw, content) => {
      if (isDropped) {
        if (!this.#isNew) this.#parts.output.data("in", fromBytes(raw));
      } else if (coding !== "" && coding !== "identity") {
        this.#parts.output.data("in", fromBytes(raw));
        coded.push(content);
      } else await this.#deliver(raw, settings.raw ? raw : content);
    });
    if (coded.length > 0) await this.#receiver.body(decodedBody(joined(coded), coding));
    return keeps;
  }

  async #deliver(raw: Uint8Array, content: Uint8Array): Promise<void> {
    const { facts, output, progress, settings } = this.#parts;
    output.data("in", fromBytes(raw));
    facts.downloaded += content.length;
    progress.download.done += content.length;
    if (settings.maxFileSize !== undefined && facts.downloaded > settings.maxFileSize) {
      throw new CurlError(63, "Maximum file size exceeded");
    }
    progress.update();
    if (content.length > 0) await this.#receiver.body(content);
  }
}

function isBlank(line: ByteText): boolean {
  return line === "\r\n" || line === "\n";
}

/** Writes a body as one chunk. */
function chunked(content: ByteText): ByteText {
  return content === "" ? "0\r\n\r\n" : `${content.length.toString(16)}\r\n${content}\r\n0\r\n\r\n`;
}
