import type { LookupPlace, ProcessContext, Program } from "@dryharbor/kernel";
import { busyboxApplets } from "./applets.js";

const applets: ReadonlySet<string> = new Set(busyboxApplets);

/**
 * Finds the program of a command as BusyBox does. BusyBox prefers its own programs and needs no file to run
 * them (its build options `FEATURE_PREFER_APPLETS` and `FEATURE_SH_STANDALONE`). Any other program needs a
 * file.
 *
 * @param from the place to look for a file. Default: the working directory of the process and its `PATH`.
 */
export function findProgram(
  process: ProcessContext,
  command: string,
  from?: LookupPlace,
): Program | undefined {
  const own = applets.has(command) ? process.programs.get(command) : undefined;
  return own ?? process.findProgram(command, from);
}
