// Writes down each request and its answer when both have ended.
import type { Handle } from "../../http/handle.js";
import type { HttpRequest, HttpResponse, RawConnection } from "../../http/message.js";
import type { HarEntry, HarHeader, HarText } from "./har.js";
import { KeptBytes } from "./kept-bytes.js";

/** Headers that carry passwords. */
const secret = new Set(["authorization", "x-registry-auth", "x-registry-config"]);

/** Passes requests on, and tells of each when its answer has ended. */
export function recordedHandle(handle: Handle, write: (entry: HarEntry) => void): Handle {
  return async (request) => {
    const record = new OpenEntry(request, write);
    const response = await handle(record.request);
    return record.answered(response);
  };
}

/** A request whose answer has not ended. */
class OpenEntry {
  readonly request: HttpRequest;
  readonly #write: (entry: HarEntry) => void;
  readonly #started = Date.now();
  readonly #sent = new KeptBytes();
  readonly #received = new KeptBytes();
  #answered = 0;
  #response: HttpResponse | undefined;
  #streamed: { readonly sent: KeptBytes } | undefined;
  #isWritten = false;

  constructor(request: HttpRequest, write: (entry: HarEntry) => void) {
    this.#write = write;
    const { method, target, headers, body } = request;
    const kept = keptBody(body, this.#sent);
    // A transport makes the signal where somebody asks for it.
    this.request = Object.defineProperty(
      { method, target, headers, body: { ...kept, length: body.length } },
      "signal",
      {
        get: () => request.signal,
      },
    ) as HttpRequest;
  }

  answered(response: HttpResponse): HttpResponse {
    this.#answered = Date.now();
    this.#response = response;
    const { body, takeOver } = response;
    if (takeOver) return { ...response, takeOver: (connection) => takeOver(this.#connection(connection)) };
    if (body === undefined || typeof body === "string" || body instanceof Uint8Array) {
      if (body !== undefined) this.#received.add(typeof body === "string" ? Buffer.from(body) : body);
      this.#end();
      return response;
    }
    const end = (leftEarly?: true): void => this.#end(leftEarly);
    const kept = keptBody(body, this.#received);
    return {
      ...response,
      body: {
        async *[Symbol.asyncIterator]() {
          let hasEnded = false;
          try {
            yield* kept;
            hasEnded = true;
          } finally {
            end(hasEnded ? undefined : true);
          }
        },
      },
    };
  }

  #connection(connection: RawConnection): RawConnection {
    const sent = new KeptBytes();
    this.#streamed = { sent };
    connection.signal.addEventListener("abort", () => this.#end(true), { once: true });
    return {
      input: keptBody(connection.input, sent),
      signal: connection.signal,
      write: (data) => {
        this.#received.add(data);
        return connection.write(data);
      },
      drained: () => connection.drained(),
      end: () => {
        this.#end();
        connection.end();
      },
    };
  }

  #end(leftEarly?: true): void {
    if (this.#isWritten) return;
    this.#isWritten = true;
    this.#write(this.#entry(leftEarly));
  }

  #entry(leftEarly: true | undefined): HarEntry {
    const { method, target, headers } = this.request;
    const response = this.#response!;
    const url = new URL(`http://docker${target.startsWith("/") ? target : `/${target}`}`);
    const ended = Date.now();
    const received = this.#received.asText;
    const { "Content-Type": mimeType = "", "content-type": contentType = mimeType } = response.headers;
    return {
      startedDateTime: new Date(this.#started).toISOString(),
      time: ended - this.#started,
      request: {
        method,
        url: `http://docker${target}`,
        httpVersion: "HTTP/1.1",
        cookies: [],
        headers: headersOf(headers),
        queryString: [...url.searchParams].map(([name, value]) => ({ name, value })),
        ...(this.#sent.length > 0 && {
          postData: { mimeType: headers["content-type"] ?? "", ...this.#sent.asText },
        }),
        headersSize: -1,
        bodySize: this.#sent.length,
      },
      response: {
        status: response.dropped ? 0 : response.status,
        statusText: response.statusText ?? "",
        httpVersion: "HTTP/1.1",
        cookies: [],
        headers: headersOf(response.headers),
        content: {
          mimeType: contentType,
          size: this.#streamed ? 0 : this.#received.length,
          ...(this.#streamed ? nothing : received),
        },
        redirectURL: "",
        headersSize: -1,
        bodySize: -1,
      },
      cache: {},
      timings: { send: 0, wait: this.#answered - this.#started, receive: ended - this.#answered },
      ...(this.#streamed && { _stream: { sent: this.#streamed.sent.asText, received } }),
      ...(leftEarly && { _leftEarly: leftEarly }),
    };
  }
}

const nothing: HarText = { text: "" };

function headersOf(headers: Readonly<Record<string, string | undefined>>): HarHeader[] {
  return Object.entries(headers).flatMap(([name, value]) =>
    value === undefined ? [] : [{ name, value: secret.has(name.toLowerCase()) ? "(left out)" : value }],
  );
}

function keptBody(body: AsyncIterable<Uint8Array>, into: KeptBytes): AsyncIterable<Uint8Array> {
  return {
    async *[Symbol.asyncIterator]() {
      for await (const piece of body) {
        into.add(piece);
        yield piece;
      }
    },
  };
}
