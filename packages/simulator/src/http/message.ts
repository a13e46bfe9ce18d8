// What goes in and out of the table of routes: HTTP, and nothing of how it is carried.

/** A request as it came, nothing of it decoded. */
export interface HttpRequest {
  readonly method: string;
  /** Path and query, as on the request line: a character for each byte. */
  readonly target: string;
  /** By name in small letters. Several of one name are one, with commas. */
  readonly headers: Readonly<Record<string, string | undefined>>;
  readonly body: RequestBody;
  /** Aborts when the client has gone, or has had enough. */
  readonly signal: AbortSignal;
}

/** The body of a request, which is read once at most. */
export interface RequestBody extends AsyncIterable<Uint8Array> {
  /** Bytes, as declared: 0 where there is none, -1 where the client does not say (chunked), as Go's ContentLength. */
  readonly length: number;
}

/** The body of a request that has none. */
export const noBody: RequestBody = { length: 0, async *[Symbol.asyncIterator]() {} };

/** Headers by name as Go spells them (`Content-Type`, `Api-Version`). */
export type HttpHeaders = Readonly<Record<string, string>>;

/** An answer. */
export interface HttpResponse {
  readonly status: number;
  /** The words after the status, where a connection that is taken over has others than the engine's own `UPGRADED`. */
  readonly statusText?: string;
  /**
   * Without what the carrier adds: `Date`, `Content-Length` where the body is here as a whole, and
   * `Transfer-Encoding` where it comes piece by piece.
   */
  readonly headers: HttpHeaders;
  /**
   * As a whole, or piece by piece: each piece is sent at once. A stream that throws breaks the connection
   * off. The carrier calls its `return` when the client goes before its end.
   */
  readonly body?: string | Uint8Array | AsyncIterable<Uint8Array>;
  /**
   * In place of a body: the engine takes the connection over (hijacks it), with status 101 where the client
   * asked for an upgrade and 200 where it did not. The carrier sends status and headers, these alone and in
   * their order, then hands over what is left of the connection.
   */
  readonly takeOver?: (connection: RawConnection) => void;
  /** What the client sends then goes to a process. */
  readonly takesInput?: boolean;
  /** In place of anything: the connection closes. */
  readonly dropped?: true;
  /** Without the headers that every answer has: the engine wrote this one past its HTTP server. */
  readonly bare?: true;
}

/** A connection on which HTTP is over, both ways. */
export interface RawConnection {
  /** What the client sends. Ends where the client has closed its side; the other side may still be open. */
  readonly input: AsyncIterable<Uint8Array>;
  /**
   * Ignored once the client has gone.
   *
   * @returns false where the client is slower than that: who can wait does, for {@link drained}
   */
  write(data: Uint8Array): boolean;
  /** Resolves when the client has caught up, or has gone. */
  drained(): Promise<void>;
  /** Nothing more is written; the connection closes. */
  end(): void;
  /** Aborts when the client has gone. */
  readonly signal: AbortSignal;
}
