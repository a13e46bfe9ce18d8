/** A place cannot be listened at: in use, or not for this user. The message says what to do. */
export class ListenError extends Error {
  override readonly name = "ListenError";
}
