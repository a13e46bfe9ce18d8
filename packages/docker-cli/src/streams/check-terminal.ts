// Whether a command may connect its input with a terminal in a container.
import { CommandError } from "../command/errors.js";
import type { CommandIo } from "../io.js";

/** Refuses input that is no terminal for a process that has one. @throws {CommandError} */
export function checkTerminal(io: CommandIo, attachesInput: boolean, tty: boolean): void {
  if (attachesInput && tty && !io.isTerminal.stdin) throw new CommandError("the input device is not a TTY");
}
