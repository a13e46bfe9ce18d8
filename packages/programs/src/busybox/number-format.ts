// Numbers as C's `printf` writes them, for the programs `printf` and `awk`.

/** A conversion of a format, such as `%-5.2f`. */
export interface Conversion {
  readonly flags: string;
  readonly width: number;
  readonly precision: number | undefined;
  /** The letter of the conversion. */
  readonly letter: string;
}

/** Formats a whole number for `d`, `i`, `u`, `o`, `x` or `X`. @param bits the size of the number's type */
export function formatInteger(conversion: Conversion, value: bigint, bits: 32 | 64): string {
  const { flags, precision, letter } = conversion;
  const isSigned = letter === "d" || letter === "i";
  const base = letter === "o" ? 8 : letter.toLowerCase() === "x" ? 16 : 10;
  const magnitude = isSigned ? (value < 0n ? -value : value) : BigInt.asUintN(bits, value);
  let digits = precision === 0 && magnitude === 0n ? "" : magnitude.toString(base);
  if (letter === "X") digits = digits.toUpperCase();
  if (precision !== undefined) digits = digits.padStart(precision, "0");
  if (flags.includes("#") && magnitude !== 0n) {
    digits = base === 8 ? `0${digits}` : base === 16 ? `0${letter}${digits}` : digits;
  }
  return paddedNumber(conversion, isSigned ? signOf(flags, value < 0n) + digits : digits);
}

/** Formats a number for `f`, `F`, `e`, `E`, `g`, `G`, `a` or `A`. */
export function formatFloating(conversion: Conversion, value: number): string {
  const { flags, precision, letter } = conversion;
  const isNegative = value < 0 || Object.is(value, -0);
  const magnitude = Math.abs(value);
  const kind = letter.toLowerCase();
  let digits: string;
  if (Number.isNaN(value)) digits = "nan";
  else if (magnitude === Number.POSITIVE_INFINITY) digits = "inf";
  else if (kind === "f") digits = fixed(magnitude, precision ?? 6, flags.includes("#"));
  else if (kind === "e") digits = exponential(magnitude, precision ?? 6, flags.includes("#"));
  else if (kind === "g") digits = shortest(magnitude, precision === 0 ? 1 : (precision ?? 6), flags);
  else digits = hexadecimal(magnitude, precision);
  const text = signOf(flags, isNegative) + (letter === kind ? digits : digits.toUpperCase());
  return Number.isFinite(value) ? paddedNumber(conversion, text) : padded(conversion, text);
}

/** Pads a text to the width of a conversion. */
export function padded({ flags, width }: Conversion, text: string): string {
  return flags.includes("-") ? text.padEnd(width) : text.padStart(width);
}

function signOf(flags: string, isNegative: boolean): string {
  if (isNegative) return "-";
  return flags.includes("+") ? "+" : flags.includes(" ") ? " " : "";
}

function paddedNumber(conversion: Conversion, text: string): string {
  const { flags, width, precision, letter } = conversion;
  const hasZeros = flags.includes("0") && !flags.includes("-");
  if (!hasZeros || ("diouxX".includes(letter) && precision !== undefined)) return padded(conversion, text);
  const start = /^[-+ ]?(0[xX])?/.exec(text)?.[0] ?? "";
  return start + text.slice(start.length).padStart(width - start.length, "0");
}

function fixed(value: number, precision: number, keepsPoint: boolean): string {
  const digits = scaled(value, precision)
    .toString()
    .padStart(precision + 1, "0");
  const whole = digits.slice(0, digits.length - precision);
  return precision === 0 && !keepsPoint ? whole : `${whole}.${digits.slice(digits.length - precision)}`;
}

function exponential(value: number, precision: number, keepsPoint: boolean): string {
  const [digits, exponent] = significant(value, precision + 1);
  const point = precision > 0 || keepsPoint ? "." : "";
  const power = String(Math.abs(exponent)).padStart(2, "0");
  return `${digits.slice(0, 1)}${point}${digits.slice(1)}e${exponent < 0 ? "-" : "+"}${power}`;
}

function shortest(value: number, precision: number, flags: string): string {
  const keepsZeros = flags.includes("#");
  const [, exponent] = significant(value, precision);
  const text =
    exponent < -4 || exponent >= precision
      ? exponential(value, precision - 1, keepsZeros)
      : fixed(value, precision - 1 - exponent, keepsZeros);
  return keepsZeros ? text : text.replace(/(\.\d*?)0+(e|$)/, "$1$2").replace(/\.(e|$)/, "$1");
}

function hexadecimal(value: number, precision: number | undefined): string {
  const [mantissa, power] = binaryOf(value);
  if (mantissa === 0n) return precision ? `0x0.${"0".repeat(precision)}p+0` : "0x0p+0";
  const above = mantissa.toString(2).length - 1;
  let digits = mantissa << BigInt(52 - above);
  if (precision !== undefined && precision < 13) {
    const dropped = BigInt(4 * (13 - precision));
    digits = divided(digits, 1n << dropped) << dropped;
  }
  const fraction = (digits & ((1n << 52n) - 1n)).toString(16).padStart(13, "0");
  const shown =
    precision === undefined
      ? fraction.replace(/0+$/, "")
      : fraction.padEnd(precision, "0").slice(0, precision);
  const exponent = power + above;
  return `0x${digits >> 52n}${shown === "" ? "" : `.${shown}`}p${exponent < 0 ? "-" : "+"}${Math.abs(exponent)}`;
}

/** Returns the decimal digits of a number that is not negative, rounded to so many, and its exponent. */
function significant(value: number, count: number): [digits: string, exponent: number] {
  if (value === 0) return ["0".repeat(count), 0];
  // The shortest digits that JavaScript has for the number may be of the next power of ten.
  let exponent = Number(value.toExponential().split("e")[1]) - 1;
  for (;;) {
    const digits = scaled(value, count - 1 - exponent).toString();
    if (digits.length <= count) return [digits, exponent];
    exponent++;
  }
}

/** Returns a number times a power of ten, rounded to a whole number: exactly, and a half to the even one. */
function scaled(value: number, power: number): bigint {
  const [mantissa, binary] = binaryOf(value);
  let above = mantissa;
  let below = 1n;
  if (power >= 0) above *= 10n ** BigInt(power);
  else below *= 10n ** BigInt(-power);
  if (binary >= 0) above <<= BigInt(binary);
  else below <<= BigInt(-binary);
  return divided(above, below);
}

function divided(above: bigint, below: bigint): bigint {
  const quotient = above / below;
  const twice = 2n * (above - quotient * below);
  return twice > below || (twice === below && quotient % 2n === 1n) ? quotient + 1n : quotient;
}

/** Takes a number that is not negative apart: it is the mantissa times two to the power. */
function binaryOf(value: number): [mantissa: bigint, power: number] {
  const bits = new DataView(new ArrayBuffer(8));
  bits.setFloat64(0, value);
  const word = bits.getBigUint64(0);
  const exponent = Number(word >> 52n) & 0x7ff;
  const fraction = word & ((1n << 52n) - 1n);
  return exponent === 0 ? [fraction, -1074] : [fraction | (1n << 52n), exponent - 1075];
}
