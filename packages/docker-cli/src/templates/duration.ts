// Time spans as Go's time.Duration prints them.

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
