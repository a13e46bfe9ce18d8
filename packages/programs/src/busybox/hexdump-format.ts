// The format strings of `hexdump -e`: units such as `16/1 "%02x "`, each with a count, a size and a text.
import { toBytes } from "./byte-text.js";
import { readEscape } from "./escapes.js";

/** A format: what it makes of a block of bytes, and what it says at the end. */
export interface DumpFormat {
  /** The number of bytes that it takes. */
  readonly size: number;
  /** @param size the bytes of a block, of which the last one may have fewer */
  shown(block: string, offset: number, size: number): string;
  /** What `%_A` makes of the offset of the end. */
  readonly end: ((offset: number) => string) | undefined;
}

interface Conversion {
  readonly flags: string;
  readonly width: number;
  readonly precision: number | undefined;
  /** The letter, with an underscore before those of hexdump. */
  readonly letter: string;
  readonly size: number;
}

type Part = string | Conversion;

interface Unit {
  readonly count: number;
  readonly parts: readonly Part[];
  /** Whether the count stood there, and not was found from the size of a block. */
  readonly isCounted: boolean;
}

/** Parses a format. Returns the text of the error when it is none. */
export function readDumpFormat(text: string): DumpFormat | string {
  const units: Unit[] = [];
  let rest = text.trimStart();
  while (rest !== "") {
    const match = /^(?:(\d+)?\s*\/\s*(\d+)\s*|(\d+)\s*)?"((?:[^"\\]|\\.)*)"\s*/s.exec(rest);
    if (!match) return `bad format {${text}}`;
    const [whole, count, size, lone, body = ""] = match;
    const repeats = count ?? lone;
    const parts = partsOf(body, size === undefined ? undefined : Number(size));
    if (typeof parts === "string") return parts;
    units.push({
      count: repeats === undefined ? 1 : Number(repeats),
      parts,
      isCounted: repeats !== undefined,
    });
    rest = rest.slice(whole.length);
  }
  const bytesOf = ({ parts, count }: Unit) =>
    count * parts.reduce((sum, part) => sum + (typeof part === "string" ? 0 : part.size), 0);
  const size = units.reduce((sum, unit) => sum + bytesOf(unit), 0);
  const atEnd = units.find(({ parts }) =>
    parts.some((part) => typeof part !== "string" && part.letter.startsWith("_A")),
  );
  return {
    size,
    shown: (block, offset, whole) => (atEnd ? "" : written(units, block, offset, whole, bytesOf)),
    end:
      atEnd &&
      ((offset) =>
        atEnd.parts.map((part) => (typeof part === "string" ? part : addressed(part, offset))).join("")),
  };
}

function partsOf(body: string, size: number | undefined): Part[] | string {
  const parts: Part[] = [];
  let text = "";
  for (let at = 0; at < body.length; ) {
    if (body[at] === "\\") {
      const { byte, length } = readEscape(body.slice(at), false);
      text += String.fromCharCode(byte);
      at += length;
      continue;
    }
    const match = /^%([-+ #0]*)(\d*)(?:\.(\d*))?(_[aA][dox]|_[cpu]|[a-zA-Z%])/.exec(body.slice(at));
    if (body[at] !== "%" || match?.[4] === "%") {
      text += body[at];
      at += match ? match[0].length : 1;
      continue;
    }
    if (!match) return `bad conversion character %${body.slice(at + 1)}`;
    const [whole, flags = "", width = "", precision, letter = ""] = match;
    if (!/^(_.*|[cdiouxXeEfgGs])$/.test(letter)) return `bad conversion character %${letter}`;
    if (text !== "") parts.push(text);
    text = "";
    parts.push({
      flags,
      width: Number(width || 0),
      precision: precision === undefined ? undefined : Number(precision || 0),
      letter,
      size: sizeOf(letter, size, precision),
    });
    at += whole.length;
  }
  if (text !== "") parts.push(text);
  return parts;
}

function sizeOf(letter: string, size: number | undefined, precision: string | undefined): number {
  if (/^_[aA]/.test(letter)) return 0;
  if (/^(_.|c)$/.test(letter)) return size ?? 1;
  if (letter === "s") return size ?? Number(precision || 1);
  return size ?? (/[eEfgG]/.test(letter) ? 8 : 4);
}

function written(
  units: readonly Unit[],
  block: string,
  offset: number,
  size: number,
  bytesOf: (unit: Unit) => number,
): string {
  let out = "";
  let at = 0;
  const taken = units.reduce((sum, unit) => sum + bytesOf(unit), 0);
  for (const [index, unit] of units.entries()) {
    // The last unit goes on to the end of the block, if it has no count.
    const each = bytesOf({ ...unit, count: 1 });
    const isOpen = index === units.length - 1 && !unit.isCounted && each > 0;
    const count = isOpen ? unit.count + Math.floor((size - taken) / each) : unit.count;
    for (let repeat = 0; repeat < count; repeat++) {
      const isLast = repeat === count - 1 && count > 1;
      for (const [place, part] of unit.parts.entries()) {
        if (typeof part !== "string") {
          out += part.letter.startsWith("_a")
            ? addressed(part, offset + at)
            : converted(part, block.slice(at, at + part.size), at >= block.length);
          at += part.size;
        } else out += isLast && place === unit.parts.length - 1 ? part.trimEnd() : part;
      }
    }
  }
  return out;
}

function addressed({ flags, width, precision, letter }: Conversion, offset: number): string {
  const base = { d: 10, o: 8, x: 16 }[letter[2] as string] as number;
  return padded(offset.toString(base).padStart(precision ?? 0, "0"), flags, width);
}

function padded(text: string, flags: string, width: number): string {
  if (flags.includes("-")) return text.padEnd(width);
  return text.padStart(width, flags.includes("0") ? "0" : " ");
}

function converted(
  { flags, width, precision, letter, size }: Conversion,
  bytes: string,
  isOver: boolean,
): string {
  // Where there are no bytes any more, spaces keep the place.
  if (isOver) return " ".repeat(width);
  const data = new Uint8Array(size);
  data.set(toBytes(bytes));
  const first = String.fromCharCode(data[0] as number);
  if (letter === "c" || letter === "_p") {
    const shown = letter === "_p" && !/[ -~]/.test(first) ? "." : first;
    return padded(shown, flags, width);
  }
  if (letter === "_c") return padded(characterNamed(first), flags, width);
  if (letter === "_u") return padded(controlNamed(first), flags, width);
  if (letter === "s") return padded(bytes.slice(0, precision ?? size), flags, width);
  if (/[eEfgG]/.test(letter)) {
    const view = new DataView(data.buffer);
    const value = size === 4 ? view.getFloat32(0, true) : view.getFloat64(0, true);
    return padded(
      /[fF]/.test(letter) ? value.toFixed(precision ?? 6) : value.toExponential(precision ?? 6),
      flags,
      width,
    );
  }
  let value = 0n;
  for (const byte of data.reverse()) value = value * 256n + BigInt(byte);
  if (letter === "d" || letter === "i") value = BigInt.asIntN(size * 8, value);
  const text = value.toString({ o: 8, x: 16, X: 16 }[letter] ?? 10).padStart(precision ?? 0, "0");
  return padded(letter === "X" ? text.toUpperCase() : text, flags, width);
}

const escapes: Readonly<Record<string, string>> = {
  "\0": "\\0",
  "\x07": "\\a",
  "\b": "\\b",
  "\f": "\\f",
  "\n": "\\n",
  "\r": "\\r",
  "\t": "\\t",
  "\v": "\\v",
};

function characterNamed(letter: string): string {
  if (escapes[letter]) return escapes[letter];
  return /[ -~]/.test(letter) ? letter : letter.charCodeAt(0).toString(8).padStart(3, "0");
}

const controls =
  "nul soh stx etx eot enq ack bel bs ht lf vt ff cr so si dle dcl dc2 dc3 dc4 nak syn etb can em sub esc fs gs rs us".split(
    " ",
  );

function controlNamed(letter: string): string {
  const code = letter.charCodeAt(0);
  if (code === 127) return "del";
  return controls[code] ?? (code < 127 ? letter : code.toString(16));
}
