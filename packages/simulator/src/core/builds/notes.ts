import type { Healthcheck } from "@dryharbor/sdk/port";
import { quotedText } from "../quote.js";
import { buildsOf } from "../releases/builds.js";
import type { Release } from "../releases/release.js";

// What an image's history notes of steps that only change its configuration.

/** `ENV A=1 B=2`. */
export function environmentNote(
  kind: "ENV" | "LABEL",
  pairs: readonly (readonly [string, string])[],
): string {
  return `${kind}${pairs.map(([name, value]) => ` ${name}=${value}`).join("")}`;
}

/** `["a" "b"]`. */
export function commandNote(words: readonly string[]): string {
  return `[${words.map(quotedText).join(" ")}]`;
}

/** A health check as Go prints its structure. */
export function healthcheckNote(release: Release, check: Healthcheck): string {
  const { style, startInterval } = buildsOf(release).healthcheckNote;
  const test = check.Test ?? [];
  const times = [
    check.Interval,
    check.Timeout,
    check.StartPeriod,
    ...(startInterval ? [check.StartInterval] : []),
  ].map((time) => durationText(time ?? 0));
  const retries = check.Retries ?? 0;
  if (style === "named") {
    const named = ["Interval", "Timeout", "StartPeriod", "StartInterval"].map(
      (name, at) => `${name}:${times[at]}`,
    );
    return `&{Test:[${test.join(" ")}] ${named.join(" ")} Retries:${retries}}`;
  }
  if (style === "plain") return `&{[${test.join(" ")}] ${times.join(" ")} ${retries}}`;
  return `&{${commandNote(test)} ${times.map(quotedText).join(" ")} '\\x${retries.toString(16).padStart(2, "0")}'}`;
}

/** Returns a duration in nanoseconds as Go prints it: `1m0s`, `1.5s`, `20ms`. */
function durationText(nanoseconds: number): string {
  if (nanoseconds === 0) return "0s";
  if (nanoseconds < 1e6) return `${nanoseconds / 1e3}µs`;
  if (nanoseconds < 1e9) return `${nanoseconds / 1e6}ms`;
  const seconds = nanoseconds / 1e9;
  const hours = Math.floor(seconds / 3600);
  const minutes = Math.floor((seconds % 3600) / 60);
  const rest = `${Number((seconds % 60).toFixed(9))}s`;
  return `${hours > 0 ? `${hours}h` : ""}${hours > 0 || minutes > 0 ? `${minutes}m` : ""}${rest}`;
}
