/** A TCP connection, as the process that made it has it. */
export interface Connection {
  /** What the other side sends, up to its end. */
  readonly input: AsyncIterable<Uint8Array>;
  write(data: Uint8Array): void;
  /** Nothing more is written. The other side may go on. */
  end(): void;
  close(): void;
}

/** Why there is no connection, as strerror says it, and how long it takes to find out. */
export interface NoConnection {
  readonly problem: string;
  readonly milliseconds: number;
}
