// The result of a program's `connect`: a TCP connection, or the reason why there is none.

/** A TCP connection, from the side of the process that opened it. */
export interface Connection {
  /** The bytes that the other side sends. The iteration ends when the other side has closed its direction. */
  readonly input: AsyncIterable<Uint8Array>;
  write(data: Uint8Array): void;
  /** Closes the sending direction, like `shutdown(SHUT_WR)`. The other side may go on sending. */
  end(): void;
  /** Closes both directions. */
  close(): void;
}

/** The failure of an attempt to connect. */
export interface NoConnection {
  /** The reason as `strerror` words it, for example `Connection refused`. */
  readonly problem: string;
  /** The time in milliseconds until the attempt fails. */
  readonly milliseconds: number;
}
