/** What clients may cost. */
export interface Limits {
  /** Open at once. The engine has no limit but that of its files; who comes beyond this one is answered 503. */
  readonly connections: number;
  /** Bytes of a request's body. */
  readonly bodyBytes: number;
  /** Bytes that may wait for a client that does not read what it has asked for; then it is cut off. */
  readonly unsentBytes: number;
  /** How long a request may take to send its headers, beyond which its connection is closed. The engine waits as long. */
  readonly headMilliseconds: number;
}

export const defaultLimits: Limits = {
  connections: 16_384,
  bodyBytes: 1024 * 2 ** 20,
  unsentBytes: 64 * 2 ** 20,
  headMilliseconds: 300_000,
};

/** Bytes of request line and headers, as in Go's net/http: beyond, the answer is 431. */
export const headBytes = 2 ** 20 + 4096;

/** Of a body that the engine did not want, so many bytes are read, to keep the connection. */
export const unwantedBytes = 256 * 1024;

/** What is taken in of a client that sends faster than it is read. */
export const readAhead = 64 * 1024;
