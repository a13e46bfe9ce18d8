// What a user did wrong, in compose's words.

/** An error whose message is for the user: it is printed as it is, without a stack. */
export class ComposeError extends Error {
  override readonly name = "ComposeError";
  constructor(
    message: string,
    /** What the command exits with. */
    readonly exitCode = 1,
  ) {
    super(message);
  }
}
