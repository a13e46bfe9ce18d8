// The types of `od -t`: how the bytes of a field are read and printed.
import { toBytes } from "./byte-text.js";

/** A type: the bytes of a field, and how they are shown with the space before them. */
export interface DumpType {
  readonly size: number;
  /** The width of a field. */
  readonly width: number;
  /** Whether the line ends with its bytes as text. */
  readonly hasText: boolean;
  shown(bytes: string): string;
}

const integerSizes: Readonly<Record<string, number>> = { C: 1, S: 2, I: 4, L: 8 };
const floatSizes: Readonly<Record<string, number>> = { F: 4, D: 8 };
/** The widths of fields of 1, 2, 4 and 8 bytes. */
const widths: Readonly<Record<string, readonly number[]>> = {
  d: [4, 6, 11, 20],
  o: [3, 6, 11, 22],
  u: [3, 5, 10, 20],
  x: [2, 4, 8, 16],
};
const bases: Readonly<Record<string, number>> = { d: 10, o: 8, u: 10, x: 16 };

/** Parses a type string, such as `x1`, `dI` or `cx1`. Returns the text of the error when it is none. */
export function dumpTypes(text: string): DumpType[] | string {
  const types: DumpType[] = [];
  let rest = text;
  const withText = (): boolean => {
    const is = rest.startsWith("z");
    if (is) rest = rest.slice(1);
    return is;
  };
  while (rest !== "") {
    const [, kind = "", size] = /^(.)(\d+|[CSILFD])?/.exec(rest) ?? [];
    rest = rest.slice(1);
    if (kind === "a" || kind === "c") {
      types.push({ size: 1, width: 4, shown: kind === "a" ? named : character, hasText: withText() });
      continue;
    }
    if (!(kind === "f" || kind in bases)) return `invalid character '${kind}' in type string '${text}'`;
    const isLetter = size !== undefined && (kind === "f" ? floatSizes : integerSizes)[size] !== undefined;
    let bytes = kind === "f" ? 8 : 4;
    if (size !== undefined && (isLetter || /^\d/.test(size))) {
      bytes = isLetter ? ((kind === "f" ? floatSizes : integerSizes)[size] as number) : Number(size);
      rest = rest.slice(size.length);
      // BusyBox takes nothing behind a number.
      if (!isLetter && rest !== "") bytes = 2 ** 32 - 1;
    }
    const isThere = kind === "f" ? [4, 8].includes(bytes) : [1, 2, 4, 8].includes(bytes);
    if (!isThere) {
      const what = kind === "f" ? "floating point" : "integral";
      return `invalid type string '${text}'; ${bytes}-byte ${what} type is not supported`;
    }
    const shown = kind === "f" ? float(bytes) : integer(kind, bytes);
    types.push({ size: bytes, width: shown("").length, shown, hasText: withText() });
  }
  return types;
}

function viewOf(bytes: string, size: number): DataView {
  const whole = new Uint8Array(size);
  whole.set(toBytes(bytes));
  return new DataView(whole.buffer);
}

function integer(kind: string, size: number): DumpType["shown"] {
  const width = widths[kind]?.[Math.log2(size)] as number;
  return (bytes) => {
    let value = 0n;
    for (const byte of new Uint8Array(viewOf(bytes, size).buffer).reverse())
      value = value * 256n + BigInt(byte);
    if (kind === "d") value = BigInt.asIntN(size * 8, value);
    const text = value.toString(bases[kind]);
    return ` ${kind === "o" || kind === "x" ? text.padStart(width, "0") : text.padStart(width)}`;
  };
}

function float(size: number): DumpType["shown"] {
  return (bytes) => {
    const view = viewOf(bytes, size);
    const value = size === 4 ? view.getFloat32(0, true) : view.getFloat64(0, true);
    const digits = size === 4 ? 7 : 15;
    const isNegative = view.getInt8(size - 1) < 0;
    return ` ${((isNegative ? "-" : "") + exponential(Math.abs(value), digits)).padStart(digits + 8)}`;
  };
}

/** Formats a number that is not negative as `%e` does. */
function exponential(value: number, digits: number): string {
  if (Number.isNaN(value)) return "nan";
  if (!Number.isFinite(value)) return "inf";
  return value.toExponential(digits).replace(/e([-+])(\d)$/, "e$10$2");
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

function character(letter: string): string {
  const shown =
    escapes[letter] ?? (/[ -~]/.test(letter) ? letter : letter.charCodeAt(0).toString(8).padStart(3, "0"));
  return ` ${shown.padStart(3)}`;
}

const names =
  "nul soh stx etx eot enq ack bel bs ht nl vt ff cr so si dle dc1 dc2 dc3 dc4 nak syn etb can em sub esc fs gs rs us sp".split(
    " ",
  );

/** Names a byte by its lower seven bits. */
function named(letter: string): string {
  const code = letter.charCodeAt(0) & 0x7f;
  return ` ${(code === 127 ? "del" : (names[code] ?? String.fromCharCode(code))).padStart(3)}`;
}
