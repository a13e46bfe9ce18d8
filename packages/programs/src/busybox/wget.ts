import {
  type Connection,
  FileError,
  type FileHandle,
  type ProcessContext,
  type SocketAddress,
} from "@dryharbor/kernel";
import { type AppletCall, applet, Died } from "./applet.js";
import { type ByteText, byteText, fromBytes, toBytes } from "./byte-text.js";
import { connectTo, dotted, hostAddress } from "./host-address.js";
import { readNumber } from "./number.js";
import type { OptionLetters } from "./options.js";
import { Progress } from "./progress.js";
import { isLate, SocketReader } from "./socket-reader.js";
import { readUrl, type WgetUrl } from "./wget-url.js";

const help = `wget [-cqS] [--spider] [-O FILE] [-o LOGFILE] [--header STR]
	[--post-data STR | --post-file FILE] [-Y on/off]
	[--no-check-certificate] [-P DIR] [-U AGENT] [-T SEC] URL...

Retrieve files via HTTP or FTP

	--spider	Only check URL existence: $? is 0 if exists
	--header STR	Add STR (of form 'header: value') to headers
	--post-data STR	Send STR using POST method
	--post-file FILE	Send FILE using POST method
	--no-check-certificate	Don't validate the server's certificate
	-c		Continue retrieval of aborted transfer
	-q		Quiet
	-P DIR		Save to DIR (default .)
	-S    		Show server response
	-T SEC		Network read timeout is SEC seconds
	-O FILE		Save to FILE ('-' for stdout)
	-o LOGFILE	Log messages to FILE
	-U STR		Use STR for User-Agent header
	-Y on/off	Use proxy`;

/** Letters of options that have only a long name. */
const header = "\x01";
const postData = "\x02";
const postFile = "\x03";
const spider = "\x04";
const ignored = "\x05";

const options: OptionLetters = {
  flags: `cqS${spider}${ignored}`,
  values: `OoPYUTt${header}${postData}${postFile}`,
  attached: "n",
  long: {
    continue: "c",
    quiet: "q",
    "server-response": "S",
    "output-document": "O",
    "output-file": "o",
    "directory-prefix": "P",
    proxy: "Y",
    "user-agent": "U",
    timeout: "T",
    tries: "t",
    header,
    "post-data": postData,
    spider,
    "no-check-certificate": ignored,
    "post-file": postFile,
    "passive-ftp": ignored,
    "no-cache": ignored,
    "no-verbose": ignored,
    "no-clobber": ignored,
    "no-host-directories": ignored,
    "no-parent": ignored,
  },
};

/** `wget [-q] [-O FILE] URL...`: fetches files over HTTP. */
export const wget = applet({ help, options }, async (process, { usage, given, operands }) => {
  if (operands.length === 0) return usage(process);
  const settings = readSettings(given);
  const log = last(given, "o");
  if (log !== undefined && log !== "-") redirectErrors(process, log);
  const download = new Downloads(process, settings);
  for (const url of operands) await download.fetch(url);
  return 0;
});

interface Settings {
  readonly continues: boolean;
  readonly quiet: boolean;
  readonly showsResponse: boolean;
  readonly spider: boolean;
  readonly logs: boolean;
  readonly usesProxy: boolean;
  /** The path of `-O`. */
  readonly output: string | undefined;
  readonly directory: string | undefined;
  readonly agent: string;
  readonly headers: readonly string[];
  readonly postData: string | undefined;
  readonly postFile: string | undefined;
  /** In milliseconds. */
  readonly timeout: number | undefined;
}

function last(given: AppletCall["given"], letter: string): string | undefined {
  return given.get(letter)?.at(-1);
}

function readSettings(given: AppletCall["given"]): Settings {
  const seconds = readNumber(last(given, "T") ?? "900", 0, 0x7fff_ffff);
  const output = last(given, "O");
  return {
    continues: given.has("c") && output !== "-",
    quiet: given.has("q"),
    showsResponse: given.has("S"),
    spider: given.has(spider),
    logs: given.has("o") && last(given, "o") !== "-",
    usesProxy: last(given, "Y") !== "off",
    output,
    directory: last(given, "P"),
    agent: last(given, "U") ?? "Wget",
    headers: given.get(header) ?? [],
    postData: last(given, postData),
    postFile: last(given, postFile),
    timeout: seconds > 0 ? seconds * 1000 : undefined,
  };
}

function redirectErrors(process: ProcessContext, path: string): void {
  try {
    process.redirect(2, process.open(path, { write: true, create: true, truncate: true }));
  } catch (error) {
    if (error instanceof FileError) throw new Died(`can't open '${path}': ${error.message}`);
    throw error;
  }
}

/** The length of the buffer for lines and data, in bytes. */
const bufferSize = 65_536;

const redirectLimit = 15;

const successes: readonly number[] = [200, 201, 202, 203, 204];
const redirects: readonly number[] = [300, 301, 302, 303, 307, 308];

/** The server to connect to: the one of the URL, or a proxy. */
type Server = Pick<WgetUrl, "protocol" | "host" | "port" | "user">;

/** The response of a server, after its headers. */
interface Response {
  readonly reader: SocketReader;
  readonly connection: Connection;
  readonly length: number | undefined;
  readonly chunked: boolean;
}

class Downloads {
  readonly #process: ProcessContext;
  readonly #settings: Settings;
  /** The output of `-O`, which stays open for all URLs. */
  #output: FileHandle | undefined;

  constructor(process: ProcessContext, settings: Settings) {
    this.#process = process;
    this.#settings = settings;
  }

  #say(text: string): void {
    if (!this.#settings.quiet) this.#process.stderr(text);
  }

  /** Fetches one URL. @throws {Died} */
  async fetch(url: string): Promise<void> {
    const settings = this.#settings;
    const process = this.#process;
    const target = readUrl(url);
    const path = settings.output ?? this.#savedAs(target);
    const file = settings.continues ? this.#partOf(path) : undefined;
    const start = file?.start ?? 0;
    const response = await this.#request(target, start, () => {
      process.stderr("wget: restart failed\n");
      file?.handle.seek(0);
    });
    if (settings.spider) {
      this.#say("remote file exists\n");
      response.connection.close();
      return;
    }
    const handle =
      path === "-" && settings.output ? undefined : (file?.handle ?? this.#output ?? this.#create(path));
    if (settings.output) this.#output = handle;
    await new Transfer(process, settings, response, path, handle, response.restarted ? 0 : start).run();
    response.connection.close();
  }

  /** Returns the path of the file that a URL is saved as. */
  #savedAs({ path }: WgetUrl): string {
    const slash = path.lastIndexOf("/");
    const name = path === "/" ? "" : path.slice(slash + 1);
    const { directory } = this.#settings;
    const file = name === "" ? "index.html" : name;
    return directory === undefined ? file : `${directory.replace(/\/$/, "")}/${file}`;
  }

  #partOf(path: string): { readonly handle: FileHandle; readonly start: number } | undefined {
    const { files } = this.#process;
    if (!files.exists(path)) return undefined;
    const handle = files.open(path, { write: true });
    const start = handle.stat().size;
    handle.seek(start);
    return { handle, start };
  }

  /** @throws {Died} */
  #create(path: string): FileHandle {
    const { files } = this.#process;
    const exclusive = this.#settings.output === undefined;
    try {
      return files.open(path, { write: true, create: true, truncate: true, exclusive });
    } catch (error) {
      if (error instanceof FileError) throw new Died(`can't open '${path}': ${error.message}`);
      throw error;
    }
  }

  /** Sends the request, and follows redirections. Resolves to the response with its headers read. */
  async #request(
    first: WgetUrl,
    start: number,
    restart: () => void,
  ): Promise<Response & { readonly restarted: boolean }> {
    const { usesProxy } = this.#settings;
    const proxyUrl = usesProxy
      ? this.#process.env[first.protocol.startsWith("f") ? "ftp_proxy" : "http_proxy"]
      : "";
    const proxy = proxyUrl ? readUrl(proxyUrl) : undefined;
    let target = first;
    let address = await this.#resolve(proxy ?? target);
    for (let left = redirectLimit; ; left--) {
      const server = proxy ?? target;
      if (!proxy && server.protocol.startsWith("f")) throw new Died("ftp is not simulated");
      const answer = await this.#exchange(server, address, target, proxy, start);
      if (answer.location === undefined) {
        const restarted = start > 0 && successes.includes(answer.status);
        if (restarted) restart();
        return { ...answer, restarted };
      }
      answer.connection.close();
      if (left === 0) throw new Died("too many redirections");
      if (answer.location.startsWith("/")) target = { ...target, path: answer.location.slice(1) };
      else {
        const user = target.user;
        const next = readUrl(answer.location);
        target = { ...next, user: next.user ?? user };
        if (!proxy) address = await this.#resolve(target);
      }
    }
  }

  async #resolve({ host, port }: Server): Promise<SocketAddress> {
    const address = await hostAddress(this.#process, host, port);
    this.#say(`Connecting to ${host} (${dotted(address)})\n`);
    return address;
  }

  /** Sends one request and reads the headers of the response. */
  async #exchange(
    server: Server,
    address: SocketAddress,
    target: WgetUrl,
    proxy: WgetUrl | undefined,
    start: number,
  ): Promise<Response & { readonly status: number; readonly location: string | undefined }> {
    const connection = await this.#connect(address);
    if (server.protocol === "https") {
      this.#process.stderr("wget: note: TLS certificate validation not implemented\n");
      throw new Died("error getting response: Connection reset by peer");
    }
    try {
      await connection.write(toBytes(this.#requestText(target, proxy, start)));
    } catch (error) {
      if (!(error instanceof FileError)) throw error;
    }
    const reader = new SocketReader(connection);
    const status = await this.#status(reader, start);
    let length: number | undefined;
    let chunked = false;
    for (let field = await this.#header(reader); field; field = await this.#header(reader)) {
      const { name } = field;
      const value = field.value.replace(/[ \t]+$/, "");
      if (name === "content-length") {
        if (!/^\d+$/.test(value)) throw new Died(`content-length ${value} is garbage`);
        length = Number(value);
      } else if (name === "transfer-encoding") {
        const encoding = value.toLowerCase();
        if (encoding !== "chunked") throw new Died(`transfer encoding '${encoding}' is not supported`);
        chunked = true;
      } else if (name === "location" && status >= 300) {
        return { reader, connection, length, chunked, status, location: value };
      }
    }
    return { reader, connection, length, chunked, status, location: undefined };
  }

  async #connect(address: SocketAddress): Promise<Connection> {
    const { timeout } = this.#settings;
    const attempt = connectTo(this.#process, address);
    if (timeout === undefined) return attempt;
    const late = this.#process.sleep(timeout).then(() => {
      throw new Died("download timed out");
    });
    return Promise.race([attempt, late]);
  }

  #requestText(target: WgetUrl, proxy: WgetUrl | undefined, start: number): ByteText {
    const { agent, headers, postData, postFile } = this.#settings;
    const isGiven = (name: string) => headers.some((field) => field.toLowerCase().startsWith(name));
    const posts = postData !== undefined || postFile !== undefined;
    const host = target.host.replace(/^(\[[^%\]]*)%[^\]]*/, "$1");
    const lines = [
      proxy
        ? `GET ${target.protocol}://${host}/${byteText(target.path)} HTTP/1.1`
        : `${posts ? "POST" : "GET"} /${byteText(target.path)} HTTP/1.1`,
    ];
    if (!isGiven("host:")) lines.push(`Host: ${byteText(host)}`);
    if (!isGiven("user-agent:")) lines.push(`User-Agent: ${byteText(agent)}`);
    lines.push("Connection: close");
    if (target.user !== undefined && !isGiven("authorization:")) {
      lines.push(`Authorization: Basic ${btoa(target.user)}`);
    }
    if (proxy?.user !== undefined && !isGiven("proxy-authorization:")) {
      lines.push(`Proxy-Authorization: Basic ${btoa(proxy.user)}`);
    }
    if (start > 0 && !isGiven("range:")) lines.push(`Range: bytes=${start}-`);
    lines.push(...headers.map(byteText));
    const body = postFile === undefined ? postData && byteText(postData) : this.#postedFile(postFile);
    if (body !== undefined) {
      if (!isGiven("content-type:")) lines.push("Content-Type: application/x-www-form-urlencoded");
      lines.push(`Content-Length: ${body.length}`);
    }
    return `${lines.join("\r\n")}\r\n\r\n${body ?? ""}`;
  }

  /** @throws {Died} */
  #postedFile(path: string): ByteText {
    try {
      return fromBytes(this.#process.files.read(path));
    } catch (error) {
      if (error instanceof FileError) throw new Died(`can't open '${path}': ${error.message}`);
      throw error;
    }
  }

  /** Reads the status of the response. Those before it, such as 100, are skipped. */
  async #status(reader: SocketReader, start: number): Promise<number> {
    for (;;) {
      const line = await this.#line(reader);
      const status = Number.parseInt(line.replace(/^\S*\s*/, ""), 10) || 0;
      if (status === 0 || status === 100) {
        while (await this.#header(reader)) {
          // The headers of such a response do not matter.
        }
        continue;
      }
      const isPart = status === 206 && start > 0;
      if (successes.includes(status) || redirects.includes(status) || isPart) return status;
      throw new Died(`server returned error: ${line}`);
    }
  }

  /** Reads a header. Resolves to `undefined` at the end of the headers. */
  async #header(
    reader: SocketReader,
  ): Promise<{ readonly name: string; readonly value: string } | undefined> {
    const line = await this.#line(reader);
    if (line === "") return undefined;
    const [, name = "", colon, value = ""] = /^([a-zA-Z0-9\-._]*)(:?)[ \t]*(.*)$/s.exec(line) ?? [];
    if (colon === "") throw new Died(`bad header line: ${name.toLowerCase()}${line.slice(name.length)}`);
    return { name: name.toLowerCase(), value };
  }

  async #line(reader: SocketReader): Promise<string> {
    const line = await responseLine(reader, this.#settings.timeout);
    if (this.#settings.showsResponse) this.#process.stderr(toBytes(`  ${line}\n`));
    return line;
  }
}

/** Reads a line of a response up to its first control character. @throws {Died} */
async function responseLine(reader: SocketReader, timeout: number | undefined): Promise<string> {
  let line: string | undefined;
  try {
    line = await reader.line(bufferSize - 1, timeout);
  } catch (error) {
    if (!(error instanceof FileError)) throw error;
    if (error.code === "EAGAIN") throw new Died("download timed out");
    throw new Died(`error getting response: ${error.message}`);
  }
  if (line === undefined) throw new Died("error getting response");
  const clean = line.replaceAll("\t", " ");
  const end = [...clean].findIndex((letter) => letter < " ");
  return end < 0 ? clean : clean.slice(0, end);
}

const second = 1000;

/** The transfer of the body of a response into a file, or to standard output. */
class Transfer {
  readonly #process: ProcessContext;
  readonly #settings: Settings;
  readonly #response: Response;
  readonly #path: string;
  readonly #file: FileHandle | undefined;
  readonly #start: number;
  readonly #progress: Progress | undefined;
  /** The bytes that are still to come, as far as that is known. */
  #left: number | undefined;
  #transferred = 0;

  constructor(
    process: ProcessContext,
    settings: Settings,
    response: Response,
    path: string,
    file: FileHandle | undefined,
    start: number,
  ) {
    this.#process = process;
    this.#settings = settings;
    this.#response = response;
    this.#path = path;
    this.#file = file;
    this.#start = start;
    this.#left = response.length;
    const isShown = !settings.quiet && !settings.logs;
    this.#progress = isShown ? new Progress(process, path.slice(path.lastIndexOf("/") + 1)) : undefined;
  }

  /** @throws {Died} */
  async run(): Promise<void> {
    const { chunked, reader } = this.#response;
    const { quiet, timeout } = this.#settings;
    const say = (text: string) => quiet || this.#process.stderr(text);
    say(this.#file ? `saving to '${this.#path}'\n` : "writing to stdout\n");
    this.#show(chunked);
    if (chunked) {
      for (;;) {
        const size = await responseLine(reader, timeout);
        this.#left = readChunkSize(size);
        if (this.#left === 0) break;
        await this.#copy(true);
        await responseLine(reader, timeout);
      }
    } else await this.#copy(false);
    this.#left ??= 0;
    this.#show(false);
    this.#progress?.end();
    if (this.#left !== 0) throw new Died("connection closed prematurely");
    this.#file?.truncate(this.#start + this.#transferred);
    say(this.#file ? `'${this.#path}' saved\n` : "written to stdout\n");
  }

  #show(isOpen: boolean): void {
    const total = isOpen || this.#left === undefined ? 0 : this.#start + this.#transferred + this.#left;
    this.#progress?.update(this.#start, this.#transferred, total);
  }

  /** Copies until the end of the connection, or until nothing is left to come. */
  async #copy(chunked: boolean): Promise<void> {
    const { reader } = this.#response;
    let patience = (this.#settings.timeout ?? 0) / second;
    for (;;) {
      if (this.#left === 0) return;
      let data: Uint8Array | undefined;
      try {
        data = await reader.bytes(Math.min(this.#left ?? bufferSize, bufferSize), second);
      } catch (error) {
        if (!(error instanceof FileError)) throw error;
        if (!isLate(error)) {
          this.#finish();
          throw new Died(`read error: ${error.message}`);
        }
        if (patience !== 0 && --patience <= 0) {
          this.#finish();
          throw new Died("download timed out");
        }
        this.#show(chunked);
        continue;
      }
      if (!data) return;
      await this.#put(data);
      this.#transferred += data.length;
      if (this.#left !== undefined) this.#left -= data.length;
      patience = (this.#settings.timeout ?? 0) / second;
      if (this.#left !== 0) this.#show(chunked);
    }
  }

  #finish(): void {
    this.#show(this.#response.chunked);
    this.#progress?.end();
  }

  async #put(data: Uint8Array): Promise<void> {
    if (this.#file) this.#file.write(data);
    else {
      this.#process.stdout(data);
      await this.#process.caughtUp();
    }
  }
}

/** Reads the length of a chunk, `1f;name=value`. @throws {Died} */
function readChunkSize(text: string): number {
  const [, minus = "", hex = ""] = /^\s*([+-]?)(?:0x)?([0-9a-f]*)/i.exec(text) ?? [];
  const size = hex === "" ? 0 : Number.parseInt(hex, 16);
  if ((minus === "-" && size > 0) || size > Number.MAX_SAFE_INTEGER)
    throw new Died(`bad chunk length '${text}'`);
  return size;
}
