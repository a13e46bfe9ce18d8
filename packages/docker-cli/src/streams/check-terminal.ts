// Whether a command may connect its input with a terminal in a container.
import { CommandError } from "../command/errors.js";
import type { CommandIo } from "../io.js";
import { isIn, type Release } from "../releases.js";

/** Refuses input that is no terminal for a process that has one. @throws {CommandError} */
export function checkTerminal(io: CommandIo, release: Release, attachesInput: boolean, tty: boolean): void {
  if (!attachesInput || !tty || io.isTerminal.stdin) return;
  throw new CommandError(
    isIn(release, { since: "29" })
      ? "cannot attach stdin to a TTY-enabled container because stdin is not a terminal"
      : "the input device is not a TTY",
  );
}
