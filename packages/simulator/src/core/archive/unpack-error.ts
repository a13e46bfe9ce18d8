/**
 * Thrown when an archive cannot be unpacked, with the engine's message. `missing` says that a file was not
 * found.
 */
export class UnpackError extends Error {
  override readonly name = "UnpackError";

  constructor(
    message: string,
    readonly missing = false,
  ) {
    super(message);
  }
}
