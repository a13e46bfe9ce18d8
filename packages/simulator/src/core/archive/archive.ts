/** An archive as a request brought it: whether it is one shows when it is read, as the engine reads it late. */
export interface Archive {
  /** All of it, decompressed. @throws what the engine says where that cannot be done */
  read(): Uint8Array;
}
