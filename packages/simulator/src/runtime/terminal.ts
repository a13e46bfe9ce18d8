import type { OutputName } from "./process.js";

type Output = (stream: OutputName, data: Uint8Array) => void;

const lineFeed = 10;
const carriageReturn = 13;

/** What becomes of a process's output: with a terminal all of it is one stream, whose lines end in CR LF. */
export function throughTerminal(tty: boolean, output: Output): Output {
  if (!tty) return output;
  return (_stream, data) => output("stdout", withCarriageReturns(data));
}

function withCarriageReturns(data: Uint8Array): Uint8Array {
  const bytes: number[] = [];
  for (const byte of data) {
    if (byte === lineFeed) bytes.push(carriageReturn);
    bytes.push(byte);
  }
  return Uint8Array.from(bytes);
}
