// Time spans as Go's time.Duration prints and reads them.

const units: Readonly<Record<string, bigint>> = {
  ns: 1n,
  us: 1_000n,
  "µs": 1_000n,
  "μs": 1_000n,
  ms: 1_000_000n,
  s: 1_000_000_000n,
  m: 60_000_000_000n,
  h: 3_600_000_000_000n,
};

/** Nanoseconds as Go prints them, e.g. `1m30s`. */
export function goDuration(nanoseconds: number): string {
  if (nanoseconds === 0) return "0s";
  const sign = nanoseconds < 0 ? "-" : "";
  const size = Math.abs(nanoseconds);
  if (size < 1e3) return `${sign}${size}ns`;
  if (size < 1e6) return `${sign}${size / 1e3}µs`;
  if (size < 1e9) return `${sign}${size / 1e6}ms`;
  const whole = Math.floor(size / 1e9);
  const fraction = String(size % 1e9)
    .padStart(9, "0")
    .replace(/0+$/, "");
  const seconds = `${whole % 60}${fraction === "" ? "" : `.${fraction}`}s`;
  if (whole < 60) return sign + seconds;
  const minutes = Math.floor(whole / 60);
  if (minutes < 60) return `${sign}${minutes}m${seconds}`;
  return `${sign}${Math.floor(minutes / 60)}h${minutes % 60}m${seconds}`;
}

/** Reads what {@link goDuration} prints, in nanoseconds; `undefined` where it is none. */
export function readDuration(text: string): bigint | undefined {
  const [, sign = "", rest = ""] = text.match(/^([+-]?)(.*)$/s) ?? [];
  if (rest === "0") return 0n;
  if (!/^((\d+\.?\d*|\.\d+)(ns|us|µs|μs|ms|s|m|h))+$/.test(rest)) return undefined;
  let sum = 0n;
  for (const [, number = "", unit = ""] of rest.matchAll(/(\d+\.?\d*|\.\d+)(ns|us|µs|μs|ms|s|m|h)/g)) {
    const [whole = "", fraction = ""] = number.split(".");
    const size = units[unit]!;
    sum += BigInt(whole || "0") * size;
    if (fraction !== "") sum += (BigInt(fraction) * size) / 10n ** BigInt(fraction.length);
  }
  return sign === "-" ? -sum : sum;
}
