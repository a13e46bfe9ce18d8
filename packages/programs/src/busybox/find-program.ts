import type { LookupPlace, ProcessContext, Program } from "@dryharbor/kernel";
import { busyboxApplets } from "./applets.js";
import { appletsIn } from "./binary.js";

const debianApplets: ReadonlySet<string> = new Set(busyboxApplets);

/**
 * Finds the program of a command as the shell does. Debian's BusyBox prefers its own programs and needs no file to run
 * them (its build options `FEATURE_PREFER_APPLETS` and `FEATURE_SH_STANDALONE`). Any other program needs a file, as do
 * those of other systems.
 *
 * @param from the place to look for a file. Default: the working directory of the process and its `PATH`.
 */
export function findProgram(
  process: ProcessContext,
  command: string,
  from?: LookupPlace,
): Program | undefined {
  const own =
    debianApplets.has(command) && appletsIn(process.files) === "any"
      ? process.programs.get(command)
      : undefined;
  return own ?? process.findProgram(command, from);
}
