// Times as Go prints and reads them. Everything is UTC.

/** Reads RFC 3339 as nanoseconds since 1970. Go's zero time is year 1. */
export function nanosecondsOf(rfc3339: string): bigint {
  const match = rfc3339.match(/^(.*?)(?:\.(\d+))?(Z|[+-]\d\d:\d\d)$/);
  if (!match) return 0n;
  const whole = BigInt(Date.parse(match[1]! + match[3]!)) * 1_000_000n;
  return whole + BigInt((match[2] ?? "").padEnd(9, "0").slice(0, 9));
}

/** A time as Go's time.Time prints itself: `2024-01-01 00:00:00.5 +0000 UTC`. */
export function goTimeText(nanoseconds: bigint): string {
  const { date, time, fraction } = partsOf(nanoseconds);
  const digits = fraction.replace(/0+$/, "");
  return `${date} ${time}${digits === "" ? "" : `.${digits}`} +0000 UTC`;
}

/** RFC 3339 in whole seconds: `2024-01-01T00:00:00Z`. */
export function rfc3339(nanoseconds: bigint): string {
  const { date, time } = partsOf(nanoseconds);
  return `${date}T${time}Z`;
}

/** RFC 3339 with all nine digits of nanoseconds. */
export function rfc3339Nano(nanoseconds: bigint): string {
  const { date, time, fraction } = partsOf(nanoseconds);
  return `${date}T${time}.${fraction}Z`;
}

/** `Mon Jan  2 15:04:05 2006`, as `docker version` shows when something was built. */
export function ansiTime(nanoseconds: bigint): string {
  const date = new Date(Number(nanoseconds / 1_000_000n));
  const [weekday, , month, year] = date.toUTCString().replace(",", "").split(" ");
  const { time } = partsOf(nanoseconds);
  return `${weekday} ${month} ${String(date.getUTCDate()).padStart(2)} ${time} ${year}`;
}

function partsOf(nanoseconds: bigint): { date: string; time: string; fraction: string } {
  const remainder = ((nanoseconds % 1_000_000_000n) + 1_000_000_000n) % 1_000_000_000n;
  const iso = new Date(Number((nanoseconds - remainder) / 1_000_000n)).toISOString();
  return { date: iso.slice(0, 10), time: iso.slice(11, 19), fraction: String(remainder).padStart(9, "0") };
}
