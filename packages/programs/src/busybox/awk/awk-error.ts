/** A place in an awk program. */
export interface Place {
  /** The name of the program's file, or `cmd. line`. */
  readonly source: string;
  readonly line: number;
}

/** An error in an awk program, which ends it. The message is reported with the line of the program. */
export class AwkError extends Error {
  override readonly name = "AwkError";

  /** @param place the place in the program, if it is not the one that is running */
  constructor(
    message: string,
    readonly place?: Place,
  ) {
    super(message);
  }
}
