/** An archive from a request. Problems show when it is read, since the engine reads it late. */
export interface Archive {
  /** Returns the whole archive, decompressed. @throws the engine's error if that is impossible */
  read(): Uint8Array;
  /** The archive as it came, if it was compressed in one of these ways. */
  readonly compressed?: { readonly by: "gzip" | "zstd"; readonly bytes: Uint8Array };
}

/** An archive of images, whose layers may be compressed. */
export interface ImageArchive extends Archive {
  /** Returns the decompressed bytes of a file of the archive. @throws the engine's error if that is impossible */
  plain(file: Uint8Array): Uint8Array;
}
