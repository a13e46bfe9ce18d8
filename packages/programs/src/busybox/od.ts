import { FileError } from "@dryharbor/kernel";
import { applet } from "./applet.js";
import { fromBytes } from "./byte-text.js";
import { wholeFile } from "./input-file.js";
import { readNumber } from "./numbers.js";
import { type DumpType, dumpTypes } from "./od-types.js";

const help = `od [-abcdfhilovxs] [-t TYPE] [-A RADIX] [-N SIZE] [-j SKIP] [-S MINSTR] [-w WIDTH] [FILE]...

Print FILEs (or stdin) unambiguously, as octal bytes by default`;

/** The types that a letter of its own selects, in the order of their lines. */
const letters: Readonly<Record<string, string | undefined>> = {
  a: "a",
  b: "oC",
  c: "c",
  d: "u2",
  f: "fF",
  x: "x2",
  i: "dI",
  l: "dL",
  o: "o2",
  t: undefined,
  s: "d2",
};

interface Radix {
  readonly base: number;
  readonly width: number;
}

const radixes: Readonly<Record<string, Radix | undefined>> = {
  d: { base: 10, width: 7 },
  o: { base: 8, width: 7 },
  x: { base: 16, width: 6 },
  n: undefined,
};

const usual = 16;
const widthWithoutAddress = 69;
/** The width that `-w` alone selects. */
const wide = 32;

/** `od [-t TYPE] [FILE]...`: prints the bytes of files in octal and other forms. */
export const od = applet(
  { help, options: { flags: "abcdfhilosxv", values: "AjNtS", attached: "w" } },
  async (process, { name, given, operands }) => {
    const refuse = (problem: string): number => {
      process.stderr(`${name}: ${problem}\n`);
      return 1;
    };
    const radixName = given.get("A")?.at(-1) ?? "o";
    if (!Object.hasOwn(radixes, radixName)) {
      return refuse(`bad output address radix '${radixName}' (must be [doxn])`);
    }
    const number = (letter: string, otherwise: string) => sizeIn(given.get(letter)?.at(-1) || otherwise);
    const [skip, limit, least] = [number("j", "0"), number("N", String(2 ** 52)), number("S", "3")];
    const width = given.has("w") ? readNumber(given.get("w")?.at(-1) || String(wide), 1, 2 ** 31 - 1) : usual;
    for (const problem of [skip, limit, least, width])
      if (typeof problem === "string") return refuse(problem);

    const types: DumpType[] = [];
    for (const [letter, own] of Object.entries(letters)) {
      const isGiven = given.has(letter) || (letter === "x" && given.has("h"));
      for (const type of own === undefined ? (given.get(letter) ?? []) : isGiven ? [own] : []) {
        const read = dumpTypes(type);
        if (typeof read === "string") return refuse(read);
        types.push(...read);
      }
    }
    if (types.length === 0) types.push(...(dumpTypes("o2") as DumpType[]));
    // The fields of a line begin and end together.
    const whole = Math.max(...types.map(({ size }) => size));
    const isFitting = (width as number) % whole === 0;
    if (!isFitting) process.stderr(`${name}: warning: invalid width ${width}; using ${whole} instead\n`);

    const chunks: string[] = [];
    let code = 0;
    for (const path of operands.length > 0 ? operands : ["-"]) {
      try {
        chunks.push(fromBytes(await wholeFile(process, path)));
      } catch (error) {
        if (!(error instanceof FileError)) throw error;
        code = refuse(`${path}: ${error.message}`);
      }
    }
    if (code !== 0 && chunks.length === 0) return code;
    const all = chunks.join("");
    if (all.length < (skip as number)) return refuse("can't skip past end of combined input");
    const data = all.slice(skip as number, (skip as number) + (limit as number));
    const address = (at: number): string => {
      const radix = radixes[radixName];
      return radix ? (at + (skip as number)).toString(radix.base).padStart(radix.width, "0") : "";
    };
    const print = (text: string) => process.stdout(text);
    if (given.has("S")) printStrings(data, least as number, address, print);
    else
      printDump(
        data,
        { width: isFitting ? (width as number) : whole, whole, types, address, all: given.has("v") },
        print,
      );
    return code;
  },
);

function sizeIn(text: string): number | string {
  const [, digits, suffix = ""] = /^(0x[0-9a-f]+|\d+)([bkKmM]?)$/i.exec(text) ?? [];
  if (digits === undefined) return `invalid number '${text}'`;
  const factors: Readonly<Record<string, number>> = { "": 1, b: 512, k: 1024, m: 1024 ** 2 };
  const value = /^0\d/.test(digits) ? Number.parseInt(digits, 8) : Number(digits);
  return value * (factors[suffix.toLowerCase()] as number);
}

interface Dump {
  readonly width: number;
  /** The size of the largest type. */
  readonly whole: number;
  readonly types: readonly DumpType[];
  readonly all: boolean;
  address(at: number): string;
}

function printDump(
  data: string,
  { width, whole, types, all, address }: Dump,
  print: (text: string) => void,
): void {
  let before: string | undefined;
  let starred = false;
  // Without addresses, BusyBox takes a question mark for the width.
  const indent = " ".repeat(address(0).length || widthWithoutAddress);
  for (let at = 0; at < data.length; at += width) {
    const line = data.slice(at, at + width);
    const filled = line.padEnd(Math.ceil(line.length / whole) * whole, "\0");
    if (!all && filled === before) {
      if (!starred) print("*\n");
      starred = true;
      continue;
    }
    before = filled;
    starred = false;
    for (const [index, { size, width: field, shown, hasText }] of types.entries()) {
      let text = index === 0 ? address(at) : indent;
      for (let from = 0; from < filled.length; from += size) text += shown(filled.slice(from, from + size));
      if (hasText) {
        text += " ".repeat(Math.floor((width - filled.length) / size) * field);
        text += `  >${filled.replace(/[^ -~]/g, ".")}<`;
      }
      print(`${text}\n`);
    }
  }
  const end = address(data.length);
  if (end !== "") print(`${end}\n`);
}

/** Prints texts that a zero byte ends. */
function printStrings(
  data: string,
  least: number,
  address: (at: number) => string,
  print: (text: string) => void,
): void {
  let from = 0;
  for (let end = data.indexOf("\0"); end >= 0; end = data.indexOf("\0", from)) {
    const [text = ""] = /[\b-\r -~]*$/.exec(data.slice(from, end)) ?? [];
    if (text.length >= least) {
      const start = address(end - text.length);
      print(`${start === "" ? "" : `${start} `}${text.replace(/[\b-\r]/g, escaped)}\n`);
    }
    from = end + 1;
  }
}

function escaped(letter: string): string {
  return `\\${"btnvfr"[letter.charCodeAt(0) - 8]}`;
}
