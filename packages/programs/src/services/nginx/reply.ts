import type { Reader } from "../../http/reader.js";

/** What answers a request, before it is written as nginx writes headers. */
export interface Reply {
  readonly status: number;
  /** The first line, where it is not nginx's own. */
  readonly firstLine?: string;
  readonly type?: string;
  /** The length of the body. Default: that of a body of bytes. */
  readonly length?: number;
  readonly lastModified?: string;
  /** A redirect within the host, which is told with its scheme and host. */
  readonly location?: string;
  /** Whether it comes from another server, so that nginx has no page of its own for it. */
  readonly isPassedOn?: boolean;
  /** Further headers, in their order. */
  readonly list?: readonly (readonly [name: string, value: string])[];
  readonly body?: Uint8Array | AsyncIterable<Uint8Array>;
  /** Whether its length is not told. */
  readonly isStreamed?: boolean;
  /** Whether nginx's page of the status is the body. */
  readonly isPage?: boolean;
  /** Whether the connection is closed without an answer. */
  readonly isSilent?: boolean;
  readonly takeOver?: (reader: Reader) => Promise<void>;
}
