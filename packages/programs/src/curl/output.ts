// What curl says on standard error: warnings, errors and traces.
import type { OpenFile, ProcessContext } from "@dryharbor/kernel";
import { type ByteText, toBytes } from "../busybox/byte-text.js";
import { joined } from "../bytes.js";
import type { SharedSettings } from "./settings.js";

/** How many bytes of standard output are collected. */
const bufferSize = 4096;
/** The columns of a line of a warning. */
const width = 79;

/** Standard error, or the file of `--stderr`, and standard output. */
export class Output {
  #waiting: Uint8Array[] = [];
  #waitingLength = 0;
  #file: OpenFile | undefined;
  #traceFile: OpenFile | undefined;
  /** Whether the last trace was of data. Only the first of several is shown. */
  #sawData = false;

  constructor(
    readonly process: ProcessContext,
    readonly shared: SharedSettings,
  ) {}

  /** Whether standard output is a terminal. */
  get isTerminal(): boolean {
    return this.process.descriptors.get(1)?.terminal !== undefined;
  }

  /** Writes to standard output. As in C, what goes to no terminal is collected, see {@link flush}. */
  print(data: Uint8Array): void {
    this.#waiting.push(data);
    this.#waitingLength += data.length;
    if (this.#waitingLength >= bufferSize || this.isTerminal) this.flush();
  }

  /** Writes what was collected for standard output. */
  flush(): void {
    if (this.#waitingLength === 0) return;
    const data = joined(this.#waiting);
    this.#waiting = [];
    this.#waitingLength = 0;
    this.process.stdout(data);
  }

  /** Writes to standard error. */
  error(text: ByteText): void {
    const { errorFile } = this.shared;
    if (errorFile === undefined) this.process.stderr(toBytes(text));
    else if (errorFile === "-") this.print(toBytes(text));
    else {
      this.#file ??= this.process.open(errorFile, { write: true, create: true, truncate: true });
      this.process.write(this.#file, toBytes(text));
    }
  }

  warn(text: string): void {
    if (!this.shared.silent) this.error(wrapped("Warning: ", text));
  }

  /** Says that a transfer has failed. */
  fail(text: string): void {
    if (!this.shared.silent || this.shared.showsErrors) this.error(`curl: ${text}\n`);
  }

  /** Traces what curl does. */
  info(text: string): void {
    const { trace } = this.shared;
    if (trace === undefined) return;
    this.#sawData = false;
    this.#trace(trace === "plain" ? `* ${text}\n` : `== Info: ${text}\n`);
  }

  /** Traces headers: those that were sent, all at once, or one that came. */
  header(direction: "in" | "out", text: ByteText): void {
    const { trace } = this.shared;
    if (trace === undefined) return;
    this.#sawData = false;
    if (trace !== "plain") {
      this.#dump(direction === "in" ? "<= Recv header" : "=> Send header", text);
      return;
    }
    const sign = direction === "in" ? "< " : "> ";
    this.#trace(text.replace(/[^\n]*\n|[^\n]+$/g, (line) => sign + line));
  }

  /** Traces data. */
  data(direction: "in" | "out", data: ByteText): void {
    const { trace, traceFile } = this.shared;
    if (trace === undefined) return;
    if (trace !== "plain") {
      this.#dump(direction === "in" ? "<= Recv data" : "=> Send data", data);
      return;
    }
    const isSeen = this.isTerminal && (traceFile === undefined || traceFile === "-");
    if (this.#sawData || isSeen) return;
    this.#sawData = true;
    this.#trace(`${direction === "in" ? "{" : "}"} [${data.length} bytes data]\n`);
  }

  #dump(title: string, data: ByteText): void {
    const perLine = this.shared.trace === "ascii" ? 64 : 16;
    const size = `${data.length} bytes (0x${data.length.toString(16)})`;
    const lines = this.shared.trace === "ascii" ? asciiLines(data, perLine) : hexLines(data, perLine);
    this.#trace(`${title}, ${size}\n${lines.join("")}`);
  }

  #trace(text: ByteText): void {
    const { traceFile, traceTime } = this.shared;
    const now = new Date(Number(this.process.now() / 1_000_000n));
    const stamp = traceTime
      ? `${now.toISOString().slice(11, 19)}.${String((this.process.now() / 1000n) % 1_000_000n).padStart(6, "0")} `
      : "";
    const line = stamp + text;
    if (traceFile === undefined || traceFile === "%") this.error(line);
    else if (traceFile === "-") this.print(toBytes(line));
    else {
      this.#traceFile ??= this.process.open(traceFile, { write: true, create: true, truncate: true });
      this.process.write(this.#traceFile, toBytes(line));
    }
  }
}

/** Breaks a text into lines with a prefix, as warnings are. */
function wrapped(prefix: string, text: string): string {
  const most = width - prefix.length;
  let lines = "";
  let rest = text;
  while (rest.length > most) {
    const blank = rest.slice(0, most).lastIndexOf(" ");
    const cut = blank > 0 ? blank + 1 : most;
    lines += `${prefix}${rest.slice(0, cut)}\n`;
    rest = rest.slice(cut);
  }
  return `${lines}${prefix}${rest}\n`;
}

function offset(at: number): string {
  return `${at.toString(16).padStart(4, "0")}: `;
}

function printable(text: ByteText): string {
  return text.replace(/[^ -~]/g, ".");
}

function hexLines(data: ByteText, perLine: number): string[] {
  const lines: string[] = [];
  for (let at = 0; at < data.length; at += perLine) {
    const part = data.slice(at, at + perLine);
    const hex = [...part].map((letter) => `${letter.charCodeAt(0).toString(16).padStart(2, "0")} `).join("");
    lines.push(`${offset(at)}${hex.padEnd(perLine * 3)}${printable(part)}\n`);
  }
  return lines;
}

/** A line ends where the data has a line end. */
function asciiLines(data: ByteText, perLine: number): string[] {
  const lines: string[] = [];
  for (let at = 0; at < data.length; ) {
    const part = data.slice(at, at + perLine);
    const end = data.slice(at, at + perLine + 2).indexOf("\r\n");
    const shown = end >= 0 ? part.slice(0, end) : part;
    lines.push(`${offset(at)}${printable(shown)}\n`);
    at += shown.length + (end >= 0 ? 2 : 0);
  }
  return lines;
}
