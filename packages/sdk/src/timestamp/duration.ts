// Spans of time as Go's time package reads them.
import { TimestampError } from "./timestamp-error.js";

const unitNanoseconds: Readonly<Record<string, bigint>> = {
  ns: 1n,
  us: 1_000n,
  "\u00b5s": 1_000n,
  "\u03bcs": 1_000n,
  ms: 1_000_000n,
  s: 1_000_000_000n,
  m: 60_000_000_000n,
  h: 3_600_000_000_000n,
};

/**
 * Parses a span of time as Go's time.ParseDuration does: `1h30m`, `-1.5s`, `0`.
 *
 * @returns nanoseconds
 * @throws {TimestampError} with Go's message
 */
export function parseDuration(text: string): bigint {
  const failed = (why: string) => new TimestampError(`time: ${why} in duration ${JSON.stringify(text)}`);
  const invalid = () => new TimestampError(`time: invalid duration ${JSON.stringify(text)}`);
  let rest = text.replace(/^[+-]/, "");
  if (rest === "0") return 0n;
  if (rest === "") throw invalid();
  let total = 0n;
  while (rest !== "") {
    const [amount, whole = "", fraction = ""] = /^(?=\.?\d)(\d*)\.?(\d*)/.exec(rest) ?? [];
    if (amount === undefined) throw invalid();
    rest = rest.slice(amount.length);
    const [unit = ""] = /^[^\d.]+/.exec(rest) ?? [];
    if (unit === "") throw failed("missing unit");
    const scale = Object.hasOwn(unitNanoseconds, unit) ? unitNanoseconds[unit] : undefined;
    if (scale === undefined) throw failed(`unknown unit ${JSON.stringify(unit)}`);
    total += BigInt(whole || "0") * scale;
    total += (BigInt(fraction || "0") * scale) / 10n ** BigInt(fraction.length);
    rest = rest.slice(unit.length);
  }
  return text.startsWith("-") ? -total : total;
}
