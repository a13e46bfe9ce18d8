import { applet } from "./applet.js";
import { byteText } from "./byte-text.js";
import { readEscape } from "./escapes.js";

const help = `tr [-cds] STRING1 [STRING2]

Translate, squeeze, or delete characters from stdin, writing to stdout

	-c	Take complement of STRING1
	-d	Delete input characters coded STRING1
	-s	Squeeze multiple output characters of STRING2 into one character`;

/** `tr [-cds] STRING1 [STRING2]`: replaces, squeezes or deletes characters. */
export const tr = applet(
  { help, options: { flags: "cCds", first: true } },
  async (process, { given, operands, usage }) => {
    const [first, second] = operands;
    if (first === undefined || operands.length > 2) return usage(process);
    const given1 = expanded(byteText(first));
    const from = given.has("c") || given.has("C") ? complement(given1) : given1;
    const to = second === undefined ? [] : expanded(byteText(second));
    const deletes = given.has("d");
    const translated = new Map<number, number>();
    if (!deletes && to.length > 0) {
      for (const [index, byte] of from.entries()) {
        if (!translated.has(byte) || given1 === from)
          translated.set(byte, to[Math.min(index, to.length - 1)] as number);
      }
    }
    const deleted = new Set(deletes ? from : []);
    const squeezed = new Set(given.has("s") ? (to.length > 0 ? to : from) : []);
    let last = -1;
    for await (const chunk of process.stdin) {
      const bytes: number[] = [];
      for (const byte of chunk) {
        if (deleted.has(byte)) continue;
        const shown = translated.get(byte) ?? byte;
        if (shown === last && squeezed.has(shown)) continue;
        last = shown;
        bytes.push(shown);
      }
      process.stdout(Uint8Array.from(bytes));
      await process.caughtUp();
    }
    return 0;
  },
);

function complement(bytes: readonly number[]): number[] {
  const without = new Set(bytes);
  return Array.from({ length: 256 }, (_, byte) => byte).filter((byte) => !without.has(byte));
}

const range = (from: number, to: number): number[] =>
  Array.from({ length: Math.max(0, to - from + 1) }, (_, index) => from + index);
const codes = (text: string): number[] => [...text].map((letter) => letter.charCodeAt(0));

const classes: Readonly<Record<string, readonly number[]>> = {
  alpha: [...range(65, 90), ...range(97, 122)],
  digit: range(48, 57),
  alnum: [...range(48, 57), ...range(65, 90), ...range(97, 122)],
  lower: range(97, 122),
  upper: range(65, 90),
  space: [...range(9, 13), 32],
  blank: [9, 32],
  punct: [...range(33, 47), ...range(58, 64), ...range(91, 96), ...range(123, 126)],
  cntrl: [...range(0, 31), 127],
  xdigit: [...range(48, 57), ...range(65, 70), ...range(97, 102)],
  graph: range(33, 126),
  print: range(32, 126),
};

/** Expands the ranges, classes and escapes of a set to bytes. */
function expanded(text: string): number[] {
  const bytes: number[] = [];
  let rest = text;
  while (rest !== "") {
    const named = /^\[:(\w+):\]/.exec(rest);
    const members = named && classes[named[1] as string];
    if (named && members) {
      bytes.push(...members);
      rest = rest.slice(named[0].length);
      continue;
    }
    const equal = /^\[=(.)=\]/.exec(rest);
    if (equal) {
      bytes.push(...codes(equal[1] as string));
      rest = rest.slice(equal[0].length);
      continue;
    }
    const low = single(rest);
    rest = rest.slice(low.length);
    if (rest.startsWith("-") && rest.length > 1) {
      const high = single(rest.slice(1));
      rest = rest.slice(1 + high.length);
      bytes.push(...range(low.byte, high.byte));
    } else bytes.push(low.byte);
  }
  return bytes;
}

function single(text: string): { byte: number; length: number } {
  if (text.startsWith("\\") && text.length > 1) {
    const found = readEscape(text, false);
    if (found.length > 1) return found;
    return { byte: text.charCodeAt(1), length: 2 };
  }
  return { byte: text.charCodeAt(0), length: 1 };
}
