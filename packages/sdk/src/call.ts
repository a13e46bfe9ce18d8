/** What every call of the port takes beside its own arguments. */
export interface CallOptions {
  /**
   * Ends the call early. The call then rejects with `AbortError` or, for a timeout signal, `TimeoutError`.
   *
   * It is not called `signal`, because the Engine API has a parameter of that name, the signal that a process gets.
   *
   * @example await engine.containers.wait("web", { abortSignal: AbortSignal.timeout(5_000) });
   */
  readonly abortSignal?: AbortSignal;
}
