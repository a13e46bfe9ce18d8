import type { LookupPlace, ProcessContext, Program } from "@dryharbor/kernel";
import { busyboxApplets } from "./applets.js";

const applets: ReadonlySet<string> = new Set(busyboxApplets);

/**
 * Finds what a command runs, as a program of BusyBox finds it. BusyBox prefers its own programs, and needs no file to
 * run one (its build options `FEATURE_PREFER_APPLETS` and `FEATURE_SH_STANDALONE`); any other program is a file.
 *
 * @param from Default: the process's working directory and its `PATH`.
 */
export function findProgram(
  process: ProcessContext,
  command: string,
  from?: LookupPlace,
): Program | undefined {
  const own = applets.has(command) ? process.programs.get(command) : undefined;
  return own ?? process.findProgram(command, from);
}
