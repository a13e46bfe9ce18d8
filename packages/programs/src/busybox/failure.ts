// What a program throws to end with a message from wherever it is.

/** The end of a program with a message, which its name precedes on standard error. */
export class Failure extends Error {
  override readonly name = "Failure";

  constructor(
    message: string,
    /** The exit code. */
    readonly code = 1,
  ) {
    super(message);
  }
}

/** The end of a program with its help text. */
export class UsageFailure extends Error {
  override readonly name = "UsageFailure";
}
