// The shape of a record of requests: HAR 1.2, which browsers and tools for HTTP read, with fields of our own for what HAR
// does not have. Those begin with an underscore, as HAR demands.

/** One request and its answer. */
export interface HarEntry {
  /** RFC 3339, in milliseconds. */
  readonly startedDateTime: string;
  /** From the request's head to the answer's last byte, in milliseconds. */
  readonly time: number;
  readonly request: {
    readonly method: string;
    readonly url: string;
    readonly httpVersion: "HTTP/1.1";
    readonly cookies: readonly [];
    readonly headers: readonly HarHeader[];
    readonly queryString: readonly HarHeader[];
    readonly postData?: HarText & { readonly mimeType: string };
    readonly headersSize: -1;
    readonly bodySize: number;
  };
  readonly response: {
    /** 0 where the connection ended without an answer. */
    readonly status: number;
    readonly statusText: string;
    readonly httpVersion: "HTTP/1.1";
    readonly cookies: readonly [];
    readonly headers: readonly HarHeader[];
    readonly content: HarText & { readonly mimeType: string; readonly size: number };
    readonly redirectURL: "";
    readonly headersSize: -1;
    readonly bodySize: number;
  };
  readonly cache: Record<string, never>;
  readonly timings: { readonly send: 0; readonly wait: number; readonly receive: number };
  /** What went both ways after HTTP had ended on the connection, as of an attach. */
  readonly _stream?: { readonly sent: HarText; readonly received: HarText };
  /** The client went before the answer had ended, as it does with events. */
  readonly _leftEarly?: true;
}

export interface HarHeader {
  readonly name: string;
  readonly value: string;
}

/** Bytes as text: in UTF-8 as they are, else in base64. */
export interface HarText {
  readonly text: string;
  readonly encoding?: "base64";
  /** There were more bytes than a record keeps. */
  readonly _cut?: true;
}
