// Flags that are amounts: of bytes and of CPUs, as docker reads them.
import { FlagValueError } from "./errors.js";
import type { Flag, FlagOptions } from "./flags.js";
import { quoted } from "./quoted.js";

const factors: Readonly<Record<string, number>> = {
  k: 2 ** 10,
  m: 2 ** 20,
  g: 2 ** 30,
  t: 2 ** 40,
  p: 2 ** 50,
};

/** Reads an amount of bytes, such as `64m` or `1.5GiB`. @throws {FlagValueError} */
export function readBytes(value: string): number {
  const match = value.match(/^(.*[\d. ])([^\d. ]*)$/s);
  if (!match) throw new FlagValueError(`invalid size: '${value}'`);
  const [, digits = "", suffix = ""] = match;
  const number = digits.endsWith(" ") ? digits.slice(0, -1) : digits;
  if (!/^[+-]?(\d+\.?\d*|\.\d+)$/.test(number)) {
    throw new FlagValueError(`strconv.ParseFloat: parsing ${quoted(number)}: invalid syntax`);
  }
  const size = Number(number);
  if (size < 0) throw new FlagValueError(`invalid size: '${value}'`);
  if (suffix === "") return Math.trunc(size);
  const lower = suffix.toLowerCase();
  if (suffix.length > 3) throw new FlagValueError(`invalid suffix: '${suffix}'`);
  if (lower === "b") return Math.trunc(size);
  const factor = factors[lower[0]!];
  if (factor === undefined || !["", "b", "ib"].includes(lower.slice(1))) {
    throw new FlagValueError(`invalid suffix: '${lower}'`);
  }
  return Math.trunc(size * factor);
}

/** An amount of bytes. */
export function bytes(short?: string, options: FlagOptions = {}): Flag<number> {
  return { kind: "bytes", short, initial: 0, read: readBytes, ...options };
}

/** An amount of bytes, or -1 for no limit. */
export function bytesOrUnlimited(short?: string, options: FlagOptions = {}): Flag<number> {
  return {
    kind: "bytes",
    short,
    initial: 0,
    read: (value) => (value === "-1" ? -1 : readBytes(value)),
    ...options,
  };
}

/** CPUs, in billionths. */
export function cpus(options: FlagOptions = {}): Flag<number> {
  return {
    kind: "decimal",
    initial: 0,
    read(value) {
      const fraction = value.match(/^([+-]?\d+)\/(\d+)$/);
      const number = fraction ? Number(fraction[1]) / Number(fraction[2]) : Number(value);
      if (value.trim() === "" || !/^[+-]?[\d./eE+-]+$/.test(value) || !Number.isFinite(number)) {
        throw new FlagValueError(`failed to parse ${value} as a rational number`);
      }
      const nano = number * 1e9;
      if (Math.abs(nano - Math.round(nano)) > 1e-6) throw new FlagValueError("value is too precise");
      return Math.round(nano);
    },
    ...options,
  };
}
