// Go's fmt: how values print, and printf with its verbs.
import { quoted } from "../command/quoted.js";
import { byBytes } from "./json.js";
import { fieldValue, isNil, stringType, unwrapped, type Value } from "./types.js";

/** A value as `%v` prints it. @param depth 0 for the value itself; pointers deeper inside are addresses */
export function printed(given: Value | undefined, depth = 0, plus = false): string {
  const value = unwrapped(given);
  if (!value) return "<nil>";
  const { type } = value;
  if ("show" in type && type.show) return type.show(value.value as never);
  switch (type.kind) {
    case "time":
      return goTime(value.value as string);
    case "textual":
      return (value.value as string) || type.zero;
    case "float":
      return goFloat(value.value as number);
    case "pointer": {
      if (isNil(value.value)) return "<nil>";
      if (type.to.kind === "struct" && type.to.show) return type.to.show(value.value as never);
      if (depth > 0) return "0xc000000000";
      const inner = printed({ type: type.to, value: value.value }, 1, plus);
      return ["struct", "map", "slice"].includes(type.to.kind) ? `&${inner}` : "0xc000000000";
    }
    case "slice":
      return `[${((value.value ?? []) as unknown[])
        .map((item) => printed({ type: type.of, value: item }, depth + 1, plus))
        .join(" ")}]`;
    case "map":
      return `map[${sortedKeys(value)
        .map(
          (key) =>
            `${key}:${printed({ type: type.of, value: (value.value as Record<string, unknown>)[key] }, depth + 1, plus)}`,
        )
        .join(" ")}]`;
    case "struct":
      return `{${type.fields
        .map((field) => {
          const text = printed(fieldValue(field, value.value), depth + 1, plus);
          return plus ? `${field.name}:${text}` : text;
        })
        .join(" ")}}`;
    case "methods":
      return `{${type.name}}`;
    default:
      return String(value.value);
  }
}

/** The keys of a map in Go's order. */
export function sortedKeys({ type, value }: Value): string[] {
  const keys = Object.keys((value ?? {}) as object);
  const key = type.kind === "map" ? type.key : stringType;
  if (key.kind === "textual") return keys.sort(key.order ?? byBytes);
  return keys.sort(key.kind === "string" ? byBytes : (a, b) => Number(a) - Number(b));
}

/** A time of RFC 3339 as Go's time.Time prints itself. */
function goTime(text: string): string {
  const match = text.match(/^(\S+)T([\d:]+)(\.\d+)?(Z|[+-]\d\d:\d\d)$/);
  if (!match) return text;
  const [, date, time, fraction = "", zone = "Z"] = match;
  const digits = fraction.replace(/0+$/, "").replace(/^\.$/, "");
  return `${date} ${time}${digits} ${zone === "Z" ? "+0000 UTC" : `${zone.replace(":", "")} ${zone.replace(":", "")}`}`;
}

/** A number as `%v` prints a float64. */
function goFloat(value: number): string {
  if (Number.isNaN(value)) return "NaN";
  if (!Number.isFinite(value)) return value > 0 ? "+Inf" : "-Inf";
  const magnitude = Math.abs(value);
  if (magnitude !== 0 && (magnitude < 1e-4 || magnitude >= 1e21)) return exponent(value.toExponential());
  return Object.is(value, -0) ? "-0" : String(value);
}

/** Go writes at least two digits of an exponent. */
function exponent(text: string): string {
  return text.replace(/e([+-])(\d)$/, "e$10$2");
}

/** fmt.Sprint: spaces between operands when neither is a text. */
export function sprint(values: readonly (Value | undefined)[]): string {
  let result = "";
  values.forEach((value, index) => {
    const isText = (each: Value | undefined) => unwrapped(each)?.type.kind === "string" && !isNil(each);
    if (index > 0 && !isText(value) && !isText(values[index - 1])) result += " ";
    result += printed(value);
  });
  return result;
}

/** fmt.Sprintln. */
export function sprintln(values: readonly (Value | undefined)[]): string {
  return `${values.map((value) => printed(value)).join(" ")}\n`;
}

/** fmt.Sprintf. */
export function sprintf(format: string, values: readonly (Value | undefined)[]): string {
  let result = "";
  let next = 0;
  let reordered = false;
  const characters = [...format];
  for (let at = 0; at < characters.length; at++) {
    const character = characters[at]!;
    if (character !== "%") {
      result += character;
      continue;
    }
    at++;
    const flags = { plus: false, minus: false, sharp: false, space: false, zero: false };
    for (; "+-# 0".includes(characters[at] ?? "x"); at++) {
      const flag = characters[at];
      if (flag === "+") flags.plus = true;
      else if (flag === "-") {
        flags.minus = true;
        flags.zero = false;
      } else if (flag === "#") flags.sharp = true;
      else if (flag === " ") flags.space = true;
      else flags.zero = !flags.minus;
    }
    const index = (): void => {
      if (characters[at] !== "[") return;
      const end = characters.indexOf("]", at);
      next = Number(characters.slice(at + 1, end).join("")) - 1;
      reordered = true;
      at = end + 1;
    };
    const number = (): number | undefined => {
      if (characters[at] === "*") {
        at++;
        const value = unwrapped(values[next++]);
        return typeof value?.value === "number" ? value.value : undefined;
      }
      let digits = "";
      while (/\d/.test(characters[at] ?? "")) digits += characters[at++];
      return digits === "" ? undefined : Number(digits);
    };
    index();
    let width = number();
    if (width !== undefined && width < 0) {
      flags.minus = true;
      flags.zero = false;
      width = -width;
    }
    let precision: number | undefined;
    if (characters[at] === ".") {
      at++;
      index();
      precision = number() ?? 0;
    }
    index();
    const verb = characters[at];
    if (verb === undefined) {
      result += "%!(NOVERB)";
      break;
    }
    if (verb === "%") {
      result += "%";
      continue;
    }
    if (next >= values.length || next < 0) {
      result += `%!${verb}(${reordered ? "BADINDEX" : "MISSING"})`;
      continue;
    }
    result += formatted(verb, values[next++], { ...flags, width, precision });
  }
  if (!reordered && next < values.length) {
    const extra = values.slice(next).map((value) => {
      const plain = unwrapped(value);
      return plain ? `${plain.type.name}=${printed(plain)}` : "<nil>";
    });
    result += `%!(EXTRA ${extra.join(", ")})`;
  }
  return result;
}

interface Style {
  readonly plus: boolean;
  readonly minus: boolean;
  readonly sharp: boolean;
  readonly space: boolean;
  readonly zero: boolean;
  readonly width: number | undefined;
  readonly precision: number | undefined;
}

function formatted(verb: string, given: Value | undefined, style: Style): string {
  const value = unwrapped(given);
  if (verb === "T") return padded(value?.type.name ?? "<nil>", style);
  if (!value) return padded(verb === "v" ? "<nil>" : `%!${verb}(<nil>)`, style);
  const { type } = value;
  if (verb === "v" && style.sharp) return padded(goSyntax(value), style);
  if (type.kind === "textual" && /^[vsqxX]$/.test(verb))
    return formatted(verb, { type: stringType, value: printed(value) }, style);
  const bad = () => `%!${verb}(${type.name}=${printed(value)})`;
  if (type.kind === "slice" && verb !== "v") {
    const items = (value.value ?? []) as unknown[];
    return `[${items.map((item) => formatted(verb, { type: type.of, value: item }, style)).join(" ")}]`;
  }
  if (type.kind === "map" && verb !== "v") {
    const map = value.value as Record<string, unknown>;
    return `map[${sortedKeys(value)
      .map(
        (key) =>
          `${formatted(verb, { type: type.key, value: key }, style)}:${formatted(verb, { type: type.of, value: map[key] }, style)}`,
      )
      .join(" ")}]`;
  }
  switch (type.kind) {
    case "string": {
      const text =
        style.precision === undefined
          ? (value.value as string)
          : [...(value.value as string)].slice(0, style.precision).join("");
      switch (verb) {
        case "v":
        case "s":
          return padded(text, style);
        case "q":
          return padded(style.sharp && !text.includes("`") ? `\`${text}\`` : quoted(text), style);
        case "x":
        case "X": {
          const bytes = [...new TextEncoder().encode(text)].map((byte) => byte.toString(16).padStart(2, "0"));
          const hex = bytes.join(style.space ? " " : "");
          const whole = style.sharp && hex !== "" ? `0x${hex}` : hex;
          return padded(verb === "X" ? whole.toUpperCase() : whole, style);
        }
        default:
          return bad();
      }
    }
    case "bool":
      return verb === "v" || verb === "t" ? padded(String(value.value), style) : bad();
    case "int":
    case "uint":
      return wholeFormatted(verb, value.value as number, style) ?? bad();
    case "float":
      return floatFormatted(verb, value.value as number, style) ?? bad();
    default:
      if (verb === "v" || verb === "s") return padded(printed(value, 0, style.plus), style);
      if (verb === "d" && type.kind === "struct") return padded(printed(value), style);
      return bad();
  }
}

function wholeFormatted(verb: string, value: number, style: Style): string | undefined {
  const base = { d: 10, v: 10, b: 2, o: 8, O: 8, x: 16, X: 16 }[verb];
  if (base !== undefined) {
    let digits = Math.abs(value).toString(base);
    if (style.precision !== undefined) digits = digits.padStart(style.precision, "0");
    if (verb === "X") digits = digits.toUpperCase();
    const prefix =
      verb === "O" ? "0o" : style.sharp ? ({ b: "0b", o: "0", x: "0x", X: "0X" }[verb] ?? "") : "";
    const sign = value < 0 ? "-" : style.plus ? "+" : style.space ? " " : "";
    if (style.zero && style.width !== undefined && style.precision === undefined) {
      digits = digits.padStart(style.width - sign.length, "0");
    }
    return padded(sign + prefix + digits, { ...style, zero: false });
  }
  if (verb === "c") return padded(String.fromCodePoint(value), style);
  if (verb === "q") return padded(quoted(String.fromCodePoint(value), "'"), style);
  if (verb === "U") return padded(`U+${value.toString(16).toUpperCase().padStart(4, "0")}`, style);
  return undefined;
}

function floatFormatted(verb: string, value: number, style: Style): string | undefined {
  const { precision } = style;
  const text = (() => {
    switch (verb) {
      case "v":
      case "g":
      case "G": {
        if (precision === undefined) return goFloat(value);
        const short = value.toPrecision(Math.max(1, precision));
        return exponent(
          short.includes("e")
            ? short.replace(/\.?0+e/, "e")
            : short.includes(".")
              ? short.replace(/\.?0+$/, "")
              : short,
        );
      }
      case "f":
      case "F":
        return fixed(value, precision ?? 6);
      case "e":
      case "E":
        return exponent(value.toExponential(precision ?? 6));
      default:
        return undefined;
    }
  })();
  if (text === undefined) return undefined;
  const cased = verb === "E" || verb === "G" ? text.toUpperCase() : text;
  const signed = value >= 0 && style.plus ? `+${cased}` : value >= 0 && style.space ? ` ${cased}` : cased;
  if (style.zero && style.width !== undefined) {
    const sign = /^[+-]/.test(signed) ? signed[0]! : "";
    return sign + signed.slice(sign.length).padStart(style.width - sign.length, "0");
  }
  return padded(signed, style);
}

/** A number with so many decimal places. Of two that are equally near, the even one, as in Go. */
function fixed(value: number, places: number): string {
  const scaled = value * 10 ** places;
  if (!Number.isInteger(scaled * 2) || Number.isInteger(scaled)) return value.toFixed(places);
  const below = Math.floor(scaled);
  return ((below % 2 === 0 ? below : below + 1) / 10 ** places).toFixed(places);
}

function padded(text: string, { width, minus, zero }: Pick<Style, "width" | "minus" | "zero">): string {
  if (width === undefined) return text;
  const missing = Math.max(0, width - [...text].length);
  return minus ? text + " ".repeat(missing) : (zero ? "0" : " ").repeat(missing) + text;
}

/** `%#v`. */
function goSyntax(given: Value | undefined): string {
  const value = unwrapped(given);
  if (!value) return "interface {}(nil)";
  const { type } = value;
  switch (type.kind) {
    case "string":
    case "time":
      return quoted(String(value.value));
    case "slice":
      if (isNil(value.value)) return `${type.name}(nil)`;
      return `${type.name}{${(value.value as unknown[]).map((item) => goSyntax({ type: type.of, value: item })).join(", ")}}`;
    case "map": {
      if (isNil(value.value)) return `${type.name}(nil)`;
      const map = value.value as Record<string, unknown>;
      return `${type.name}{${sortedKeys(value)
        .map((key) => `${quoted(key)}:${goSyntax({ type: type.of, value: map[key] })}`)
        .join(", ")}}`;
    }
    case "pointer":
      return isNil(value.value)
        ? `(${type.name})(nil)`
        : `&${goSyntax({ type: type.to, value: value.value })}`;
    case "struct":
      return `${type.name}{${type.fields
        .map((field) => `${field.name}:${goSyntax(fieldValue(field, value.value))}`)
        .join(", ")}}`;
    default:
      return printed(value);
  }
}
