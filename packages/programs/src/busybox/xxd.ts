import type { ProcessContext } from "@dryharbor/kernel";
import { FileError } from "@dryharbor/kernel";
import { applet } from "./applet.js";
import { fromBytes, toBytes } from "./byte-text.js";
import { wholeFile } from "./input-file.js";
import { readNumber } from "./numbers.js";

const help = `xxd [-ri] [-ps] [-g N] [-c N] [-l LEN] [-s OFS] [-o OFS] [FILE]

Hex dump FILE (or stdin)

	-g N		Bytes per group (default 2)
	-c N		Bytes per line (default:16, -ps:30, -i:12)
	-ps		Show only hex bytes (no offset/spaces)
	-i		C include file style
	-l LENGTH	Show only first LENGTH bytes
	-s OFFSET	Skip OFFSET bytes
	-o OFFSET	Add OFFSET to displayed offset
	-r		Reverse (with -p, assumes no offsets in input)`;

const largest = 2n ** 63n - 1n;

/** `xxd [-r] [FILE]`: prints the bytes of a file in hexadecimal, or reads such a print. */
export const xxd = applet(
  {
    help,
    options: { flags: "apri", values: "gclso" },
    // `-ps` is one option.
    prepare: (args) => args.map((each) => (each === "-ps" ? "-p" : each)),
  },
  async (process, { name, given, operands, usage }) => {
    if (operands.length > 2) return usage(process);
    const path = operands[0] ?? "-";
    const plain = given.has("p");
    const numbers = new Map<string, number>();
    for (const letter of "gclso") {
      const text = given.get(letter)?.at(-1);
      if (text === undefined) continue;
      const number = readNumber(text, letter === "o" || letter === "s" ? -largest : 0, largest);
      if (typeof number === "string") {
        process.stderr(`${name}: ${number}\n`);
        return 1;
      }
      numbers.set(letter, number);
    }
    let data: string;
    try {
      data = fromBytes(await wholeFile(process, path));
    } catch (error) {
      if (!(error instanceof FileError)) throw error;
      process.stderr(`${name}: ${path}: ${error.message}\n`);
      return 1;
    }
    if (given.has("r")) {
      reverse(process, data, plain);
      return 0;
    }
    const start = Math.min(numbers.get("s") ?? 0, data.length);
    const shown = data.slice(start, start + (numbers.get("l") ?? data.length));
    const columns = numbers.get("c") || (plain ? 30 : given.has("i") ? 12 : 16);
    const print = (text: string) => process.stdout(toBytes(text));
    const lines = () => {
      for (const line of pieces(shown, columns)) print(`${hexOf(line)}\n`);
    };
    if (given.has("i")) {
      const body = plain ? lines : () => printBytes(shown, columns, print);
      printInclude(path, start + shown.length, body, print);
    } else if (plain) lines();
    else {
      const group = numbers.get("g") || (given.has("g") ? columns : 2);
      printDump(shown, columns, group, start + (numbers.get("o") ?? 0), print);
    }
    return 0;
  },
);

function hexOf(bytes: string): string {
  return [...bytes].map((letter) => letter.charCodeAt(0).toString(16).padStart(2, "0")).join("");
}

function pieces(text: string, size: number): string[] {
  return Array.from({ length: Math.ceil(text.length / size) }, (_, at) =>
    text.slice(at * size, (at + 1) * size),
  );
}

function printDump(
  data: string,
  columns: number,
  group: number,
  start: number,
  print: (text: string) => void,
): void {
  const width = columns * 2 + Math.ceil(columns / group) - 1;
  for (const [at, line] of pieces(data, columns).entries()) {
    const address = (start + at * columns).toString(16).padStart(8, "0");
    const hex = pieces(line, group).map(hexOf).join(" ");
    print(`${address}: ${hex.padEnd(width)}  ${line.replace(/[^ -~]/g, ".")}\n`);
  }
}

function printBytes(data: string, columns: number, print: (text: string) => void): void {
  for (const line of pieces(data, columns)) {
    print(`  ${[...line].map((byte) => `0x${hexOf(byte)},`).join(" ")}\n`);
  }
}

/** @param end the offset of the end, which BusyBox takes for the length */
function printInclude(path: string, end: number, body: () => void, print: (text: string) => void): void {
  const symbol = path.replace(/^(\d)/, "__$1").replace(/[^A-Za-z0-9_]/g, "_");
  if (path !== "-") print(`unsigned char ${symbol}[] = {\n`);
  body();
  if (path !== "-") print(`};\nunsigned int ${symbol}_len = ${end};\n`);
}

/** Writes the bytes that a print shows. Without offsets, all hexadecimal digits count. */
function reverse(process: ProcessContext, text: string, plain: boolean): void {
  if (plain) {
    process.stdout(bytesOf(text.replace(/[^0-9a-fA-F]/g, "")));
    return;
  }
  let written = 0;
  for (const line of text.split("\n")) {
    const [, address, rest = ""] = /^\s*([0-9a-fA-F]+):(.*)$/.exec(line) ?? [];
    if (address === undefined) continue;
    const from = Number.parseInt(address, 16);
    if (from > written) process.stdout(new Uint8Array(from - written));
    // Two spaces part the digits from the letters.
    const bytes = bytesOf((rest.slice(1).split("  ", 1)[0] ?? "").replace(/[^0-9a-fA-F]/g, ""));
    process.stdout(bytes);
    written = Math.max(written, from) + bytes.length;
  }
}

function bytesOf(digits: string): Uint8Array {
  return Uint8Array.from(digits.match(/../g) ?? [], (pair) => Number.parseInt(pair, 16));
}
