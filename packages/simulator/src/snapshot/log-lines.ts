import type { LogLine } from "../runtime/log.js";

/** A line of a log in a snapshot. */
export interface SavedLogLine {
  /** In nanoseconds. */
  readonly time: string;
  readonly stream: LogLine["stream"];
  /** The bytes as one character each, so that ASCII stays readable. */
  readonly data: string;
}

export function saveLogLine({ time, stream, data }: LogLine): SavedLogLine {
  let text = "";
  for (const byte of data) text += String.fromCharCode(byte);
  return { time: String(time), stream, data: text };
}

export function restoreLogLine({ time, stream, data }: SavedLogLine): LogLine {
  return { time: BigInt(time), stream, data: Uint8Array.from(data, (character) => character.charCodeAt(0)) };
}
