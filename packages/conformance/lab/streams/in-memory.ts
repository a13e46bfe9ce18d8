import type { Simulator } from "@dryharbor/simulator";
import type { Exchange, Peer, Request } from "./peer.js";
import { deferred } from "./socket.js";

type HttpRequest = Parameters<Simulator["handle"]>[0];
type HttpResponse = Awaited<ReturnType<Simulator["handle"]>>;

const reasons: Readonly<Record<number, string>> = {
  101: "UPGRADED",
  200: "OK",
  201: "Created",
  204: "No Content",
  304: "Not Modified",
  400: "Bad Request",
  404: "Not Found",
  409: "Conflict",
  500: "Internal Server Error",
  501: "Not Implemented",
};

/** A peer that is a simulator's table of routes, without a connection. */
export function inMemoryPeer(simulator: Simulator): Peer {
  return { request: (request) => exchange(simulator, request) };
}

function exchange(simulator: Simulator, { method, target, headers, body }: Request): Exchange {
  const gone = new AbortController();
  const head = deferred<Awaited<Exchange["head"]>>();
  const ended = deferred<void>();
  const received: Uint8Array[] = [];
  const input = typed();

  const bytes = new TextEncoder().encode(body);
  const request: HttpRequest = {
    method,
    target,
    headers: Object.fromEntries(Object.entries(headers).map(([name, value]) => [name.toLowerCase(), value])),
    body: {
      length: bytes.length,
      async *[Symbol.asyncIterator]() {
        if (bytes.length > 0) yield bytes;
      },
    },
    signal: gone.signal,
  };

  async function answer({ status, statusText, headers, body, takeOver }: HttpResponse): Promise<void> {
    head.resolve({ status, reason: statusText ?? reasons[status] ?? "", headers });
    if (takeOver) {
      takeOver({
        input,
        write(data) {
          if (!gone.signal.aborted) received.push(data);
          return true;
        },
        drained: async () => {},
        end: () => ended.resolve(),
        signal: gone.signal,
      });
      return;
    }
    if (typeof body === "string") received.push(new TextEncoder().encode(body));
    else if (body instanceof Uint8Array) received.push(body);
    else if (body) {
      for await (const piece of body) {
        if (gone.signal.aborted) return;
        received.push(piece);
      }
    }
    ended.resolve();
  }
  simulator
    .handle(request)
    .then(answer)
    .catch(() => ended.resolve());

  return {
    head: head.promise,
    received: () => Buffer.concat(received),
    ended: ended.promise,
    send: (text) => input.add(Buffer.from(text, "latin1")),
    halfClose: () => input.end(),
    leave() {
      input.end();
      gone.abort();
    },
  };
}

/** The client's input, as the engine's side reads it. */
function typed(): AsyncIterable<Uint8Array> & { add(data: Uint8Array): void; end(): void } {
  const pieces: Uint8Array[] = [];
  let over = false;
  let wake = (): void => {};
  return {
    add(data) {
      pieces.push(data);
      wake();
    },
    end() {
      over = true;
      wake();
    },
    async *[Symbol.asyncIterator]() {
      for (;;) {
        const piece = pieces.shift();
        if (piece) yield piece;
        else if (over) return;
        else {
          await new Promise<void>((resolve) => {
            wake = resolve;
          });
        }
      }
    },
  };
}
