// HTTP servers as programs, in the style of `fetch`: a request in, a response out.

import type { Connection, ProcessContext, Program } from "@dryharbor/kernel";
import { framingOf, readBody, streamOf } from "./body.js";
import { type Head, headerOf, readHead } from "./head.js";
import { BrokenMessage, Reader } from "./reader.js";
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
export function serveHttp(process: ProcessContext, port: number, handler: HttpHandler): Promise<never> {
  const listener = process.network.listen(port, { address: "::" });
  return new Promise((_, reject) => {
    const accept = async (): Promise<void> => {
      for (;;) {
        const connection = await listener.accept();
        serveConnection(process, connection, handler).then(
          () => connection.close(),
          (error: unknown) => {
            connection.close();
            if (error instanceof HandlerFailure) reject(error.cause);
          },
        );
      }
    };
    accept().catch(reject);
  });
}

/** A handler has thrown. Everything else that ends a connection is its client's matter. */
class HandlerFailure extends Error {}

/** Answers the requests of one connection, until either side ends it. */
async function serveConnection(
  process: ProcessContext,
  connection: Connection,
  handler: HttpHandler,
): Promise<void> {
  const reader = new Reader(connection);
  for (;;) {
    const head = await readHead(reader).catch((error: unknown) => {
      if (error instanceof BrokenMessage) return "broken" as const;
      throw error;
    });
    if (!head) return;
    const request = head === "broken" ? undefined : requestLine(head.firstLine);
    if (head === "broken" || !request) {
      await send(connection, new Response("", { status: 400 }), "GET", "1.1", false);
      return;
    }
    const framing = framingOf(head);
    const hasBody = framing !== undefined && request.method !== "GET" && request.method !== "HEAD";
    if (hasBody && /100-continue/i.test(headerOf(head, "expect") ?? "")) {
      await connection.write(encoder.encode("HTTP/1.1 100 Continue\r\n\r\n"));
    }
    const body = hasBody ? streamOf(readBody(reader, framing)) : undefined;
    const asked = asRequest(request, head, connection, body);
    if (!asked) {
      await send(connection, new Response("", { status: 400 }), request.method, request.version, false);
      return;
    }
    const { remote: client, local } = connection;
    let response: Response;
    try {
      response = await handler(asked, { process, client, local, head });
    } catch (error) {
      throw new HandlerFailure("", { cause: error });
    }
    await drain(asked);
    const wish = (headerOf(head, "connection") ?? "").toLowerCase();
    const goesOn = request.version === "1.1" ? !wish.includes("close") : wish.includes("keep-alive");
    const isFramed = await send(connection, response, request.method, request.version, goesOn);
    if (!goesOn || !isFramed) return;
  }
}

interface RequestLine {
  readonly method: string;
  readonly target: string;
  readonly version: "1.0" | "1.1";
}

function requestLine(line: string): RequestLine | undefined {
  const [, method, target, version] = /^([!#$%&'*+.^_`|~\w-]+) (\S+) HTTP\/(1\.[01])$/.exec(line) ?? [];
  if (method === undefined || target === undefined) return undefined;
  return { method, target, version: version as "1.0" | "1.1" };
}

/** Makes the request. Returns `undefined` when its target or its headers are none. */
function asRequest(
  { method, target }: RequestLine,
  head: Head,
  { local }: Connection,
  body: ReadableStream<Uint8Array> | undefined,
): Request | undefined {
  const host = headerOf(head, "host") ?? `${local.address}:${local.port}`;
  try {
    const url = target.startsWith("/") ? `http://${host}${target}` : target;
    return new Request(url, {
      method,
      headers: head.headers.map(([name, value]): [string, string] => [name, value]),
      ...(body && { body, duplex: "half" }),
    } as RequestInit);
  } catch {
    return undefined;
  }
}

/** Reads what the handler has left of a request's body, so that the next request can be found. */
async function drain(request: Request): Promise<void> {
  if (!request.body || request.bodyUsed) return;
  await request.arrayBuffer();
}

const encoder = new TextEncoder();

/** Sends a response. Resolves to whether the client can tell its end while the connection stays. */
async function send(
  connection: Connection,
  response: Response,
  method: string,
  version: "1.0" | "1.1",
  goesOn: boolean,
): Promise<boolean> {
  const { status } = response;
  const lines = [`HTTP/1.1 ${status} ${response.statusText || statusText(status)}`];
  response.headers.forEach((value, name) => {
    lines.push(`${capitalised(name)}: ${value}`);
  });
  const bodiless = method === "HEAD" || status === 204 || status === 304 || !response.body;
  const isCounted = response.headers.has("content-length");
  const isChunked = !bodiless && !isCounted && version === "1.1";
  if (isChunked) lines.push("Transfer-Encoding: chunked");
  if (!response.body && !isCounted && status !== 204 && status !== 304) lines.push("Content-Length: 0");
  const isFramed = bodiless || isCounted || isChunked;
  if (!response.headers.has("connection"))
    lines.push(`Connection: ${goesOn && isFramed ? "keep-alive" : "close"}`);
  await connection.write(encoder.encode(`${lines.join("\r\n")}\r\n\r\n`));
  if (!bodiless && response.body) {
    const reader = response.body.getReader();
    for (;;) {
      const { done, value: data } = await reader.read();
      if (done || !data) break;
      if (data.length === 0) continue;
      if (isChunked) await connection.write(encoder.encode(`${data.length.toString(16)}\r\n`));
      await connection.write(data);
      if (isChunked) await connection.write(encoder.encode("\r\n"));
    }
    if (isChunked) await connection.write(encoder.encode("0\r\n\r\n"));
  }
  return isFramed;
}

/** `Headers` has names in lower case; servers write them so. */
function capitalised(name: string): string {
  if (name === "etag") return "ETag";
  return name.replace(/(?:^|-)[a-z]/g, (letters) => letters.toUpperCase());
}
