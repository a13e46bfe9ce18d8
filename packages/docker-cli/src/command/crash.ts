// What a learner reads where this program itself is at fault.
import { FileError } from "@dryharbor/kernel";
import { AbortError, TimeoutError, UsageError } from "@dryharbor/sdk/port";
import type { CommandIo } from "../io.js";
import { CommandError } from "./errors.js";

/** Set to anything, it makes a command print where it has crashed. */
export const debugVariable = "DRYHARBOR_DEBUG";

/**
 * The failure of a command that nobody has foreseen, in plain words. Some errors have such words of their own: of files,
 * and of calls that were stopped.
 */
export function crash(error: unknown, { env, stderr }: Pick<CommandIo, "env" | "stderr">): CommandError {
  if (error instanceof FileError) return new CommandError(error.message.toLowerCase());
  if (error instanceof AbortError || error instanceof TimeoutError || error instanceof UsageError)
    return new CommandError(error.message);
  if (env[debugVariable]) stderr(`${error instanceof Error ? error.stack : String(error)}\n`);
  const advice = env[debugVariable] ? "" : `. With ${debugVariable}=1 in its environment it tells where`;
  return new CommandError(
    `docker: the command has stopped at a fault of its own, not of yours${advice}`,
    125,
  );
}
