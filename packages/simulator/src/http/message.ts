// The messages that go in and out of the table of routes: HTTP without its transport.

/** A request as it was received, with nothing decoded. */
export interface HttpRequest {
  readonly method: string;
  /** Path and query as on the request line, with one character for each byte. */
  readonly target: string;
  /** Header values by lower-case name. Several headers of one name are joined by commas. */
  readonly headers: Readonly<Record<string, string | undefined>>;
  readonly body: RequestBody;
  /** Aborts when the client disconnects or cancels. */
  readonly signal: AbortSignal;
}

/** The body of a request. It can be read once. */
export interface RequestBody extends AsyncIterable<Uint8Array> {
  /**
   * The declared number of bytes: 0 for no body, -1 for an unknown length (chunked), as Go's ContentLength.
   */
  readonly length: number;
}

/** An empty body. */
export const noBody: RequestBody = { length: 0, async *[Symbol.asyncIterator]() {} };

/** Headers by name as Go spells them (`Content-Type`, `Api-Version`). */
export type HttpHeaders = Readonly<Record<string, string>>;

/** An answer to a request. */
export interface HttpResponse {
  readonly status: number;
  /**
   * The status text, when a connection that is taken over has another than the engine's usual `UPGRADED`.
   */
  readonly statusText?: string;
  /**
   * The headers, without those that the transport adds: `Date`, `Content-Length` for a whole body, and
   * `Transfer-Encoding` for a body in pieces.
   */
  readonly headers: HttpHeaders;
  /**
   * The body, whole or in pieces. Each piece is sent at once. A stream that throws breaks the connection off.
   * The transport calls the iterator's `return` when the client goes before the end.
   */
  readonly body?: string | Uint8Array | AsyncIterable<Uint8Array>;
  /**
   * Takes the connection over (hijacks it) in place of a body. The status is 101 if the client asked for an
   * upgrade, otherwise 200. The transport sends the status and exactly these headers in this order, then
   * passes the rest of the connection here.
   */
  readonly takeOver?: (connection: RawConnection) => void;
  /** The bytes that the client then sends go to a process. */
  readonly takesInput?: boolean;
  /** The connection closes without an answer. */
  readonly dropped?: true;
  /**
   * The engine wrote this answer past its HTTP server, so it lacks the headers that all other answers have.
   */
  readonly bare?: true;
}

/** A connection after HTTP has ended on it, in both directions. */
export interface RawConnection {
  /**
   * The bytes that the client sends. Ends when the client has closed its side; the other side may still be
   * open.
   */
  readonly input: AsyncIterable<Uint8Array>;
  /**
   * Sends data. Ignored once the client has gone.
   *
   * @returns `false` when the client has fallen behind; a writer that can wait then waits for {@link drained}
   */
  write(data: Uint8Array): boolean;
  /** Resolves when the client has caught up, or has gone. */
  drained(): Promise<void>;
  /** Closes the connection after what has been written. */
  end(): void;
  /** Aborts when the client has gone. */
  readonly signal: AbortSignal;
}
