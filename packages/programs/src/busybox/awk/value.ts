// The values of awk: numbers, strings, and what they are as each other.
import type { ByteText } from "../byte-text.js";

/**
 * The value of a variable: a number, a string that the program made, a text from outside, which counts as a
 * number if it looks like one, or `undefined`, which is both 0 and the empty string.
 */
export type Value = number | ByteText | OutsideText | undefined;

/** A text that did not come from the program: a field, an argument, a line that was read. */
export class OutsideText {
  #number: number | undefined | "unknown" = "unknown";

  constructor(readonly text: ByteText) {}

  /** The number that the whole text is, if it looks like one. */
  get number(): number | undefined {
    if (this.#number === "unknown") {
      const [number, length] = leadingNumber(this.text);
      const looksLikeNumber = this.text !== "" && /^[ \t-\r]*$/.test(this.text.slice(length));
      this.#number = looksLikeNumber ? number : undefined;
    }
    return this.#number;
  }
}

const leading =
  /^[ \t-\r]*([-+]?)(?:0x([0-9a-f]+(?:\.[0-9a-f]*)?|\.[0-9a-f]+)(?:p([-+]?\d+))?|(\d+\.?\d*(?:e[-+]?\d+)?|\.\d+(?:e[-+]?\d+)?)|(inf(?:inity)?)|nan)/i;

/** Reads the number at the beginning of a text like C's `strtod`, and tells how long it is. */
export function leadingNumber(text: ByteText): [number: number, length: number] {
  const match = leading.exec(text);
  if (!match) return [0, 0];
  const [whole, sign, hexadecimal, power, decimal, infinity] = match;
  const magnitude =
    decimal !== undefined
      ? Number(decimal)
      : hexadecimal !== undefined
        ? hexadecimalNumber(hexadecimal) * 2 ** Number(power ?? 0)
        : infinity !== undefined
          ? Number.POSITIVE_INFINITY
          : Number.NaN;
  return [sign === "-" ? -magnitude : magnitude, whole.length];
}

function hexadecimalNumber(digits: string): number {
  const [whole = "", fraction = ""] = digits.split(".");
  return Number(BigInt(`0x${whole}${fraction}` || 0)) / 16 ** fraction.length;
}

/** Returns a value as a number. A string counts as the number at its beginning. */
export function numberOf(value: Value): number {
  if (typeof value === "number") return value;
  if (value === undefined) return 0;
  return leadingNumber(typeof value === "string" ? value : value.text)[0];
}

/** Returns the number of a value that counts as one, and `undefined` for a string. */
export function numeric(value: Value): number | undefined {
  if (typeof value === "number") return value;
  if (value === undefined) return 0;
  return typeof value === "string" ? undefined : value.number;
}

/** Returns whether a value counts as true: a number that is not 0, or a string that is not empty. */
export function isTrue(value: Value): boolean {
  if (typeof value === "number") return value !== 0;
  if (value === undefined) return false;
  if (typeof value === "string") return value !== "";
  return value.number === undefined ? value.text !== "" : value.number !== 0;
}

const longest = 2 ** 63;

/** Converts a number to a 64-bit integer as C does on x86: what does not fit is the lowest integer. */
export function asLong(number: number): number {
  const whole = Math.trunc(number);
  return whole >= -longest && whole < longest ? whole + 0 : -longest;
}

/** Converts a number to a 32-bit integer as C does on x86: what does not fit is the lowest integer. */
export function asInt(number: number): number {
  const whole = Math.trunc(number);
  return whole >= -(2 ** 31) && whole < 2 ** 31 ? whole + 0 : -(2 ** 31);
}

/** Cuts a text at its first zero byte, where a string of C ends. */
export function untilZero(text: ByteText): ByteText {
  const end = text.indexOf("\0");
  return end < 0 ? text : text.slice(0, end);
}
