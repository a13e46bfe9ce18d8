import { signalName } from "@dryharbor/kernel";

/** Returns the name of a signal as BusyBox prints it, for example `TERM` for 15. */
export function shortSignalName(number: number): string {
  return number === 29 ? "POLL" : signalName(number).slice("SIG".length);
}
