import type { Program } from "@dryharbor/kernel";
import { readEscape } from "./escapes.js";

/** `echo [-neE] [TEXT]...`: prints its arguments. */
export const echo: Program = async ({ argv, stdout }) => {
  stdout(echoOutput(argv.slice(1)));
  return 0;
};

/** Returns the output of `echo`. Arguments that are not valid options are text. */
export function echoOutput(args: readonly string[]): Uint8Array {
  const words = [...args];
  let newline = true;
  let escapes = false;
  while (/^-[neE]+$/.test(words[0] ?? "")) {
    for (const letter of words.shift() as string) {
      if (letter === "n") newline = false;
      if (letter === "e") escapes = true;
    }
  }
  const end = newline ? "\n" : "";
  const text = words.join(" ");
  return escapes ? bytesOf(text, end) : new TextEncoder().encode(text + end);
}

/**
 * Replaces the escapes in a text. They stand for bytes, so the result is bytes. `\c` ends the output without
 * a newline.
 */
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
    const { byte, length } = readEscape(rest, true);
    bytes.push(byte);
    rest = rest.slice(length);
  }
  return Uint8Array.from([...bytes, ...encoder.encode(end)]);
}
