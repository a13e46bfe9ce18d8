/** A place cannot be listened at: in use, or not for this user. The message says what to do. */
export class ListenError extends Error {
  override readonly name = "ListenError";
  /** Another process listens there. */
  readonly inUse: boolean;

  constructor(
    message: string,
    { inUse = false, ...options }: ErrorOptions & { readonly inUse?: boolean } = {},
  ) {
    super(message, options);
    this.inUse = inUse;
  }
}
