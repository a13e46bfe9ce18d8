import type { ByteText } from "../byte-text.js";
import { type Conversion, formatFloating, formatInteger, padded } from "../number-format.js";
import { AwkError } from "./awk-error.js";
import { asInt, asLong, numberOf, numeric, type Value } from "./value.js";

/**
 * Formats values as `printf` does.
 *
 * @param textOf returns the text of a value that is printed as a string
 * @throws {AwkError}
 */
export function formatted(
  format: ByteText,
  values: readonly Value[],
  textOf: (value: Value) => ByteText,
): ByteText {
  let result = "";
  let next = 0;
  for (let at = 0; at < format.length; ) {
    const literal = /(?:[^%]|%%)*/y;
    literal.lastIndex = at;
    const plain = literal.exec(format)?.[0] ?? "";
    result += plain.replaceAll("%%", "%");
    at += plain.length;
    if (at >= format.length) break;
    const rest = /^[^A-Za-z]*/.exec(format.slice(at))?.[0] ?? "";
    if (rest.includes("*")) throw new AwkError("%*x formats are not supported");
    const letter = format[at + rest.length];
    at += rest.length + 1;
    // At the end there is no conversion.
    if (letter === undefined) return result + rest;
    result += converted(`${rest}${letter}`, letter, values[next++], textOf);
  }
  return result;
}

function converted(
  specification: ByteText,
  letter: string,
  value: Value,
  textOf: (value: Value) => ByteText,
): ByteText {
  if (!/[csdiouxXeEfFgGaA]/.test(letter)) return specification;
  return specification.replace(
    /%(?:\d+\$)?([-+ #0']*)(\d*)(?:\.(\d*))?([A-Za-z%])/g,
    (_, flags: string, width: string, precision: string | undefined, found: string) => {
      if (found === "%") return "%";
      const conversion = {
        flags,
        width: Number(width),
        precision: precision === undefined ? undefined : Number(precision),
        letter,
      };
      return one(conversion, value, textOf);
    },
  );
}

function one(conversion: Conversion, value: Value, textOf: (value: Value) => ByteText): ByteText {
  const { letter, precision } = conversion;
  if (letter === "c") {
    const code = numeric(value);
    return padded(conversion, code === undefined ? textOf(value).slice(0, 1) || "\0" : character(code));
  }
  if (letter === "s") {
    const text = textOf(value);
    return padded(conversion, precision === undefined ? text : text.slice(0, precision));
  }
  if (!"diouxX".includes(letter)) return formatFloating(conversion, numberOf(value));
  return formatInteger(conversion, BigInt(asInt(numberOf(value))), 32);
}

function character(code: number): ByteText {
  return String.fromCharCode(asInt(code) & 0xff);
}

/**
 * Returns the text of a number: as a whole number if it is one, or else in the format of `CONVFMT` or `OFMT`.
 * @throws {AwkError} Numbers cannot be in that format.
 */
export function numberText(number: number, format: ByteText): ByteText {
  if (asLong(number) === number) return BigInt(number).toString();
  if (!/[diouxXeEfFgGaA]$/.test(format)) throw new AwkError("Invalid format specifier");
  return formatted(format, [number], () => "");
}
