// One request to httpd, from its first line to the end of the answer.
import { FileError, type FileStat, type Files, type ProcessContext } from "@dryharbor/kernel";
import { type ByteText, toBytes } from "./byte-text.js";
import { type HttpdConfiguration, isAllowed, mayRead, readConfiguration } from "./httpd-configuration.js";
import { strictlyDecoded } from "./percent.js";
import { SocketReader } from "./socket-reader.js";

/** Who asks: a connection, or standard input and output. */
export interface Peer {
  /** The address and port, where they are known. */
  readonly name: string | undefined;
  readonly address: string;
  read(limit?: number, options?: { readonly within?: number }): Promise<Uint8Array | undefined>;
  write(data: Uint8Array): Promise<void>;
}

/** What holds for all requests of a server. */
export interface HttpdSettings {
  readonly process: ProcessContext;
  /** The files, with the served directory as working directory. */
  readonly files: Files;
  readonly verbosity: number;
  readonly realm: string;
  readonly configuration: HttpdConfiguration;
}

/** Answers one request. */
export async function answerRequest(settings: HttpdSettings, peer: Peer): Promise<void> {
  const exchange = new Exchange(settings, peer);
  try {
    await exchange.run();
  } catch (error) {
    if (error instanceof Answered) return;
    if (!(error instanceof FileError)) throw error;
    if (settings.verbosity >= 1) exchange.log(`write error: ${error.message}`);
  }
  exchange.closed();
}

/** Thrown when an answer has been sent. */
class Answered extends Error {}

/** The seconds in which the headers must have come. */
const headerTime = 30;

const longestLine = 8192;
const longestHeaders = 32 * 1024;

/** The titles and texts of answers. One without a text has no body of its own. */
const responses: ReadonlyMap<number, readonly [title: string, text?: string]> = new Map<
  number,
  readonly [string, string?]
>([
  [200, ["OK"]],
  [206, ["Partial Content"]],
  [302, ["Found"]],
  [304, ["Not Modified"]],
  [400, ["Bad Request", "Unsupported method"]],
  [401, ["Unauthorized", ""]],
  [403, ["Forbidden", ""]],
  [404, ["Not Found", "The requested URL was not found"]],
  [408, ["Request Timeout", "No request appeared within 60 seconds"]],
  [413, ["Entity Too Large", "Entity Too Large"]],
  [501, ["Not Implemented", "The requested method is not recognized"]],
]);

/** MIME types by suffix. A suffix matches a line where it stands in it before a dot or the end. */
const types: readonly (readonly [suffixes: string, type: string])[] = [
  [".txt.h.c.cc.cpp", "text/plain"],
  [".htm.html", "text/html"],
  [".jpg.jpeg", "image/jpeg"],
  [".gif", "image/gif"],
  [".png", "image/png"],
  [".svg", "image/svg+xml"],
  [".css", "text/css"],
  [".js", "application/javascript"],
  [".wav", "audio/wav"],
  [".avi", "video/x-msvideo"],
  [".qt.mov", "video/quicktime"],
  [".mpe.mpeg", "video/mpeg"],
  [".mid.midi", "audio/midi"],
  [".mp3", "audio/mpeg"],
];

/** A range of bytes that a client asks for. */
interface Range {
  readonly start: number;
  /** 0 stands for the last byte. */
  readonly end: number;
}

/** What the headers of a request say. */
interface Wishes {
  range: Range | undefined;
  acceptsGzip: boolean;
  knownTags: string | undefined;
  /** `user:password`. */
  credentials: string | undefined;
}

/** What an answer with a file says of it. */
interface Served {
  readonly size: number;
  readonly modified: bigint;
  readonly tag: string;
  readonly type: string | undefined;
  readonly isCompressed: boolean;
  readonly range?: Range;
}

class Exchange {
  readonly #settings: HttpdSettings;
  readonly #peer: Peer;
  readonly #reader: SocketReader;
  readonly #until: bigint;
  #configuration: HttpdConfiguration;
  #isAnswered = false;

  constructor(settings: HttpdSettings, peer: Peer) {
    this.#settings = settings;
    this.#peer = peer;
    this.#reader = new SocketReader(peer);
    this.#until = settings.process.now() + BigInt(headerTime * 1e9);
    this.#configuration = settings.configuration;
  }

  log(text: string): void {
    this.#settings.process.stderr(`${this.#peer.name ?? "httpd"}: ${text}\n`);
  }

  closed(): void {
    if (this.#isAnswered && this.#settings.verbosity >= 3) this.log("closed");
  }

  async run(): Promise<void> {
    const { verbosity } = this.#settings;
    if (verbosity >= 3) this.log("connected");
    if (!isAllowed(this.#configuration, this.#peer.address)) await this.#refuse(403);
    const line = await this.#line();
    if (line === "") {
      if (verbosity >= 3) this.log("eof on read, closing");
      return;
    }
    const { method, target } = await this.#requestLine(line);
    const question = target.indexOf("?");
    const query = question < 0 ? undefined : target.slice(question + 1);
    const path = await this.#pathOf(question < 0 ? target : target.slice(0, question));
    if (verbosity >= 2) this.log(`${method} ${path}`);
    await this.#readDirectoryConfigurations(path);
    await this.#serve(method, path, query);
  }

  /** Reads a line without `\r`. Empty at the end of the headers and of the input. */
  async #line(): Promise<ByteText> {
    const left = Number(this.#until - this.#settings.process.now()) / 1e6;
    let line: ByteText;
    try {
      line = (await this.#reader.line(2 * longestLine, Math.max(0, left))) ?? "";
    } catch (error) {
      if (!(error instanceof FileError)) throw error;
      if (error.code === "EAGAIN") await this.#refuse(408);
      return "";
    }
    const text = line.replace(/\n$/, "").replaceAll("\r", "");
    const isBad = [...text].some((letter) => (letter < " " && letter !== "\t") || letter === "\x7f");
    if (isBad || text.length >= longestLine) await this.#refuse(400);
    return text;
  }

  async #requestLine(line: ByteText): Promise<{ readonly method: string; readonly target: ByteText }> {
    const [, method = "", target = ""] = /^([^ ]*) ([^ ]*) HTTP\//.exec(line) ?? [];
    if (!target.startsWith("/")) return this.#refuse(400);
    // Other methods are for CGI, and refused before a script is looked for.
    if (!["GET", "HEAD", "POST"].includes(method)) return this.#refuse(400);
    return { method, target };
  }

  /** Decodes a path, and removes `.`, `..` and double slashes. */
  async #pathOf(text: ByteText): Promise<ByteText> {
    const decoded = strictlyDecoded(text);
    if (decoded === "bad") return this.#refuse(400);
    if (decoded === "forbidden") return this.#refuse(404);
    const parts: ByteText[] = [];
    const given = decoded.text.split("/").slice(1);
    const isDirectory = ["", ".", ".."].includes(given.at(-1) as string);
    for (const part of given) {
      if (part === "..") {
        if (parts.pop() === undefined) return this.#refuse(400);
      } else if (part !== "" && part !== ".") parts.push(part);
    }
    return `/${parts.join("/")}${isDirectory && parts.length > 0 ? "/" : ""}`;
  }

  async #readDirectoryConfigurations(path: ByteText): Promise<void> {
    const parts = path.split("/").slice(1, -1);
    for (const [at] of parts.entries()) {
      const directory = parts.slice(0, at + 1).join("/");
      const text = this.#textOf(`${directory}/httpd.conf`);
      if (text === undefined) continue;
      const complain = (line: string) => this.log(`config error '${line}' in '${directory}/httpd.conf'`);
      this.#configuration = readConfiguration(text, this.#configuration, directory, complain);
      if (!isAllowed(this.#configuration, this.#peer.address)) await this.#refuse(403);
    }
  }

  #textOf(path: string): string | undefined {
    try {
      return new TextDecoder().decode(this.#settings.files.read(fileName(path)));
    } catch (error) {
      if (error instanceof FileError) return undefined;
      throw error;
    }
  }

  async #serve(method: string, path: ByteText, query: ByteText | undefined): Promise<void> {
    const isScript = path.startsWith("/cgi-bin/");
    const isDirectory = path.endsWith("/");
    const file = isDirectory && !isScript ? `${path}${this.#configuration.index}` : path;
    const stat = this.#stat(file.slice(1));
    if (isScript && stat && stat.type !== "file") await this.#refuse(403);
    if (!stat && isDirectory && !isScript) await this.#refuse(404);
    const wishes = await this.#headers();
    if (file.slice(file.lastIndexOf("/") + 1) === "httpd.conf") await this.#refuse(403);
    if (!mayRead(this.#configuration, path, wishes.credentials ?? "")) {
      await this.#refuse(401, `WWW-Authenticate: Basic realm="${this.#settings.realm}"\r\n`);
    }
    if (stat?.type === "directory" && !isScript && !isDirectory) {
      await this.#refuse(302, `Location: ${path}/${query === undefined ? "" : `?${query}`}\r\n`);
    }
    if (isScript && (!stat || (stat.mode & 0o111) !== 0)) await this.#refuseScript(path);
    if (method === "POST") await this.#refuse(501);
    await this.#sendFile(file, wishes);
  }

  /** Scripts are not run: each of them is said to be missing. */
  async #refuseScript(path: ByteText): Promise<never> {
    const script = path.split("/")[2] as string;
    if (this.#settings.verbosity >= 2) this.log(`exec:${script} (null)`);
    if (this.#settings.verbosity >= 1) this.log(`can't execute '${script}': No such file or directory`);
    return this.#refuse(404);
  }

  #stat(path: string): FileStat | undefined {
    try {
      return this.#settings.files.stat(path === "" ? "." : fileName(path));
    } catch (error) {
      if (error instanceof FileError) return undefined;
      throw error;
    }
  }

  async #headers(): Promise<Wishes> {
    const wishes: Wishes = {
      range: undefined,
      acceptsGzip: false,
      knownTags: undefined,
      credentials: undefined,
    };
    let length = 0;
    for (let line = await this.#line(); line !== ""; line = await this.#line()) {
      length += line.length;
      if (length >= longestHeaders) await this.#refuse(413);
      const [, name = "", value = ""] = /^([^:]*):[ \t]*(.*)$/s.exec(line) ?? [];
      switch (name.toLowerCase()) {
        case "authorization":
          if (/^basic/i.test(value)) wishes.credentials = decodedBase64(value.slice("Basic".length));
          break;
        case "range":
          wishes.range = readRange(value);
          break;
        case "accept-encoding":
          wishes.acceptsGzip ||= value.includes("gzip");
          break;
        case "if-none-match":
          wishes.knownTags = value;
          break;
      }
    }
    return wishes;
  }

  async #sendFile(path: ByteText, wishes: Wishes): Promise<void> {
    const compressed = wishes.acceptsGzip ? this.#content(`${path}.gz`) : undefined;
    const served = compressed ?? this.#content(path);
    if (!served) return this.#refuse(404);
    const { content, modified } = served;
    const size = content.length;
    const tag = `"${(modified / 1_000_000_000n).toString(16)}-${size.toString(16)}"`;
    if (wishes.knownTags?.includes(tag)) await this.#refuse(304);
    const file: Served = {
      size,
      modified,
      tag,
      type: this.#typeOf(path),
      isCompressed: compressed !== undefined,
    };
    const range = compressed ? undefined : rangeWithin(wishes.range, size);
    if (range) {
      await this.#head(206, { ...file, range });
      await this.#body(content.subarray(range.start, range.end + 1));
    } else {
      // It sends the file to HEAD as well.
      await this.#head(200, file);
      await this.#body(content);
    }
  }

  #content(path: string): { readonly content: Uint8Array; readonly modified: bigint } | undefined {
    try {
      const handle = this.#settings.files.open(fileName(path.slice(1)));
      return { content: handle.read(), modified: handle.stat().mtime };
    } catch (error) {
      if (error instanceof FileError) return undefined;
      throw error;
    }
  }

  #typeOf(path: ByteText): string | undefined {
    const dot = path.lastIndexOf(".");
    if (dot < 0) return undefined;
    const suffix = path.slice(dot);
    const own = this.#configuration.types.find(([each]) => each === suffix);
    if (own) return own[1];
    const line = types.find(([suffixes]) => suffixes.includes(suffix));
    if (!line) return undefined;
    const [suffixes, type] = line;
    const after = suffixes[suffixes.indexOf(suffix) + suffix.length];
    return after === undefined || after === "." ? type : undefined;
  }

  /** Sends an answer without a file. */
  async #refuse(status: number, headers = ""): Promise<never> {
    await this.#head(status, undefined, headers);
    this.closed();
    throw new Answered();
  }

  async #head(status: number, file: Served | undefined, headers = ""): Promise<void> {
    const { process, verbosity } = this.#settings;
    const [title, text] = responses.get(status) as readonly [string, string?];
    if (verbosity >= 1) this.log(`response:${status}`);
    this.#isAnswered = true;
    const type = status === 200 ? file?.type : "text/html";
    let head = `HTTP/1.1 ${status} ${title}\r\nDate: ${httpDate(process.now())}\r\nConnection: close\r\n`;
    if (type !== undefined) head += `Content-type: ${type}\r\n`;
    head += headers;
    const page = this.#errorPage(status);
    if (page) {
      await this.#peer.write(toBytes(`${head}\r\n`));
      await this.#body(page);
      return;
    }
    if (file) head += fileHeaders(file);
    head += "\r\n";
    if (text !== undefined) {
      const heading = `${status} ${title}`;
      head += `<HTML><HEAD><TITLE>${heading}</TITLE></HEAD>\n<BODY><H1>${heading}</H1>\n${text}\n</BODY></HTML>\n`;
    }
    await this.#peer.write(toBytes(head));
  }

  #errorPage(status: number): Uint8Array | undefined {
    const path = this.#configuration.errorPages.get(status);
    if (path === undefined) return undefined;
    try {
      return this.#settings.files.read(path);
    } catch (error) {
      if (error instanceof FileError) return undefined;
      throw error;
    }
  }

  async #body(content: Uint8Array): Promise<void> {
    for (let at = 0; at < content.length; at += chunk)
      await this.#peer.write(content.subarray(at, at + chunk));
  }
}

const chunk = 65_536;

/** Returns the bytes of a path as the text that files are named by. */
function fileName(path: ByteText): string {
  return new TextDecoder().decode(toBytes(path));
}

function fileHeaders({ size, modified, tag, isCompressed, range }: Served): string {
  const length = range ? range.end - range.start + 1 : size;
  return [
    range ? `Content-Range: bytes ${range.start}-${range.end}/${size}\r\n` : "",
    "Accept-Ranges: bytes\r\n",
    `Last-Modified: ${httpDate(modified)}\r\n`,
    `ETag: ${tag}\r\n`,
    `Content-Length: ${length}\r\n`,
    isCompressed ? "Content-Encoding: gzip\r\n" : "",
  ].join("");
}

function httpDate(time: bigint): string {
  return new Date(Number(time / 1_000_000n)).toUTCString();
}

/** Reads `bytes=NNN-[MMM]`. */
function readRange(text: string): Range | undefined {
  const [, start, end = ""] = /^bytes=(\d+)-(.*)$/s.exec(text) ?? [];
  if (start === undefined) return undefined;
  if (end === "") return { start: Number(start), end: 0 };
  return /^\d+$/.test(end) && Number(end) >= Number(start)
    ? { start: Number(start), end: Number(end) }
    : undefined;
}

function rangeWithin(range: Range | undefined, size: number): Range | undefined {
  if (!range) return undefined;
  const end = range.end === 0 || range.end > size - 1 ? size - 1 : range.end;
  return end < range.start ? undefined : { start: range.start, end };
}

function decodedBase64(text: string): string {
  const letters = (text.split("=", 1)[0] as string).replace(/[^A-Za-z0-9+/]/g, "");
  return atob(letters.length % 4 === 1 ? letters.slice(0, -1) : letters);
}
