import type { TerminalSize } from "../engine/resize.js";
import type { Call } from "./call.js";

/** The parameters `h` and `w`. @throws 400 in the release's words */
export function terminalSize({ daemon, query }: Call): TerminalSize {
  const { terminalSize: read } = daemon.release.requests;
  return { height: read("height", query.text("h")), width: read("width", query.text("w")) };
}
