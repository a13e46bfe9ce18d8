import { quotedText } from "./quote.js";

// Reads numbers and booleans as Go's strconv does, and refuses the others with strconv's messages.

/** The error for text that strconv cannot read. Its message is strconv's. */
export class InvalidNumber extends Error {}

const truths: Readonly<Record<string, boolean>> = {
  ...Object.fromEntries(["1", "t", "T", "TRUE", "true", "True"].map((text) => [text, true])),
  ...Object.fromEntries(["0", "f", "F", "FALSE", "false", "False"].map((text) => [text, false])),
};

/** Reads a boolean as strconv.ParseBool does. @throws {InvalidNumber} */
export function parseBoolean(text: string): boolean {
  const value = Object.hasOwn(truths, text) ? truths[text] : undefined;
  if (value === undefined) throw invalid("ParseBool", text, "invalid syntax");
  return value;
}

/** Reads an integer of 64 bits as strconv.Atoi does. @throws {InvalidNumber} */
export function parseInteger(text: string): number {
  if (!/^[+-]?\d+$/.test(text)) throw invalid("Atoi", text, "invalid syntax");
  const value = BigInt(text.replace(/^\+/, ""));
  if (BigInt.asIntN(64, value) !== value) throw invalid("Atoi", text, "value out of range");
  return Number(value);
}

/** Reads an unsigned integer as strconv.ParseUint does. @throws {InvalidNumber} */
export function parseUnsigned(text: string, bits: 32 | 64): number {
  if (!/^\d+$/.test(text)) throw invalid("ParseUint", text, "invalid syntax");
  if (BigInt(text) >= 1n << BigInt(bits)) throw invalid("ParseUint", text, "value out of range");
  return Number(text);
}

function invalid(reader: string, text: string, why: string): InvalidNumber {
  return new InvalidNumber(`strconv.${reader}: parsing ${quotedText(text)}: ${why}`);
}
