// The `long double` of x86, in which `INCRBYFLOAT` computes: a whole number of 64 bits times a power of two.
import type { ByteText } from "../../../busybox/byte-text.js";

/** A number: a fraction of whole numbers with a positive denominator. */
export interface LongDouble {
  readonly numerator: bigint;
  readonly denominator: bigint;
}

const precision = 64;
/** The digits behind the point that a sum is shown with. */
const places = 17;
/** The exponent of ten from which on a number is out of range. */
const greatestExponent = 4932;

/** Adds two numbers and writes the sum in decimal. */
export function sumOfLongDoubles(one: LongDouble, other: LongDouble): string {
  return format(
    rounded({
      numerator: one.numerator * other.denominator + other.numerator * one.denominator,
      denominator: one.denominator * other.denominator,
    }),
  );
}

/** Reads a number. Returns `undefined` for what is no number or not finite. */
export function parseLongDouble(text: ByteText): LongDouble | undefined {
  const parts = /^([+-]?)(?=\.?\d)(\d*)\.?(\d*)(?:e([+-]?\d+))?$/i.exec(text);
  if (!parts) return undefined;
  const [, sign, whole = "", behind = "", exponent = "0"] = parts;
  if (Math.abs(Number(exponent)) > greatestExponent) return undefined;
  const digits = BigInt(`${sign === "-" ? "-" : ""}${`${whole}${behind}` || "0"}`);
  const power = Number(exponent) - behind.length;
  return rounded(
    power >= 0
      ? { numerator: digits * 10n ** BigInt(power), denominator: 1n }
      : { numerator: digits, denominator: 10n ** BigInt(-power) },
  );
}

/** Rounds to the nearest number that a `long double` can be. Of two that are equally near the even one. */
function rounded({ numerator, denominator }: LongDouble): LongDouble {
  if (numerator === 0n) return { numerator: 0n, denominator: 1n };
  const magnitude = numerator < 0n ? -numerator : numerator;
  // The quotient has `precision` bits, or one more.
  let shift = precision - (bits(magnitude) - bits(denominator));
  let mantissa = quotient(magnitude, denominator, shift);
  if (bits(mantissa) > precision) {
    shift--;
    mantissa = quotient(magnitude, denominator, shift);
  }
  const signed = numerator < 0n ? -mantissa : mantissa;
  return shift >= 0
    ? { numerator: signed, denominator: 1n << BigInt(shift) }
    : { numerator: signed << BigInt(-shift), denominator: 1n };
}

function quotient(numerator: bigint, denominator: bigint, shift: number): bigint {
  return shift >= 0
    ? divided(numerator << BigInt(shift), denominator)
    : divided(numerator, denominator << BigInt(-shift));
}

/** Divides positive numbers and rounds to the nearest number, or to the even one of two. */
function divided(numerator: bigint, denominator: bigint): bigint {
  const whole = numerator / denominator;
  const twice = (numerator % denominator) * 2n;
  const isUp = twice > denominator || (twice === denominator && whole % 2n === 1n);
  return isUp ? whole + 1n : whole;
}

function bits(value: bigint): number {
  return value.toString(2).length;
}

function format({ numerator, denominator }: LongDouble): string {
  const isNegative = numerator < 0n;
  const magnitude = isNegative ? -numerator : numerator;
  const text = divided(magnitude * 10n ** BigInt(places), denominator)
    .toString()
    .padStart(places + 1, "0");
  const behind = text.slice(-places).replace(/0+$/, "");
  const shown = `${text.slice(0, -places)}${behind === "" ? "" : `.${behind}`}`;
  return isNegative && shown !== "0" ? `-${shown}` : shown;
}
