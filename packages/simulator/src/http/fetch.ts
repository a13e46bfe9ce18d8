// Carries the web's `fetch` over the table of routes: a `Request` in, a `Response` out. `createSimulator`
// makes `simulator.fetch` with it. Node's servers and agent in `node/` do the same for sockets.

import { UsageError } from "@dryharbor/sdk/port";
import { keepAlive } from "../engine/keep-alive.js";
import type { Handle } from "./handle.js";
import type { HttpResponse, RawConnection, RequestBody } from "./message.js";

/**
 * The number of bytes of a request's body that are read ahead to find its length. A longer body counts as of
 * unknown length unless Content-Length declares it.
 */
const readToCount = 64 * 1024;

/** The number of bytes of output that may wait for a reader. */
const unread = 64 * 1024;

/**
 * Returns a function like `fetch` over the table of routes. It ignores the host in the URL. Bodies stream
 * both ways, as fast as they are read. Aborting the request, or canceling the body of the answer, ends the
 * call. Waiting for an answer, or for a piece of it, keeps a Node process alive.
 */
export function fetchOver(handle: Handle): (request: Request) => Promise<Response> {
  return async (request) => {
    const { signal } = request;
    signal.throwIfAborted();
    const gone = new AbortController();
    const [, host, path = ""] = absoluteUrl.exec(request.url) ?? [];
    const headers: Record<string, string | undefined> = { host };
    request.headers.forEach((value, name) => {
      headers[name] = value;
    });
    const { method } = request;
    const target = path.startsWith("/") ? path : `/${path}`;
    const ask = async (): Promise<HttpResponse> => {
      const body = await bodyOf(request, headers["content-length"]);
      return await handle({ method, target, headers, body, signal: gone.signal });
    };
    const answer = await whileWaiting(signal, gone, ask());
    return asResponse(answer, `${method} ${target}`, { asked: signal, gone });
  };
}

const absoluteUrl = /^[^:]+:\/\/([^/?#]*)([^#]*)/;

/**
 * The two ways in which a streaming answer can end early: the request's signal (`asked`), and the reader
 * (`gone`).
 */
interface Ends {
  readonly asked: AbortSignal;
  readonly gone: AbortController;
}

/** Resolves with the answer unless the client gives up first. */
function whileWaiting(
  asked: AbortSignal,
  gone: AbortController,
  answer: Promise<HttpResponse>,
): Promise<HttpResponse> {
  const wake = keepAlive();
  return new Promise<HttpResponse>((resolve, reject) => {
    const giveUp = (): void => {
      gone.abort(asked.reason);
      reject(asked.reason);
      answer.then(abandon, () => {});
    };
    if (asked.aborted) giveUp();
    asked.addEventListener("abort", giveUp, { once: true });
    answer.then(resolve, reject).finally(() => asked.removeEventListener("abort", giveUp));
  }).finally(wake);
}

/** Releases the body of an answer that nobody waits for any more. */
function abandon({ body }: HttpResponse): void {
  if (isWhole(body)) return;
  body[Symbol.asyncIterator]()
    .return?.()
    ?.then(undefined, () => {});
}

function isWhole(body: HttpResponse["body"]): body is string | Uint8Array | undefined {
  return body === undefined || typeof body === "string" || body instanceof Uint8Array;
}

/**
 * Returns the request's body with its length. HTTP clients declare the length of a short body, so a short
 * body is read here to count it.
 */
async function bodyOf(request: Request, declared: string | undefined): Promise<RequestBody> {
  if (!request.body) return { length: 0, async *[Symbol.asyncIterator]() {} };
  const reader = request.body.getReader();
  const pieces: Uint8Array[] = [];
  let length = 0;
  let complete = false;
  while (length <= readToCount && !complete) {
    const { done, value } = await reader.read();
    complete = done;
    if (!value) continue;
    pieces.push(value);
    length += value.length;
  }
  return {
    length: complete ? length : declared !== undefined && /^[0-9]+$/.test(declared) ? Number(declared) : -1,
    async *[Symbol.asyncIterator]() {
      try {
        while (pieces.length > 0) yield pieces.shift()!;
        while (!complete) {
          const { done, value } = await reader.read();
          complete = done;
          if (value) yield value;
        }
      } finally {
        if (!complete) await reader.cancel();
      }
    },
  };
}

function asResponse(answer: HttpResponse, line: string, ends: Ends): Response {
  const { status, body } = answer;
  const headers = { ...answer.headers };
  const { takeOver } = answer;
  if (answer.dropped) throw new TypeError(`the engine has dropped the connection: ${line}`);
  if (takeOver) {
    if (status === 101 || answer.takesInput) throw notCarried(line);
    return new Response(takenOver(takeOver, ends), { status, headers });
  }
  const bodiless = line.startsWith("HEAD ") || status === 204 || status === 304;
  if (bodiless) {
    abandon(answer);
    return new Response(null, { status, headers });
  }
  const carried = isWhole(body) ? (body ?? null) : streamed(body, ends);
  return new Response(carried as ConstructorParameters<typeof Response>[0], { status, headers });
}

function notCarried(line: string): UsageError {
  return new UsageError(
    `fetch cannot carry ${line}: the engine takes the connection over, for a process's input and output. ` +
      "Use agent(simulator) of @dryharbor/simulator/node",
  );
}

/** Returns a body as a stream that asks for each piece when the reader wants it. */
function streamed(body: AsyncIterable<Uint8Array>, { asked, gone }: Ends): ReadableStream<Uint8Array> {
  const pieces = body[Symbol.asyncIterator]();
  const release = (reason: unknown): void => {
    gone.abort(reason);
    pieces.return?.()?.then(undefined, () => {});
  };
  let abort = (): void => {};
  return new ReadableStream<Uint8Array>(
    {
      start(controller) {
        abort = () => {
          controller.error(asked.reason);
          release(asked.reason);
        };
        if (asked.aborted) abort();
        asked.addEventListener("abort", abort, { once: true });
      },
      async pull(controller) {
        const wake = keepAlive();
        try {
          const { done, value } = await pieces.next();
          if (asked.aborted) return;
          if (!done) {
            controller.enqueue(value);
            return;
          }
          controller.close();
        } catch (error) {
          if (asked.aborted) return;
          controller.error(error);
        } finally {
          wake();
        }
        asked.removeEventListener("abort", abort);
      },
      cancel(reason) {
        asked.removeEventListener("abort", abort);
        release(reason);
      },
    },
    { highWaterMark: 0 },
  );
}

/**
 * Returns the output of a process for which the engine takes over the connection. `fetch` has no way to send
 * it input.
 */
function takenOver(
  takeOver: (connection: RawConnection) => void,
  { asked, gone }: Ends,
): ReadableStream<Uint8Array> {
  let caughtUp = (): void => {};
  let over = false;
  const wake = keepAlive();
  const finish = (): boolean => {
    if (over) return false;
    over = true;
    wake();
    caughtUp();
    return true;
  };
  return new ReadableStream<Uint8Array>(
    {
      start(controller) {
        const abort = (): void => {
          if (!finish()) return;
          controller.error(asked.reason);
          gone.abort(asked.reason);
        };
        asked.addEventListener("abort", abort, { once: true });
        if (asked.aborted) abort();
        takeOver({
          input: silence(gone.signal),
          signal: gone.signal,
          write(data) {
            if (over) return true;
            controller.enqueue(data);
            return (controller.desiredSize ?? 0) > 0;
          },
          drained: () =>
            over || (controller.desiredSize ?? 0) > 0
              ? Promise.resolve()
              : new Promise((resolve) => {
                  caughtUp = resolve;
                }),
          end() {
            if (finish()) controller.close();
            asked.removeEventListener("abort", abort);
          },
        });
      },
      pull: () => caughtUp(),
      cancel(reason) {
        finish();
        gone.abort(reason);
      },
    },
    { highWaterMark: unread, size: (piece) => piece.byteLength },
  );
}

/** An input without data that ends when the client has gone. */
function silence(gone: AbortSignal): AsyncIterable<Uint8Array> {
  return {
    async *[Symbol.asyncIterator]() {
      if (gone.aborted) return;
      await new Promise<void>((resolve) => gone.addEventListener("abort", () => resolve(), { once: true }));
    },
  };
}
