import type { Agent, IncomingHttpHeaders, IncomingMessage } from "node:http";
import { type Duplex, Readable } from "node:stream";
import { type ByteSource, piecesOf } from "../bytes.js";
import type { HttpMethod } from "../calls/call.js";
import { AbortError, abortError, ConnectionError, engineError, UsageError } from "../errors.js";
import type { Dockerode } from "./dockerode.js";

/** One request to the engine. */
export interface Request {
  method: HttpMethod;
  path: string;
  /** What is undefined is left out; a list is several values; an object goes as JSON. */
  query?: Readonly<Record<string, string | number | boolean | object | undefined>>;
  headers?: Readonly<Record<string, string>>;
  /** Goes as JSON. */
  body?: object;
  /** In place of a body. */
  upload?: ByteSource;
  abortSignal?: AbortSignal | undefined;
  /** Asks for the bare connection, both ways, in place of an answer. */
  upgrade?: boolean;
}

/** What the engine answered, as soon as the head of the answer is here. */
export interface Answer {
  status: number;
  headers: IncomingHttpHeaders;
  /** Comes as the engine sends it. Fails with the error of the call's signal, or a {@link ConnectionError}. */
  body: AsyncIterable<Uint8Array>;
  /** The bare connection, where the engine gave it: its output is `body`, and this takes the input. */
  input?: Duplex;
  /** Ends the body. */
  close(): void;
}

// docker-modem makes errors of its own out of answers, and the engine's text is lost on the way. So it is
// told that every answer is a good one, and status and body are read here.
const everyStatus = Object.fromEntries(
  Array.from({ length: 500 }, (_, index) => [100 + index, true as const]),
);

/** `start` and `stop`: it was so already. */
export const notModified = 304;

/** The way to one engine: every call of the driver goes through here. */
export class Connection {
  readonly #open = new Set<AbortController>();
  #closed = false;

  constructor(
    private readonly docker: Dockerode,
    /** Which engine this is, for messages. */
    private readonly address: string,
    /** Ends with this connection. */
    private readonly agent?: Agent,
  ) {}

  /** A call whose answer is JSON. */
  async json<Body>(call: Request): Promise<Body> {
    const text = await textOf(await this.stream(call));
    try {
      return JSON.parse(text) as Body;
    } catch (cause) {
      throw new ConnectionError(
        `${this.address} does not answer as a Docker Engine does: ${call.method} ${call.path} gave no JSON`,
        { cause },
      );
    }
  }

  /** A call whose answer is its status and headers. */
  async head(call: Request): Promise<Pick<Answer, "status" | "headers">> {
    const answer = await this.stream(call);
    await textOf(answer);
    return answer;
  }

  /** A call whose answer is read piece by piece. Its signal ends the body too. */
  async stream(call: Request): Promise<Answer> {
    const answer = await this.#send(call);
    if (answer.status < 300 || answer.status === notModified) return answer;
    throw engineError(answer.status, messageOf(await textOf(answer)) || `HTTP status ${answer.status}`);
  }

  get closed(): boolean {
    return this.#closed;
  }

  /** Ends all calls that are under way. */
  close(): void {
    this.#closed = true;
    for (const call of this.#open) call.abort();
    this.agent?.destroy();
  }

  async #send(call: Request): Promise<Answer> {
    if (this.#closed) throw new UsageError("this engine is closed: open another one");
    if (call.abortSignal?.aborted) throw abortError(call.abortSignal);

    const lifetime = new AbortController();
    const abort = () => lifetime.abort();
    const release = () => {
      this.#open.delete(lifetime);
      call.abortSignal?.removeEventListener("abort", abort);
    };
    this.#open.add(lifetime);
    call.abortSignal?.addEventListener("abort", abort, { once: true });

    try {
      const stream = await this.#dial(call, lifetime.signal);
      stream.once("close", release);
      // Whoever reads is told; without this, a stream that nobody reads would end the process.
      stream.on("error", () => {});
      lifetime.signal.addEventListener("abort", () => stream.destroy(), { once: true });
      return this.#answer(call, stream);
    } catch (error) {
      release();
      throw this.#failure(call, error);
    }
  }

  #dial(request: Request, abortSignal: AbortSignal) {
    const { method, path, query = {}, body, upload, upgrade = false } = request;
    const text = queryText(query);
    // docker-modem sends JSON by POST alone.
    const json = body !== undefined && method === "PUT" ? Buffer.from(JSON.stringify(body)) : undefined;
    // docker-modem sends the end of chunks otherwise, which Podman hands to the process as its input.
    const nothing = upgrade && body === undefined ? Buffer.alloc(0) : undefined;
    const file = upload === undefined ? (json ?? nothing) : uploaded(upload);
    const headers = {
      ...request.headers,
      ...(json && { "Content-Type": "application/json" }),
      ...(nothing && { "Content-Type": "text/plain" }),
    };
    return new Promise<Duplex | IncomingMessage>((resolve, reject) => {
      this.docker.modem.dial(
        {
          method,
          path: text === "" ? path : `${path}?${text}`,
          options: { _query: {}, _body: body ?? {} },
          allowEmpty: body !== undefined,
          hijack: upgrade,
          isStream: true,
          statusCodes: everyStatus,
          abortSignal,
          ...(file && { file }),
          ...(Object.keys(headers).length > 0 && { headers: { ...this.docker.modem.headers, ...headers } }),
        },
        (error, answer) => (answer ? resolve(answer as Duplex | IncomingMessage) : reject(error)),
      );
    });
  }

  #answer(call: Request, stream: Duplex | IncomingMessage): Answer {
    let closed = false;
    const failure = (error: unknown) => this.#failure(call, error);
    async function* body() {
      try {
        for await (const chunk of stream) yield chunk as Uint8Array;
      } catch (error) {
        if (!closed) throw failure(error);
      }
    }
    const close = () => {
      closed = true;
      stream.destroy();
    };
    return isMessage(stream)
      ? { status: stream.statusCode ?? 0, headers: stream.headers, body: body(), close }
      : { status: 101, headers: {}, body: body(), input: stream, close };
  }

  #failure(call: Request, cause: unknown): Error {
    if (call.abortSignal?.aborted) return abortError(call.abortSignal);
    if (this.#closed) return new AbortError("the engine was closed during this call", { cause });
    return new ConnectionError(`no answer from the Docker Engine at ${this.address}: ${reasonOf(cause)}`, {
      cause,
    });
  }
}

function queryText(query: NonNullable<Request["query"]>): string {
  return Object.entries(query)
    .flatMap(([name, value]) => (Array.isArray(value) ? value.map((each) => [name, each]) : [[name, value]]))
    .filter(([, value]) => value !== undefined)
    .map(([name, value]) => {
      const text = typeof value === "object" ? JSON.stringify(value) : String(value);
      return `${encodeURIComponent(name)}=${encodeURIComponent(text)}`;
    })
    .join("&");
}

/** As docker-modem takes it. What is here as a whole goes with its length. */
function uploaded(source: ByteSource): Buffer | Readable {
  return source instanceof Uint8Array
    ? Buffer.from(source.buffer, source.byteOffset, source.byteLength)
    : Readable.from(piecesOf(source), { objectMode: false });
}

function isMessage(stream: Duplex | IncomingMessage): stream is IncomingMessage {
  return "statusCode" in stream;
}

async function textOf({ body }: Answer): Promise<string> {
  const decoder = new TextDecoder();
  let text = "";
  for await (const chunk of body) text += decoder.decode(chunk, { stream: true });
  return text + decoder.decode();
}

/** The engine's own words: JSON, or plain text where a connection was to be taken over. */
function messageOf(body: string): string {
  try {
    const { message } = JSON.parse(body) as { message?: unknown };
    if (typeof message === "string") return message;
  } catch {
    // Plain text.
  }
  return body.replace(/\r?\n$/, "");
}

/** What an error says. Where several addresses of a host were tried, Node's says nothing and holds one for each. */
export function reasonOf(cause: unknown): string {
  if (cause instanceof AggregateError) return cause.errors.map(reasonOf).join(", ");
  return cause instanceof Error ? cause.message : String(cause);
}
