/** `break` and `continue`, out of so many loops. */
export class LoopFlow {
  constructor(
    readonly kind: "break" | "continue",
    public levels: number,
  ) {}
}

/** `return` from a function or a sourced file. */
export class ReturnFlow {
  constructor(readonly code: number) {}
}

/** The shell ends. */
export class ExitFlow {
  constructor(readonly code: number) {}
}

/** A mistake that ends a shell that nobody types into. */
export class ShellError extends Error {
  constructor(
    message: string,
    readonly code = 2,
  ) {
    super(message);
  }
}
