// HTTP servers as programs, in the style of `fetch`: a request in, a response out.

import type { Connection, ProcessContext, Program } from "@dryharbor/kernel";
import { streamOf } from "./body.js";
import { type Head, headerOf } from "./head.js";
import { type Answer, type IncomingRequest, serveEach, serveMessages } from "./messages.js";
import { statusText } from "./status.js";

/** What an HTTP server does with a request. */
export type HttpHandler = (request: Request, call: HttpCall) => Response | Promise<Response>;

/** The process that serves, and the client of one request. */
export interface HttpCall {
  readonly process: ProcessContext;
  /** The client's address and port as the server sees them. */
  readonly client: { readonly address: string; readonly port: number };
  /** The server's own address and port. */
  readonly local: { readonly address: string; readonly port: number };
  /** The first line of the request and its header lines, as the client wrote them. */
  readonly head: Head;
}

/**
 * Makes a program that serves HTTP on a port of all addresses, until it is ended by a signal. SIGTERM and SIGINT
 * end it with exit code 0.
 *
 * @throws {Error} in the program, when the handler throws: the container exits with 1 and the message is in its log
 *
 * @example
 * createSimulator({ images: { "shop/web": { program: http(3000, () => new Response("hello\n")) } } });
 */
export function http(port: number, handler: HttpHandler): Program {
  return async (process) => {
    const stopped = new Promise<number>((resolve) => {
      for (const signal of ["SIGTERM", "SIGINT"]) process.onSignal(signal, () => resolve(0));
    });
    return Promise.race([stopped, serveHttp(process, port, handler)]);
  };
}

/**
 * Serves HTTP on a port, without end.
 *
 * @throws {FileError} EADDRINUSE
 * @throws what the handler throws
 */
export async function serveHttp(process: ProcessContext, port: number, handler: HttpHandler): Promise<never> {
  const listener = process.network.listen(port, { address: "::" });
  try {
    return await serveEach(listener, (connection) => serveConnection(process, connection, handler));
  } catch (error) {
    throw error instanceof HandlerFailure ? error.cause : error;
  }
}

/** A handler has thrown. Everything else that ends a connection is its client's matter. */
class HandlerFailure extends Error {}

/** Answers the requests of one connection, until either side ends it. */
function serveConnection(
  process: ProcessContext,
  connection: Connection,
  handler: HttpHandler,
): Promise<void> {
  const { remote: client, local } = connection;
  return serveMessages(connection, {
    refuse: () => answerOf(new Response("", { status: 400 }), "GET", "1.1", false),
    async answer(message) {
      const { method, version, head } = message;
      const asked = asRequest(message, connection);
      if (!asked) return answerOf(new Response("", { status: 400 }), method, version, false);
      let response: Response;
      try {
        response = await handler(asked, { process, client, local, head });
      } catch (error) {
        throw new HandlerFailure("", { cause: error });
      }
      return answerOf(response, method, version, message.persists);
    },
  });
}

/** Makes the request. Returns `undefined` when its target or its headers are none. */
function asRequest(
  { method, target, head, body }: IncomingRequest,
  { local }: Connection,
): Request | undefined {
  const host = headerOf(head, "host") ?? `${local.address}:${local.port}`;
  try {
    const url = target.startsWith("/") ? `http://${host}${target}` : target;
    const hasBody = body !== undefined && method !== "GET" && method !== "HEAD";
    return new Request(url, {
      method,
      headers: head.headers.map(([name, value]): [string, string] => [name, value]),
      ...(hasBody && { body: streamOf(body), duplex: "half" }),
    } as RequestInit);
  } catch {
    return undefined;
  }
}

/** Makes the answer of a response. Its connection stays where the client can tell the end of the body. */
function answerOf(response: Response, method: string, version: "1.0" | "1.1", persists: boolean): Answer {
  const { status } = response;
  const headers: [string, string][] = [];
  response.headers.forEach((value, name) => {
    headers.push([capitalised(name), value]);
  });
  const bodiless = method === "HEAD" || status === 204 || status === 304 || !response.body;
  const isCounted = response.headers.has("content-length");
  const isChunked = !bodiless && !isCounted && version === "1.1";
  if (isChunked) headers.push(["Transfer-Encoding", "chunked"]);
  if (!response.body && !isCounted && status !== 204 && status !== 304) headers.push(["Content-Length", "0"]);
  const goesOn = persists && (bodiless || isCounted || isChunked);
  if (!response.headers.has("connection")) headers.push(["Connection", goesOn ? "keep-alive" : "close"]);
  return {
    firstLine: `HTTP/1.1 ${status} ${response.statusText || statusText(status)}`,
    headers,
    ...(!bodiless && response.body && { body: piecesOf(response.body), isChunked }),
    goesOn,
  };
}

async function* piecesOf(stream: ReadableStream<Uint8Array>): AsyncGenerator<Uint8Array, void, undefined> {
  const reader = stream.getReader();
  for (;;) {
    const { done, value } = await reader.read();
    if (done || !value) return;
    yield value;
  }
}

/** `Headers` has names in lower case; servers write them so. */
function capitalised(name: string): string {
  if (name === "etag") return "ETag";
  return name.replace(/(?:^|-)[a-z]/g, (letters) => letters.toUpperCase());
}
