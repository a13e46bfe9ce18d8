// What arguments of options say: data and headers, which may come from files.
import { FileError, type ProcessContext } from "@dryharbor/kernel";
import { type ByteText, byteText, fromBytes } from "../busybox/byte-text.js";
import { joined } from "../bytes.js";
import type { Build } from "./build.js";
import type { Output } from "./output.js";

/** Refuses the argument of an option. */
export class ParameterError extends Error {
  override readonly name = "ParameterError";

  constructor(
    message: string,
    /** The exit code. */
    readonly code = 2,
  ) {
    super(message);
  }
}

/** The error of a file that cannot be read. */
export function unreadable(): ParameterError {
  return new ParameterError("error encountered when reading a file", 26);
}

/** Reads the files that arguments name. */
export class Inputs {
  readonly #process: ProcessContext;
  readonly #output: Output;

  constructor(
    process: ProcessContext,
    readonly build: Build,
    output: Output,
  ) {
    this.#process = process;
    this.#output = output;
  }

  /** Warns on standard error, unless curl is silent. */
  warn(text: string): void {
    this.#output.warn(text);
  }

  /** Says on standard error what has failed, unless curl is silent. */
  fail(text: string): void {
    this.#output.fail(text);
  }

  /** Reads a file, or standard input as `-`. Resolves to `undefined` where it cannot be read. */
  async read(path: string): Promise<ByteText | undefined> {
    if (path === "-") return fromBytes(await this.#readStdin());
    try {
      return fromBytes(this.#process.files.read(path));
    } catch (error) {
      if (error instanceof FileError) return undefined;
      throw error;
    }
  }

  async #readStdin(): Promise<Uint8Array> {
    const pieces: Uint8Array[] = [];
    for await (const piece of this.#process.stdin) pieces.push(piece);
    return joined(pieces);
  }

  /** Returns the headers of `-H`: the argument itself, or the lines of a file. */
  async headers(value: string): Promise<readonly ByteText[]> {
    if (!value.startsWith("@")) return [byteText(value)];
    const text = await this.read(value.slice(1));
    if (text === undefined) throw unreadable();
    return text.split(/\r?\n/).filter((line) => line !== "");
  }

  /** Returns the format of `-w`: the argument itself, or the content of a file without its last line end. */
  async format(value: string): Promise<ByteText> {
    if (!value.startsWith("@")) return byteText(value);
    const text = await this.read(value.slice(1));
    if (text !== undefined) return text.replace(/[\r\n]/g, "");
    if (this.build.since("8.2")) throw unreadable();
    this.warn(`Failed to open ${value.slice(1)}`);
    return "";
  }
}

/** Returns the data of `-d`: the argument, or the content of a file. As text, the content loses its line ends. */
export async function postData(inputs: Inputs, value: string, as: "text" | "binary"): Promise<ByteText> {
  if (!value.startsWith("@")) return byteText(value);
  const path = value.slice(1);
  const content = await inputs.read(path);
  if (content === undefined) {
    if (inputs.build.since("8.2")) {
      inputs.fail(`Failed to open ${path}`);
      throw unreadable();
    }
    inputs.warn(`Couldn't read data from file "${path}", this makes an empty POST.`);
    return "";
  }
  return as === "binary" ? content : content.replace(/[\r\n\0]/g, "");
}

/** Returns the data of `--data-urlencode`: `content`, `=content`, `name=content`, `@file`, or `name@file`. */
export async function encodedData(inputs: Inputs, value: string): Promise<ByteText> {
  const [, name = "", sign = "", rest = ""] = /^([^=@]*)([=@])(.*)$/s.exec(value) ?? ["", "", "=", value];
  const content = sign === "@" ? await inputs.read(rest) : byteText(rest);
  if (content === undefined) throw unreadable();
  const encoded = percentEncoded(content).replaceAll("%20", "+");
  return name === "" ? encoded : `${byteText(name)}=${encoded}`;
}

/** Encodes all but unreserved characters. */
function percentEncoded(text: ByteText): string {
  return text.replace(
    /[^A-Za-z0-9\-._~]/g,
    (letter) => `%${letter.charCodeAt(0).toString(16).toUpperCase().padStart(2, "0")}`,
  );
}
