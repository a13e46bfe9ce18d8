/** What every call of the port takes beside its own arguments. */
export interface CallOptions {
  /** Ends the call early. The call then rejects with {@link AbortError} or, for a timeout signal, {@link TimeoutError}. */
  readonly signal?: AbortSignal;
}
