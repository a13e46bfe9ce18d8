/** An archive from a request. Problems show when it is read, since the engine reads it late. */
export interface Archive {
  /** Returns the whole archive, decompressed. @throws the engine's error if that is impossible */
  read(): Uint8Array;
}
