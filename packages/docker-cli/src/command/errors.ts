// How a command ends when it has failed: with a text on standard error and an exit code.
/**
 * The failure of a command. The message goes to standard error as it is, with a line end; nothing is written where it
 * is empty.
 */
export class CommandError extends Error {
  override readonly name = "CommandError";
  constructor(
    message: string,
    readonly exitCode = 1,
  ) {
    super(message);
  }
}

/** The refusal of a flag's value. Whoever parses the flags says which flag and value it was. */
export class FlagValueError extends Error {
  override readonly name = "FlagValueError";
}
