import { engineError } from "@dryharbor/sdk/port";
import type { Daemon } from "../core/daemon.js";
import { InvalidNumber, parseInteger } from "../core/strconv.js";
import type { TerminalSize } from "../engine/resize.js";
import type { Call } from "./call.js";

/** The parameters `h` and `w`. @throws 400 in the release's words */
export function terminalSize({ daemon, query }: Call): TerminalSize {
  return { height: read(daemon, "height", query.text("h")), width: read(daemon, "width", query.text("w")) };
}

function read({ release }: Daemon, what: string, given: string): number {
  const { badTerminalSize } = release.requests;
  if (badTerminalSize === undefined) return readInteger(given);
  const wrong = (why: string) => engineError(400, badTerminalSize(what, JSON.stringify(given), why));
  if (!/^-?\d+$/.test(given)) throw wrong("invalid syntax");
  if (Number(given) < 0 || Number(given) >= 2 ** 32) throw wrong("value out of range");
  return Number(given);
}

function readInteger(given: string): number {
  try {
    return parseInteger(given);
  } catch (error) {
    throw error instanceof InvalidNumber ? engineError(400, error.message) : error;
  }
}
