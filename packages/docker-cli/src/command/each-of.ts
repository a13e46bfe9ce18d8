// Commands that do the same to each of their arguments, and go on where one fails.
import type { Call } from "./command.js";
import { messageOf } from "./dispatch.js";
import { CommandError } from "./errors.js";

/**
 * Does something to each argument in turn. A failure is printed at once, and the command goes on with the next one; it
 * then ends with 1.
 */
export async function eachOf<F>(call: Call<F>, act: (argument: string) => Promise<void>): Promise<void> {
  let failed = false;
  for (const argument of call.arguments) {
    try {
      await act(argument);
    } catch (error) {
      call.io.stderr(`${messageOf(error, call.session)}\n`);
      failed = true;
    }
  }
  if (failed)
    throw new CommandError(call.release.silentStatus === "" ? "" : `${call.release.silentStatus} 1`);
}
