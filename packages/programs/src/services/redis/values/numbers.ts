// Numbers as Redis reads and writes them.
import type { ByteText } from "../../../busybox/byte-text.js";

const least = -(2n ** 63n);
const greatest = 2n ** 63n - 1n;

/** Returns whether a number fits into 64 bits. */
export function isInRange(value: bigint): boolean {
  return value >= least && value <= greatest;
}

/** Reads an integer of 64 bits. No space, no `+` and no leading zero is allowed (`string2ll`). */
export function parseInteger(text: ByteText): bigint | undefined {
  if (text.length > 20 || !/^(?:0|-?[1-9][0-9]*)$/.test(text)) return undefined;
  const value = BigInt(text);
  return isInRange(value) ? value : undefined;
}

/** Reads a number as `strtod` does, and nothing behind it. Returns `undefined` for what is not a number. */
export function parseDouble(text: ByteText): number | undefined {
  if (/^[+-]?(?:\d+\.?\d*|\.\d+)(?:e[+-]?\d+)?$/i.test(text)) {
    const value = Number(text);
    // A finite text beyond what a double holds is out of range.
    return Number.isFinite(value) ? value : undefined;
  }
  const infinite = /^([+-]?)inf(?:inity)?$/i.exec(text);
  if (infinite) return infinite[1] === "-" ? Number.NEGATIVE_INFINITY : Number.POSITIVE_INFINITY;
  const hex = /^([+-]?)0x([0-9a-f]+)$/i.exec(text);
  if (hex) return (hex[1] === "-" ? -1 : 1) * Number.parseInt(hex[2] as string, 16);
  return undefined;
}

/** Writes a double with the fewest digits that say which one it is. */
export function formatDouble(value: number): string {
  if (value === Number.POSITIVE_INFINITY) return "inf";
  if (value === Number.NEGATIVE_INFINITY) return "-inf";
  if (Number.isNaN(value)) return "nan";
  if (value === 0) return Object.is(value, -0) ? "-0" : "0";
  if (Number.isInteger(value) && Math.abs(value) < 2 ** 62) return BigInt(value).toString();
  const [mantissa = "", exponent = ""] = Math.abs(value).toExponential().split("e");
  const digits = mantissa.replace(".", "");
  const sign = value < 0 ? "-" : "";
  const power = Number(exponent);
  const zeros = power - digits.length + 1;
  if (zeros >= 0 && power < digits.length + 7) return `${sign}${digits}${"0".repeat(zeros)}`;
  if (zeros < 0 && (zeros > -7 || Math.abs(power) < 4)) {
    const whole = digits.padStart(1 - zeros, "0");
    return `${sign}${whole.slice(0, zeros)}.${whole.slice(zeros)}`;
  }
  return `${sign}${mantissa}e${power < 0 ? "-" : "+"}${Math.abs(power)}`;
}
