import type { Globbed } from "./glob.js";
import type { CurlUrl } from "./url.js";

/** What is known of a transfer: what `-w` shows. Times are nanoseconds since 1970. */
export class TransferFacts {
  readonly headers: (readonly [string, string])[] = [];
  readonly started: bigint;
  /** When the first request of it began: with redirects, `started` is that of the last one. */
  looked: bigint | undefined;
  connected: bigint | undefined;
  pretransfer: bigint | undefined;
  posted: bigint | undefined;
  answered: bigint | undefined;
  ended: bigint | undefined;
  /** The nanoseconds that redirects took. */
  redirecting = 0n;

  code = 0;
  httpVersion = "0";
  contentType: string | undefined;
  method = "GET";
  url: CurlUrl | undefined;
  redirectUrl: string | undefined;
  redirects = 0;
  retries = 0;
  connects = 0;
  connection = -1;
  /** How many headers came, over all responses of the transfer. */
  headerCount = 0;
  headerBytes = 0;
  requestBytes = 0;
  downloaded = 0;
  uploaded = 0;
  local: { readonly address: string; readonly port: number } | undefined;
  remote: { readonly address: string; readonly port: number } | undefined;
  usesProxy = false;
  referer: string | undefined;
  fileName: string | undefined;
  exitCode = 0;
  errorMessage: string | undefined;
  retryAfter = 0;
  lastModified: string | undefined;

  constructor(
    now: bigint,
    /** The number of the transfer, from 0. */
    readonly number: number,
    readonly given: Globbed,
  ) {
    this.started = now;
  }
}
