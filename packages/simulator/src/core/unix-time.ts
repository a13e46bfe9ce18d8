import type { Clock } from "@dryharbor/kernel/host";
import { engineError } from "@dryharbor/sdk/port";
import { parseInstant, parseUnixTime, TimestampError } from "@dryharbor/sdk/timestamp";
import { quotedCharacter, quotedText } from "./quote.js";
import type { Release } from "./releases/release.js";

/**
 * Reads a parameter that is a time: Unix seconds with optional nanoseconds after a point, as nanoseconds.
 *
 * @param name the parameter, in the quotes that the handler puts around it
 * @throws {EngineError} the text is no time
 */
export function readUnixTime({ requests }: Release, name: string, text: string): bigint {
  const { badTime, timesInOwnWords } = requests;
  const problem = timesInOwnWords ? problemOf(text) : undefined;
  if (problem !== undefined) {
    throw engineError(
      badTime.status,
      badTime.message(name, `invalid timestamp ${quotedText(text)}: ${problem}`),
    );
  }
  try {
    return parseUnixTime(text.replace(/\.$/, timesInOwnWords ? "" : "."));
  } catch (error) {
    if (error instanceof TimestampError)
      throw engineError(badTime.status, badTime.message(name, error.message));
    throw error;
  }
}

/**
 * Reads a moment as `parseInstant` does: a duration before now, a date or time, or Unix seconds.
 *
 * @throws {TimestampError} with the release's words
 */
export function readInstant({ requests }: Release, clock: Clock, text: string): bigint {
  try {
    return parseInstant(text, clock);
  } catch (error) {
    if (!(error instanceof TimestampError) || !requests.timesInOwnWords) throw error;
    const why = () => (text.trim() === "" ? "value is empty" : (problemOf(text) ?? ""));
    throw new TimestampError(
      error.message.replace(/(?<=^failed to parse value as time or duration: ).*$/s, why),
    );
  }
}

const encoder = new TextEncoder();

/** Returns what 29 finds wrong with a time, or `undefined`. */
function problemOf(text: string): string | undefined {
  const point = text.indexOf(".");
  const seconds = point < 0 ? text : text.slice(0, point);
  const invalid = (why: string) => `invalid seconds ${quotedText(seconds)}: ${why}`;
  if (!/^[+-]?\d+$/.test(seconds)) return invalid("invalid syntax");
  const value = BigInt(seconds.replace(/^\+/, ""));
  if (BigInt.asIntN(64, value) !== value) return invalid("value out of range");
  const fraction = encoder.encode(point < 0 ? "" : text.slice(point + 1));
  if (fraction.length > 20) return `invalid nanoseconds: length ${fraction.length} exceeds maximum 20`;
  const at = fraction.findIndex((byte) => byte < 0x30 || byte > 0x39);
  if (at < 0) return undefined;
  const character = quotedCharacter(String.fromCharCode(fraction[at]!));
  return `invalid nanoseconds: invalid character ${character} at position ${at}`;
}
