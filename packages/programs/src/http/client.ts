import type { Connection } from "@dryharbor/kernel";
import { framingOf, readBody, streamOf } from "./body.js";
import { type Head, readHead } from "./head.js";
import { BrokenMessage, Reader } from "./reader.js";

/** Opens a TCP connection to a host by its name or address. */
export type Connector = (host: string, port: number) => Promise<Connection>;

/** The most redirects that are followed, as in browsers. */
const mostRedirects = 20;

/** Like the web's `fetch`, for plain HTTP over connections of one's own. Each request has its own connection. */
export async function fetchBy(
  open: Connector,
  input: string | URL | Request,
  init?: RequestInit,
): Promise<Response> {
  let request = new Request(input, init);
  for (let redirects = 0; ; redirects++) {
    // A redirect may send the body once more, so it is read whole.
    const body = request.body ? new Uint8Array(await request.arrayBuffer()) : undefined;
    const response = await fetchOnce(open, request, body);
    const location = response.headers.get("location");
    if (
      request.redirect !== "follow" ||
      location === null ||
      ![301, 302, 303, 307, 308].includes(response.status)
    ) {
      return response;
    }
    await response.body?.cancel();
    if (redirects === mostRedirects) throw new TypeError("too many redirects");
    request = redirected(request, response.status, location, body);
  }
}

function redirected(
  from: Request,
  status: number,
  location: string,
  body: Uint8Array<ArrayBuffer> | undefined,
): Request {
  const keepsMethod = status === 307 || status === 308 || from.method === "HEAD";
  const method = keepsMethod || (from.method !== "POST" && status !== 303) ? from.method : "GET";
  const { headers, signal } = from;
  const url = new URL(location, from.url);
  return new Request(url, {
    method,
    headers,
    signal,
    ...(body && method === from.method && { body }),
  });
}

const encoder = new TextEncoder();

async function fetchOnce(open: Connector, request: Request, body: Uint8Array | undefined): Promise<Response> {
  const { signal, method } = request;
  signal.throwIfAborted();
  const url = new URL(request.url);
  if (url.protocol !== "http:") throw new TypeError(`only http: can be fetched here, not ${url.protocol}`);
  const host = url.hostname.replace(/^\[|\]$/g, "");
  const connection = await open(host, url.port === "" ? 80 : Number(url.port));
  const abort = (): void => connection.reset();
  signal.addEventListener("abort", abort, { once: true });
  try {
    const lines = [`${method} ${url.pathname}${url.search} HTTP/1.1`, `Host: ${url.host}`];
    request.headers.forEach((value, name) => {
      if (name !== "host" && name !== "connection") lines.push(`${name}: ${value}`);
    });
    if (!request.headers.has("user-agent")) lines.push("User-Agent: dryharbor");
    if (!request.headers.has("accept")) lines.push("Accept: */*");
    if (body || method === "POST" || method === "PUT") lines.push(`Content-Length: ${body?.length ?? 0}`);
    lines.push("Connection: close");
    await connection.write(encoder.encode(`${lines.join("\r\n")}\r\n\r\n`));
    if (body) await connection.write(body);
    const reader = new Reader(connection);
    let head = await readHead(reader);
    while (head && / 1\d\d( |$)/.test(head.firstLine)) head = await readHead(reader);
    return responseOf(head, reader, method, () => {
      signal.removeEventListener("abort", abort);
      connection.close();
    });
  } catch (error) {
    signal.removeEventListener("abort", abort);
    connection.close();
    signal.throwIfAborted();
    throw error;
  }
}

function responseOf(head: Head | undefined, reader: Reader, method: string, done: () => void): Response {
  const [, code, statusText = ""] = /^HTTP\/1\.[01] (\d{3})(?: (.*))?$/.exec(head?.firstLine ?? "") ?? [];
  if (!head || code === undefined) throw new BrokenMessage("the server's answer is not HTTP");
  const status = Number(code);
  const headers = new Headers();
  for (const [name, value] of head.headers) headers.append(name, value);
  const bodiless = method === "HEAD" || status === 204 || status === 304;
  if (bodiless) done();
  const body = bodiless ? null : streamOf(until(readBody(reader, framingOf(head) ?? "until-close"), done));
  return new Response(body, { status, statusText, headers });
}

async function* until(
  pieces: AsyncGenerator<Uint8Array, void, undefined>,
  done: () => void,
): AsyncGenerator<Uint8Array, void, undefined> {
  try {
    yield* pieces;
  } finally {
    done();
  }
}
