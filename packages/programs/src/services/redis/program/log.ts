import type { LogLevel } from "../engine/redis.js";

/** The levels in their order, with the sign that a line of each level has. */
const levels: readonly (readonly [LogLevel | "nothing", string])[] = [
  ["debug", "."],
  ["verbose", "-"],
  ["notice", "*"],
  ["warning", "#"],
  ["nothing", ""],
];

const months = ["Jan", "Feb", "Mar", "Apr", "May", "Jun", "Jul", "Aug", "Sep", "Oct", "Nov", "Dec"];

/** The part of the server that writes a line: one that is starting or saving (`C`), or the server itself (`M`). */
export type LogRole = "C" | "M";

/** Returns whether lines of a level are written where `least` is the setting `loglevel`. */
export function isLogged(level: LogLevel, least: string): boolean {
  const rank = (name: string): number => levels.findIndex(([each]) => each === name);
  return rank(level) >= rank(least);
}

/**
 * Writes a line of the server's log, such as `1:M 20 Nov 2024 10:00:00.000 * Server initialized`.
 *
 * @param time in nanoseconds since 1970
 */
export function logLine(pid: number, role: LogRole, time: bigint, level: LogLevel, message: string): string {
  const date = new Date(Number(time / 1_000_000n));
  const two = (value: number): string => String(value).padStart(2, "0");
  const day = `${two(date.getUTCDate())} ${months[date.getUTCMonth()]} ${date.getUTCFullYear()}`;
  const clock = `${two(date.getUTCHours())}:${two(date.getUTCMinutes())}:${two(date.getUTCSeconds())}`;
  const milliseconds = String(date.getUTCMilliseconds()).padStart(3, "0");
  const sign = levels.find(([name]) => name === level)?.[1] ?? "";
  return `${pid}:${role} ${day} ${clock}.${milliseconds} ${sign} ${message}\n`;
}
