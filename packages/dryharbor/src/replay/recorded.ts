// Reads a record of requests: one of `dryharbor serve --record`, or any HAR of requests to an engine.
import { readFileSync } from "node:fs";
import { UsageError } from "@dryharbor/sdk/port";

/** A request of a record, and what was answered. */
export interface Recorded {
  readonly method: string;
  /** Path and query. */
  readonly target: string;
  readonly headers: Readonly<Record<string, string>>;
  readonly body: Buffer;
  readonly answer: Answer;
  /** Milliseconds of Unix time. */
  readonly began: number;
  /** When the head of the answer came. */
  readonly answered: number;
  readonly ended: number;
  /** What the client sent after HTTP had ended on the connection; absent where it has not. */
  readonly sent?: Buffer;
  /** The client went before the answer had ended. */
  readonly leftEarly: boolean;
  /** The record does not hold all bytes. */
  readonly isCut: boolean;
}

/** An answer: of a connection that was taken over, the body is what came on it. */
export interface Answer {
  /** 0 where the connection ended without an answer. */
  readonly status: number;
  readonly contentType: string;
  readonly body: Buffer;
}

/** Fields of an entry that are read here. A record may come from elsewhere, so none is sure to be there. */
interface Entry {
  readonly startedDateTime?: string;
  readonly time?: number;
  readonly timings?: { readonly wait?: number };
  readonly request?: {
    readonly method?: string;
    readonly url?: string;
    readonly headers?: readonly { readonly name: string; readonly value: string }[];
    readonly postData?: Text;
  };
  readonly response?: {
    readonly status?: number;
    readonly content?: Text & { readonly mimeType?: string };
  };
  readonly _stream?: { readonly sent: Text; readonly received: Text };
  readonly _leftEarly?: boolean;
}

interface Text {
  readonly text?: string;
  readonly encoding?: string;
  readonly _cut?: boolean;
}

/** Headers that belong to one connection, or say what is sent anew. */
const ofConnection = new Set([
  "host",
  "connection",
  "content-length",
  "transfer-encoding",
  "upgrade",
  "expect",
]);

/** Reads a record, in the order in which the requests began. @throws {UsageError} it is no record */
export function readRecord(path: string): Recorded[] {
  let entries: unknown;
  try {
    entries = (JSON.parse(readFileSync(path, "utf8")) as { log?: { entries?: unknown } } | null)?.log
      ?.entries;
  } catch (cause) {
    const why = cause instanceof SyntaxError ? "it is not JSON" : (cause as Error).message;
    throw new UsageError(`the record ${path} cannot be read: ${why}`, { cause });
  }
  if (!Array.isArray(entries))
    throw new UsageError(
      `${path} is no record: dryharbor serve --record writes one, and other HAR files will do`,
    );
  return entries
    .map((entry: Entry, index) =>
      recorded(entry, () => new UsageError(`entry ${index + 1} of ${path} lacks its request or its answer`)),
    )
    .sort((one, other) => one.began - other.began);
}

function recorded(
  { request, response, startedDateTime, time = 0, timings, ...own }: Entry,
  broken: () => UsageError,
): Recorded {
  if (!request?.url || !request.method || response?.status === undefined) throw broken();
  const began = Date.parse(startedDateTime ?? "");
  if (Number.isNaN(began) || !URL.canParse(request.url)) throw broken();
  const { pathname, search } = new URL(request.url);
  const headers = (request.headers ?? []).filter(
    ({ name, value }) => !ofConnection.has(name.toLowerCase()) && value !== "(left out)",
  );
  const { _stream: stream, _leftEarly: leftEarly = false } = own;
  const texts = [request.postData, response.content, stream?.sent, stream?.received];
  return {
    method: request.method,
    target: pathname + search,
    headers: Object.fromEntries(headers.map(({ name, value }) => [name, value])),
    body: bytes(request.postData),
    answer: {
      status: response.status,
      contentType: response.content?.mimeType ?? "",
      body: bytes(stream?.received ?? response.content),
    },
    began,
    answered: began + Math.min(timings?.wait ?? time, time),
    ended: began + time,
    ...(stream && { sent: bytes(stream.sent) }),
    leftEarly,
    isCut: texts.some((text) => text?._cut),
  };
}

function bytes(text: Text | undefined): Buffer {
  return Buffer.from(text?.text ?? "", text?.encoding === "base64" ? "base64" : "utf8");
}
