import { signalName } from "@dryharbor/kernel";

/** `TERM` for 15, as BusyBox calls them. */
export function shortSignalName(number: number): string {
  return number === 29 ? "POLL" : signalName(number).slice("SIG".length);
}
