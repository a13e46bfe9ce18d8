/** A TCP connection, as the process that made it has it. */
export interface Connection {
  /** What the other side sends, up to its end. */
  readonly input: AsyncIterable<Uint8Array>;
  write(data: Uint8Array): void;
  /** Sends the end: nothing more is written. The other side may go on. */
  end(): void;
  close(): void;
}

/** Why there is no connection. */
export interface NoConnection {
  /** What strerror says, for example `Connection refused`. */
  readonly problem: string;
  /** How long it takes to find out. */
  readonly milliseconds: number;
}
