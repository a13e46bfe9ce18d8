/** Limits on what the clients of a server may use. */
export interface Limits {
  /**
   * Connections open at once. A further client is answered 503. An engine is limited only by its open files.
   */
  readonly connections: number;
  /** Bytes of a request's body. */
  readonly bodyBytes: number;
  /** Bytes that may wait for a client that does not read its answer. Beyond that the client is cut off. */
  readonly unsentBytes: number;
  /**
   * Milliseconds in which a request must send its headers. Beyond that its connection is closed, as on an
   * engine.
   */
  readonly headMilliseconds: number;
}

export const defaultLimits: Limits = {
  connections: 16_384,
  bodyBytes: 1024 * 2 ** 20,
  unsentBytes: 64 * 2 ** 20,
  headMilliseconds: 300_000,
};

/** Bytes of request line and headers, as in Go's net/http. Beyond that the answer is 431. */
export const headBytes = 2 ** 20 + 4096;

/** Bytes that are read of a body that the engine did not want, so that the connection can stay open. */
export const unwantedBytes = 256 * 1024;

/** Bytes that are accepted from a client that sends faster than its input is read. */
export const readAhead = 64 * 1024;
