const second = 1_000_000_000n;

/** Formats a duration for people, as `docker ps` does: Go's units.HumanDuration. */
export function humanDuration(nanoseconds: bigint): string {
  const seconds = Number(nanoseconds / second);
  if (seconds < 1) return "Less than a second";
  if (seconds === 1) return "1 second";
  if (seconds < 60) return `${seconds} seconds`;
  const minutes = Math.floor(seconds / 60);
  if (minutes === 1) return "About a minute";
  if (minutes < 60) return `${minutes} minutes`;
  const hours = Math.round(seconds / 3600);
  if (hours === 1) return "About an hour";
  if (hours < 48) return `${hours} hours`;
  if (hours < 24 * 7 * 2) return `${Math.floor(hours / 24)} days`;
  if (hours < 24 * 30 * 2) return `${Math.floor(hours / 24 / 7)} weeks`;
  if (hours < 24 * 365 * 2) return `${Math.floor(hours / 24 / 30)} months`;
  return `${Math.floor(seconds / 3600 / 24 / 365)} years`;
}

/** Formats a duration of at least a millisecond as Go's time.Duration does, e.g. `1.5s` or `1h0m0s`. */
export function goDuration(nanoseconds: number): string {
  if (nanoseconds < 1e9) return `${nanoseconds / 1e6}ms`;
  const whole = BigInt(nanoseconds);
  const minutes = whole / (60n * second);
  const fraction = String(whole % second)
    .padStart(9, "0")
    .replace(/0+$/, "");
  const seconds = `${(whole % (60n * second)) / second}${fraction && `.${fraction}`}s`;
  if (minutes === 0n) return seconds;
  return minutes < 60n ? `${minutes}m${seconds}` : `${minutes / 60n}h${minutes % 60n}m${seconds}`;
}
