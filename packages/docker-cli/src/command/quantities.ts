// Flags for amounts: memory, CPUs and spans of time, as docker and Go read them.
import { FlagValueError } from "./errors.js";
import type { Flag, FlagOptions } from "./flags.js";
import { quoted } from "./quoted.js";

const multiples: Readonly<Record<string, number>> = {
  k: 2 ** 10,
  m: 2 ** 20,
  g: 2 ** 30,
  t: 2 ** 40,
  p: 2 ** 50,
};

/** Bytes, such as `64m` or `1.5GiB`. */
export function bytes(short?: string, options: FlagOptions = {}): Flag<number> {
  return { kind: "bytes", short, initial: 0, read: readBytes, ...options };
}

/** Bytes, or `-1` for no limit. */
export function swapBytes(options: FlagOptions = {}): Flag<number> {
  return { kind: "bytes", initial: 0, read: (value) => (value === "-1" ? -1 : readBytes(value)), ...options };
}

/** A number of CPUs, such as `1.5`, in billionths of one. */
export function cpus(options: FlagOptions = {}): Flag<number> {
  return { kind: "decimal", initial: 0, read: readCpus, ...options };
}

/** A span of time, such as `1m30s`, in nanoseconds. */
export function duration(options: FlagOptions = {}): Flag<number> {
  return { kind: "duration", initial: 0, read: readDuration, ...options };
}

/** Reads an amount of memory. @throws {FlagValueError} */
export function readBytes(value: string): number {
  const at = Math.max(...[..."0123456789. "].map((character) => value.lastIndexOf(character)));
  if (at < 0) throw new FlagValueError(`invalid size: '${value}'`);
  const number = value[at] === " " ? value.slice(0, at) : value.slice(0, at + 1);
  const suffix = value.slice(at + 1).toLowerCase();
  if (!/^[+-]?(\d+\.?\d*|\.\d+)(e[+-]?\d+)?$/i.test(number)) {
    throw new FlagValueError(`strconv.ParseFloat: parsing ${quoted(number)}: invalid syntax`);
  }
  const size = Number(number);
  if (size < 0) throw new FlagValueError(`invalid size: '${value}'`);
  if (suffix === "" || suffix === "b") return Math.trunc(size);
  const multiple = /^[kmgtp](b|ib)?$/.test(suffix) ? multiples[suffix[0] as string] : undefined;
  if (multiple === undefined) {
    throw new FlagValueError(`invalid suffix: '${suffix.length > 3 ? value.slice(at + 1) : suffix}'`);
  }
  return Math.trunc(size * multiple);
}

function readCpus(value: string): number {
  const fraction = /^([+-]?\d+)\/(\d+)$/.exec(value);
  const number = fraction ? Number(fraction[1]) / Number(fraction[2]) : Number(value);
  if (value.trim() !== value || value === "" || !Number.isFinite(number)) {
    throw new FlagValueError(`failed to parse ${value} as a rational number`);
  }
  const decimals = /^[+-]?\d*\.?(\d*?)0*$/.exec(value)?.[1]?.length ?? 0;
  if (decimals > 9) throw new FlagValueError("value is too precise");
  return Math.round(number * 1e9);
}

const spans: Readonly<Record<string, number>> = {
  ns: 1,
  us: 1e3,
  µs: 1e3,
  μs: 1e3,
  ms: 1e6,
  s: 1e9,
  m: 60e9,
  h: 3600e9,
};

/** Reads a span of time as Go's time.ParseDuration does. @returns nanoseconds @throws {FlagValueError} */
export function readDuration(value: string): number {
  const invalid = (): FlagValueError => new FlagValueError(`time: invalid duration ${quoted(value)}`);
  let rest = value.replace(/^[+-]/, "");
  if (rest === "0") return 0;
  if (rest === "") throw invalid();
  let sum = 0;
  while (rest !== "") {
    const [whole = "", number = ""] = /^(\d+\.?\d*|\.\d+)/.exec(rest) ?? [];
    if (whole === "") throw invalid();
    rest = rest.slice(whole.length);
    const [unit = ""] = /^[^\d.]+/.exec(rest) ?? [];
    if (unit === "") throw new FlagValueError(`time: missing unit in duration ${quoted(value)}`);
    const span = spans[unit];
    if (span === undefined) {
      throw new FlagValueError(`time: unknown unit ${quoted(unit)} in duration ${quoted(value)}`);
    }
    sum += Number(number) * span;
    rest = rest.slice(unit.length);
  }
  return Math.round(value.startsWith("-") ? -sum : sum);
}
