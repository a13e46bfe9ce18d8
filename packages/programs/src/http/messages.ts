// Requests and answers of one connection, as they are on the wire: below servers in the style of `fetch`, and below
// those that write their headers in an order of their own.
import { type Connection, FileError, type Listener } from "@dryharbor/kernel";
import { toBytes } from "../busybox/byte-text.js";
import { framingOf, readBody } from "./body.js";
import { type Head, headerOf, readHead } from "./head.js";
import { BrokenMessage, Reader } from "./reader.js";

/** A request as its client wrote it. */
export interface IncomingRequest {
  readonly method: string;
  readonly target: string;
  readonly version: "1.0" | "1.1";
  readonly head: Head;
  /** Its body in pieces, without the sizes of chunks. `undefined` when it declares none. */
  readonly body: AsyncGenerator<Uint8Array, void, undefined> | undefined;
  /** Whether the client wants the connection to stay. */
  readonly persists: boolean;
  readonly connection: Connection;
}

/** An answer: its first line, its headers in their order, and its body as it is sent. */
export interface Answer {
  readonly firstLine: string;
  readonly headers: readonly (readonly [name: string, value: string])[];
  readonly body?: Uint8Array | AsyncIterable<Uint8Array>;
  /** Whether the pieces of the body are sent as chunks. Default: false. */
  readonly isChunked?: boolean;
  /** Whether the connection stays for another request. */
  readonly goesOn: boolean;
  /** Whether the connection is closed in place of an answer. */
  readonly isSilent?: boolean;
  /** Goes on with the connection in another protocol, once the answer has been sent. */
  readonly takeOver?: (reader: Reader) => Promise<void>;
}

/** What a server does on a connection. */
export interface MessageServer {
  answer(request: IncomingRequest): Promise<Answer>;
  /**
   * Answers what is no request. `undefined` closes the connection without a word.
   *
   * @param firstLine the line that should have been a request's, where one has come
   */
  refuse(firstLine: string | undefined): Answer | undefined | Promise<Answer>;
  /** Whether a request of a newer version, such as HTTP/2.0, is taken for one of HTTP/1.1. Default: it is none. */
  readonly acceptsNewer?: boolean;
  /** For how many milliseconds a connection may wait for its next request. Default: without end. */
  readonly idle?: number;
  /** Is told of an answer that has been sent, and to what: a request, or the line in the place of one. */
  sent?(answer: Answer, request: IncomingRequest | string): void;
}

/**
 * Accepts connections without end, and closes each when it has been served. What ends one is its client's matter, unless it
 * is a fault of the server.
 *
 * @throws what `serve` throws beside {@link FileError} and {@link BrokenMessage}
 */
export function serveEach(
  listener: Listener,
  serve: (connection: Connection) => Promise<void>,
): Promise<never> {
  return new Promise((_, reject) => {
    const accept = async (): Promise<void> => {
      for (;;) {
        const connection = await listener.accept();
        serve(connection).then(
          () => connection.close(),
          (error: unknown) => {
            connection.close();
            if (!(error instanceof FileError || error instanceof BrokenMessage)) reject(error);
          },
        );
      }
    };
    accept().catch(reject);
  });
}

/** Answers the requests of one connection, until either side ends it. The caller closes it. */
export async function serveMessages(connection: Connection, server: MessageServer): Promise<void> {
  let isWaiting = false;
  const reader = new Reader({
    read: (limit) =>
      connection.read(limit, isWaiting && server.idle !== undefined ? { within: server.idle } : {}),
  });
  for (;;) {
    let firstLine: string | undefined;
    const head = await readHead(reader, (line) => {
      firstLine = line;
      isWaiting = false;
    }).catch((error: unknown) => {
      if (error instanceof BrokenMessage) return "broken" as const;
      throw error;
    });
    if (!head) return;
    const request = head === "broken" ? undefined : requestOf(head, reader, connection, server.acceptsNewer);
    if (!request) {
      const refusal = await server.refuse(firstLine);
      if (!refusal) return;
      await writeAnswer(connection, refusal);
      server.sent?.(refusal, firstLine ?? "");
      return;
    }
    if (request.body && /100-continue/i.test(headerOf(request.head, "expect") ?? "")) {
      await connection.write(encoder.encode("HTTP/1.1 100 Continue\r\n\r\n"));
    }
    const answer = await server.answer(request);
    // What the server has left of the body is read, so that the next request can be found.
    if (request.body) for await (const _ of request.body);
    if (!answer.isSilent) await writeAnswer(connection, answer);
    server.sent?.(answer, request);
    if (answer.isSilent) return;
    if (answer.takeOver) return answer.takeOver(reader);
    if (!answer.goesOn) return;
    isWaiting = true;
  }
}

function requestOf(
  head: Head,
  reader: Reader,
  connection: Connection,
  acceptsNewer = false,
): IncomingRequest | undefined {
  const [, method, target, given = ""] =
    /^([!#$%&'*+.^_`|~\w-]+) (\S+) HTTP\/([1-9]\.\d)$/.exec(head.firstLine) ?? [];
  if (method === undefined || target === undefined) return undefined;
  const isNewer = given !== "1.0" && given !== "1.1";
  if (isNewer && !acceptsNewer) return undefined;
  const version = isNewer ? "1.1" : given;
  const framing = framingOf(head);
  const wish = (headerOf(head, "connection") ?? "").toLowerCase();
  return {
    method,
    target,
    version: version as "1.0" | "1.1",
    head,
    body: framing === undefined ? undefined : readBody(reader, framing),
    persists: version === "1.1" ? !wish.includes("close") : wish.includes("keep-alive"),
    connection,
  };
}

const encoder = new TextEncoder();

async function writeAnswer(connection: Connection, answer: Answer): Promise<void> {
  const lines = [answer.firstLine, ...answer.headers.map(([name, value]) => `${name}: ${value}`)];
  await connection.write(headBytes(`${lines.join("\r\n")}\r\n\r\n`));
  const { body, isChunked = false } = answer;
  if (body === undefined) return;
  for await (const data of body instanceof Uint8Array ? [body] : body) {
    if (data.length === 0) continue;
    if (isChunked) await connection.write(encoder.encode(`${data.length.toString(16)}\r\n`));
    await connection.write(data);
    if (isChunked) await connection.write(encoder.encode("\r\n"));
  }
  if (isChunked) await connection.write(encoder.encode("0\r\n\r\n"));
}

/** Encodes a head, in which each character stands for a byte, unless there are others. */
function headBytes(text: string): Uint8Array {
  return /[^\0-\xff]/.test(text) ? encoder.encode(text) : toBytes(text);
}
