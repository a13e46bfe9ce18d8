// curl: transfers data from and to URLs. This file runs the transfers of a command line; transfer.ts makes one.
import { FileError, type ProcessContext, type Program } from "@dryharbor/kernel";
import { type ByteText, byteText, fromBytes, toBytes } from "../busybox/byte-text.js";
import { joined } from "../bytes.js";
import { type Build, buildOf } from "./build.js";
import { readCommandLine, UsageError } from "./command-line.js";
import { Connector } from "./connecting.js";
import { CookieJar } from "./cookies.js";
import { CurlError } from "./curl-error.js";
import { expandGlob, type Globbed, nameWith } from "./glob.js";
import { LinkPool } from "./link.js";
import { Output } from "./output.js";
import { Progress } from "./progress.js";
import type { Payload } from "./request.js";
import type { Session } from "./session.js";
import { type Settings, SharedSettings, type Target } from "./settings.js";
import { Sink } from "./sink.js";
import { conditionHeader } from "./time-condition.js";
import { Transfer } from "./transfer.js";
import { TransferFacts } from "./transfer-facts.js";
import { writeOut } from "./write-out.js";

const hint = "curl: try 'curl --help' or 'curl --manual' for more information\n";

/** `curl [options...] <url>`: fetches URLs over HTTP, and sends data there. */
export const curl: Program = async (process) => {
  const build = buildOf(process);
  const output = new Output(process, new SharedSettings());
  try {
    const call = await readCommandLine(process, build, output);
    if (call.kind === "text") {
      process.stdout(call.text);
      return 0;
    }
    if (process.argv.length < 2) {
      output.error(hint);
      return 2;
    }
    const code = await new Curl(process, build, output).run(call.parts);
    output.flush();
    return code;
  } catch (error) {
    if (!(error instanceof UsageError)) throw error;
    if (error.message !== "") output.error(`curl: ${error.message}\n`);
    output.error(hint);
    return error.code;
  }
};

/** The longest pause before a retry. */
const longestPause = 600_000;

/** The transfers of a command line. */
class Curl {
  readonly #process: ProcessContext;
  readonly #build: Build;
  readonly #output: Output;
  readonly #session: Session;
  /** How many transfers there have been. */
  #count = 0;

  constructor(process: ProcessContext, build: Build, output: Output) {
    this.#process = process;
    this.#build = build;
    this.#output = output;
    const connector = new Connector(process, build, output);
    this.#session = {
      process,
      build,
      output,
      connector,
      pool: new LinkPool(build, output),
      jar: new CookieJar(),
    };
  }

  /** @throws {UsageError} */
  async run(parts: readonly Settings[]): Promise<number> {
    let code = 0;
    for (const settings of parts) {
      const last = await this.#part(settings);
      code = last;
      if (code !== 0 && this.#output.shared.failsEarly) break;
    }
    for (const { cookieJar } of parts) if (cookieJar !== undefined) this.#saveCookies(cookieJar);
    return code;
  }

  async #part(settings: Settings): Promise<number> {
    if (settings.targets.every(({ url }) => url === undefined)) {
      throw new UsageError(this.#build.since("8") ? "(2) no URL specified" : "no URL specified!", 2);
    }
    this.#loadCookies(settings);
    let code = 0;
    for (const target of settings.targets) {
      if (target.url === undefined) continue;
      let urls: readonly Globbed[];
      try {
        urls = settings.globs ? expandGlob(target.url) : [{ url: target.url, parts: [] }];
      } catch (error) {
        if (!(error instanceof CurlError)) throw error;
        this.#output.fail(`(${error.code}) ${error.message}`);
        return error.code;
      }
      for (const url of urls) {
        const last = await this.#url(settings, target, url);
        if (last !== 0 || code === 0 || !this.#output.shared.failsEarly) code = last;
        if (code !== 0 && this.#output.shared.failsEarly) return code;
      }
    }
    return code;
  }

  /** Transfers one URL, again and again where it is to be retried. Resolves to the exit code. */
  async #url(settings: Settings, target: Target, given: Globbed): Promise<number> {
    const facts = new TransferFacts(this.#process.now(), this.#count++, given);
    let path: string | undefined;
    let upload: Payload | undefined;
    try {
      path = this.#outputPath(settings, target, given);
      upload = target.upload === undefined ? undefined : await this.#upload(target.upload);
    } catch (error) {
      if (!(error instanceof CurlError)) throw error;
      if (error.code === 23 && !this.#build.since("8.10")) {
        this.#output.fail("Remote file name has no length!");
        this.#output.fail("(23) Failed writing received data to disk/application");
      } else this.#output.fail(`(${error.code}) ${error.message}`);
      return error.code;
    }
    if (settings.skipsExisting && path !== undefined && this.#process.files.exists(path)) return 0;
    const sink = new Sink(this.#output, settings, this.#build, path, this.#start(settings, path));
    const url = this.#withQuery(settings, target.upload, given.url);
    const onHeader = this.#headerWriter(settings);
    const condition = conditionHeader(this.#process, settings.timeCondition);
    let pause = settings.retryDelay || 1000;
    const first = this.#process.now();
    for (let left = settings.retries; ; left--) {
      const error = await this.#attempt(settings, { url, sink, upload, condition, onHeader }, facts);
      const problem = left > 0 ? this.#retryReason(settings, facts, error) : undefined;
      const spent = Number((this.#process.now() - first) / 1_000_000n);
      if (problem === undefined || (settings.retryMaxTime > 0 && spent >= settings.retryMaxTime)) break;
      this.#output.flush();
      const wait = problem === ": HTTP error" ? Math.max(pause, facts.retryAfter * 1000) : pause;
      const seconds = Math.floor(wait / 1000);
      const plural = seconds === 1 && this.#build.since("8.10") ? "" : "s";
      this.#output.warn(
        `Problem ${problem}. Will retry in ${seconds} second${plural}. ${left} ${left > 1 || !this.#build.since("8.10") ? "retries" : "retry"} left.`,
      );
      await this.#process.sleep(wait);
      if (settings.retryDelay === 0) pause = Math.min(pause * 2, longestPause);
      facts.retries++;
      sink.rewind();
      facts.downloaded = 0;
    }
    facts.fileName = sink.path;
    return this.#finish(settings, facts, sink);
  }

  /** Makes one attempt, and says why it failed. */
  async #attempt(
    settings: Settings,
    plan: ConstructorParameters<typeof Transfer>[2],
    facts: TransferFacts,
  ): Promise<CurlError | undefined> {
    facts.exitCode = 0;
    try {
      const style = this.#progressStyle(plan.sink);
      if (facts.number === 0) this.#session.connector.addResolves(settings.resolves);
      await new Transfer(this.#session, settings, plan, facts, new Progress(this.#output, style)).run();
      facts.ended = this.#process.now();
      if (settings.failsWithBody && facts.code >= 400) {
        throw new CurlError(22, `The requested URL returned error: ${facts.code}`);
      }
      return undefined;
    } catch (error) {
      if (!(error instanceof CurlError)) throw error;
      facts.ended = this.#process.now();
      facts.exitCode = error.code;
      facts.errorMessage = error.message;
      this.#output.fail(`(${error.code}) ${error.message}`);
      return error;
    }
  }

  #progressStyle({ path }: Sink): "none" | "meter" | "bar" {
    const { silent, noMeter, progressBar } = this.#output.shared;
    if (silent || noMeter || (path === undefined && this.#output.isTerminal)) return "none";
    return progressBar ? "bar" : "meter";
  }

  /** Returns why a transfer is to be tried again, if it is. */
  #retryReason(
    settings: Settings,
    { code }: TransferFacts,
    error: CurlError | undefined,
  ): string | undefined {
    if (error && [5, 6, 28].includes(error.code)) return ": timeout";
    if (error?.code === 7 && settings.retriesRefused && error.errno === "ECONNREFUSED")
      return ": connection refused";
    if ((!error || error.code === 22) && [408, 429, 500, 502, 503, 504].includes(code)) return ": HTTP error";
    return error && settings.retriesAll ? "(retrying all errors)" : undefined;
  }

  /** Completes the output of a transfer. Returns the exit code. */
  #finish(settings: Settings, facts: TransferFacts, sink: Sink): number {
    if (facts.exitCode === 0 && !sink.finish()) facts.exitCode = 23;
    this.#output.flush();
    if (facts.exitCode !== 0 && settings.removesOnError) sink.remove();
    if (facts.exitCode === 0 && settings.remoteTime && sink.path !== undefined)
      this.#setTime(sink.path, facts);
    if (settings.writeOut !== undefined) writeOut(this.#output, this.#build, settings.writeOut, facts);
    return facts.exitCode;
  }

  #setTime(path: string, { lastModified }: TransferFacts): void {
    const time = Date.parse(lastModified ?? "");
    if (!Number.isNaN(time)) this.#process.files.setTime(path, BigInt(time) * 1_000_000n);
  }

  /** Returns where the output goes; `undefined` for standard output. @throws {CurlError} */
  #outputPath(settings: Settings, target: Target, given: Globbed): string | undefined {
    const { output, remoteName } = target;
    if (output !== undefined) {
      if (output === "-") return undefined;
      return this.#inDirectory(settings, nameWith(output, given));
    }
    if (!remoteName && !settings.remoteNameAll) return undefined;
    const parts = given.url
      .replace(/^[a-z]+:\/\//i, "")
      .replace(/[?#].*$/s, "")
      .split("/")
      .slice(1);
    const name = this.#build.since("8.10") ? parts.findLast((part) => part !== "") : parts.at(-1);
    if (name) return this.#inDirectory(settings, name);
    if (!this.#build.since("8.10")) throw new CurlError(23, "Remote file name has no length!");
    this.#output.warn('No remote file name, uses "curl_response"');
    return this.#inDirectory(settings, "curl_response");
  }

  #inDirectory({ outputDirectory }: Settings, name: string): string {
    return outputDirectory === undefined ? name : `${outputDirectory}/${name}`;
  }

  /** Returns where a transfer goes on (`-C`). */
  #start({ resumeFrom }: Settings, path: string | undefined): number {
    if (resumeFrom !== "file") return resumeFrom ?? 0;
    const { files } = this.#process;
    return path !== undefined && files.exists(path) ? files.stat(path).size : 0;
  }

  /** Reads what is to be uploaded. @throws {CurlError} */
  async #upload(path: string): Promise<Payload> {
    if (path === "-" || path === ".") {
      const pieces: Uint8Array[] = [];
      for await (const piece of this.#process.stdin) pieces.push(piece);
      return { content: fromBytes(joined(pieces)), type: undefined, chunked: true, isUpload: true };
    }
    try {
      return {
        content: fromBytes(this.#process.files.read(path)),
        type: undefined,
        chunked: false,
        isUpload: true,
      };
    } catch (error) {
      if (!(error instanceof FileError)) throw error;
      const text = this.#build.since("8.10") ? "cannot open" : "Can't open";
      this.#output.fail(`${text} '${path}'`);
      throw new CurlError(26, "Failed to open/read local data from file/application");
    }
  }

  /** Returns a URL with what `-G` and `--url-query` add, and with the name of an uploaded file. */
  #withQuery({ data, dataInQuery, queries }: Settings, upload: string | undefined, given: string): string {
    let url = given;
    const added = [...(dataInQuery && data !== undefined ? [data] : []), ...queries];
    if (added.length > 0) {
      const [, before = "", fragment = ""] = /^([^#]*)(#.*)?$/s.exec(url) ?? [];
      const base = /^([a-z]+:\/\/)?[^/?]*$/i.test(before) ? `${before}/` : before;
      const separator = !base.includes("?") ? "?" : /[?&]$/.test(base) ? "" : "&";
      url = `${base}${separator}${added.join("&")}${fragment}`;
    }
    if (upload === undefined || upload === "-" || upload === ".") return url;
    const name = upload.slice(upload.lastIndexOf("/") + 1);
    const base = /^([a-z]+:\/\/)?[^/?]*$/i.test(url) ? `${url}/` : url;
    return base.endsWith("/") ? base + encodeURIComponent(name) : base;
  }

  /** Returns what writes the heads to the file of `-D`. */
  #headerWriter({ dumpHeader }: Settings): (line: ByteText) => void {
    if (dumpHeader === undefined) return () => {};
    if (dumpHeader === "-") return (line) => this.#output.print(toBytes(line));
    if (dumpHeader === "%") return (line) => this.#output.error(line);
    const file = this.#process.files.open(dumpHeader, {
      write: true,
      create: true,
      truncate: this.#count === 1,
    });
    return (line) => void file.write(toBytes(line));
  }

  #loadCookies({ cookieFiles, dropsSessionCookies }: Settings): void {
    for (const path of cookieFiles) {
      try {
        this.#session.jar.load(fromBytes(this.#process.files.read(path)), dropsSessionCookies);
      } catch (error) {
        if (!(error instanceof FileError)) throw error;
        this.#output.info(`WARNING: failed to open cookie file "${path}"`);
      }
    }
  }

  #saveCookies(path: string): void {
    const text = toBytes(byteText(this.#session.jar.text()));
    if (path === "-") {
      this.#output.print(text);
      return;
    }
    try {
      this.#process.files.write(path, text);
    } catch (error) {
      if (!(error instanceof FileError)) throw error;
      this.#output.info(`WARNING: failed to save cookies in ${path}: ${error.message}`);
    }
  }
}
