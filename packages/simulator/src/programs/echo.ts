import type { Program } from "./program.js";

const simpleEscapes: Readonly<Record<string, number>> = {
  a: 7,
  b: 8,
  e: 27,
  f: 12,
  n: 10,
  r: 13,
  t: 9,
  v: 11,
  "\\": 92,
};

/** `echo [-neE] [TEXT]...`; what does not look like options is text. */
export const echo: Program = async ({ argv, stdout }) => {
  const words = argv.slice(1);
  let newline = true;
  let escapes = false;
  while (/^-[neE]+$/.test(words[0] ?? "")) {
    for (const letter of words.shift() as string) {
      if (letter === "n") newline = false;
      if (letter === "e") escapes = true;
    }
  }
  const end = newline ? "\n" : "";
  stdout(escapes ? bytesOf(words.join(" "), end) : words.join(" ") + end);
  return 0;
};

/** Octal and hexadecimal escapes stand for bytes, so the result is bytes. `\c` ends the output, without a newline. */
function bytesOf(text: string, end: string): Uint8Array {
  const bytes: number[] = [];
  const encoder = new TextEncoder();
  let rest = text;
  while (rest !== "") {
    const plain = /^[^\\]+/.exec(rest)?.[0];
    if (plain !== undefined) {
      bytes.push(...encoder.encode(plain));
      rest = rest.slice(plain.length);
      continue;
    }
    if (rest.startsWith("\\c")) return Uint8Array.from(bytes);
    const { byte, length } = readEscape(rest);
    bytes.push(byte);
    rest = rest.slice(length);
  }
  return Uint8Array.from([...bytes, ...encoder.encode(end)]);
}

/** Reads what follows a backslash; an unknown escape is the backslash itself. */
function readEscape(text: string): { byte: number; length: number } {
  const hex = /^\\x([0-9a-fA-F]{1,2})/.exec(text);
  if (hex) return { byte: Number.parseInt(hex[1] as string, 16), length: hex[0].length };
  const octal = /^\\(0?)([0-7]{0,3})/.exec(text);
  if (octal && octal[0].length > 1) {
    // Three digits beyond 255 are two digits and a character.
    const digits = octal[2] as string;
    const fitting = Number.parseInt(digits, 8) > 255 ? digits.slice(0, 2) : digits;
    return {
      byte: Number.parseInt(fitting || "0", 8),
      length: 1 + (octal[1] as string).length + fitting.length,
    };
  }
  const byte = simpleEscapes[text[1] ?? ""];
  return byte === undefined ? { byte: 92, length: 1 } : { byte, length: 2 };
}
