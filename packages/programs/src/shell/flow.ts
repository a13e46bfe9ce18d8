// The objects that the shell throws to leave a loop, a function, or itself.

/** Thrown by `break` and `continue`, to leave this number of loops. */
export class LoopFlow {
  constructor(
    readonly kind: "break" | "continue",
    public levels: number,
  ) {}
}

/** Thrown by `return`, to leave a function or a sourced file. */
export class ReturnFlow {
  constructor(readonly code: number) {}
}

/** Thrown by `exit`, to end the shell. */
export class ExitFlow {
  constructor(readonly code: number) {}
}

/** An error in a script. It ends a shell that is not interactive. */
export class ShellError extends Error {
  constructor(
    message: string,
    readonly code = 2,
  ) {
    super(message);
  }
}
