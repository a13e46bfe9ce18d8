// Flags that are spans of time, as Go reads them.
import { FlagValueError } from "./errors.js";
import type { Flag, FlagOptions } from "./flags.js";
import { quoted } from "./quoted.js";

/** A span of time, such as `1m30s`, in nanoseconds. */
export function duration(options: FlagOptions = {}): Flag<number> {
  return { kind: "duration", initial: 0, read: readDuration, ...options };
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
