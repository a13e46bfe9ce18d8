/**
 * The error of a host that cannot be listened on, because it is in use or not permitted. The message says
 * what to do.
 */
export class ListenError extends Error {
  override readonly name = "ListenError";
  /** True if another process listens there. */
  readonly inUse: boolean;

  constructor(
    message: string,
    { inUse = false, ...options }: ErrorOptions & { readonly inUse?: boolean } = {},
  ) {
    super(message, options);
    this.inUse = inUse;
  }
}
