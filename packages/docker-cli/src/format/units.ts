// Sizes and times for people, as docker/go-units prints them.

const decimal = ["B", "kB", "MB", "GB", "TB", "PB", "EB", "ZB", "YB"];
const binary = ["B", "KiB", "MiB", "GiB", "TiB", "PiB", "EiB", "ZiB", "YiB"];

/** A number as C's `%.Ng` prints it. */
function significant(value: number, digits: number): string {
  if (value === 0) return "0";
  const exponent = Math.floor(Math.log10(Math.abs(Number(value.toPrecision(digits)))));
  if (exponent < -4 || exponent >= digits) {
    const [mantissa = "", power = ""] = value.toExponential(digits - 1).split("e");
    const trimmed = mantissa.includes(".") ? mantissa.replace(/\.?0+$/, "") : mantissa;
    return `${trimmed}e${power.replace(/^([+-])(\d)$/, "$10$2")}`;
  }
  const text = value.toPrecision(digits);
  return text.includes(".") ? text.replace(/\.?0+$/, "") : text;
}

function scaled(size: number, base: number, names: readonly string[]): [number, string] {
  let value = size;
  let at = 0;
  while (value >= base && at < names.length - 1) {
    value /= base;
    at++;
  }
  return [value, names[at]!];
}

/** Bytes with the units of 1000, e.g. `4.04MB`. @param digits how many of them count */
export function humanSize(bytes: number, digits = 4): string {
  const [value, unit] = scaled(bytes, 1000, decimal);
  return significant(value, digits) + unit;
}

/** Bytes with the units of 1024, e.g. `3.852MiB`. */
export function bytesSize(bytes: number): string {
  const [value, unit] = scaled(bytes, 1024, binary);
  return significant(value, 4) + unit;
}

/** A time span for people, e.g. `About a minute`. @param nanoseconds may be negative */
export function humanDuration(nanoseconds: bigint): string {
  const seconds = Number(nanoseconds / 1_000_000_000n);
  if (seconds < 1) return "Less than a second";
  if (seconds === 1) return "1 second";
  if (seconds < 60) return `${seconds} seconds`;
  const minutes = Math.floor(seconds / 60);
  if (minutes === 1) return "About a minute";
  if (minutes < 60) return `${minutes} minutes`;
  const hours = Math.floor(seconds / 3600 + 0.5);
  if (hours === 1) return "About an hour";
  if (hours < 48) return `${hours} hours`;
  if (hours < 24 * 7 * 2) return `${Math.floor(hours / 24)} days`;
  if (hours < 24 * 30 * 2) return `${Math.floor(hours / 24 / 7)} weeks`;
  if (hours < 24 * 365 * 2) return `${Math.floor(hours / 24 / 30)} months`;
  return `${Math.floor(hours / 24 / 365)} years`;
}

/** How long ago something was, e.g. `2 minutes ago`. @param nanoseconds since 1970 */
export function ago(nanoseconds: bigint, now: bigint): string {
  return `${humanDuration(now - nanoseconds)} ago`;
}
