import type { CallLog } from "../calls/call-log.js";
import type { Release } from "../core/releases/release.js";
import type { Session } from "../engine/session.js";
import type { Handle } from "./handle.js";
import type { HttpRequest } from "./message.js";

/** The Engine API over HTTP, as {@link Handle} and as a function like `fetch`. */
export interface Http {
  readonly handle: Handle;
  readonly fetch: (request: Request) => Promise<Response>;
}

/**
 * The Engine API over HTTP, which is loaded with the first request: whoever calls the engine in process never needs it.
 * Requests that come meanwhile wait, and are answered in their order.
 *
 * @param sessionAt the client that speaks that API version
 * @param log keeps what is asked
 * @param loadPrograms what has to be there, too, before a request is answered
 */
export function httpOnDemand(
  release: Release,
  sessionAt: (apiVersion: string) => Session,
  log: CallLog,
  loadPrograms: () => Promise<void> | undefined,
): Http {
  let http: Http | undefined;
  let loading: Promise<Http> | undefined;

  async function load(): Promise<Http> {
    const [{ httpApi, fetchOver }] = await Promise.all([import("../seldom.js"), loadPrograms()]);
    const handle = httpApi(release, sessionAt, log);
    http = { handle, fetch: fetchOver(handle) };
    return http;
  }

  const loaded = (): Promise<Http> => {
    loading ??= load().catch((error: unknown) => {
      loading = undefined;
      throw error;
    });
    return loading;
  };

  return {
    handle: (request) =>
      http ? http.handle(request) : loaded().then(({ handle }) => handle(notYetGone(request))),
    fetch: (request) => (http ? http.fetch(request) : loaded().then(({ fetch }) => fetch(request))),
  };
}

/**
 * A request whose client has gone while HTTP was loaded, as if the client went a moment later: routes take note of it when
 * it happens.
 */
function notYetGone(request: HttpRequest): HttpRequest {
  if (!request.signal.aborted) return request;
  const { method, target, headers, body } = request;
  const gone = new AbortController();
  setTimeout(() => gone.abort(request.signal.reason), 0);
  return { method, target, headers, body, signal: gone.signal };
}
