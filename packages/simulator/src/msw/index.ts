// Handlers for Mock Service Worker.
import { UsageError } from "@dryharbor/sdk/port";
import { type HttpHandler, HttpResponse, http } from "msw";
import type { Simulator } from "../simulator.js";
import { originOf } from "./origin.js";

/** What {@link handlers} takes. */
export interface HandlersOptions {
  /**
   * Where the code thinks that its engine is, as in `DOCKER_HOST` or as a URL: `unix:///var/run/docker.sock`,
   * `tcp://docker:2375`, `http://docker`. msw does not tell one unix socket from another: it sees
   * `http://localhost`, unless the request names a host of its own.
   *
   * Default: a unix socket, port 2375 of this machine, and `http://docker`.
   */
  readonly hosts?: readonly string[];
}

const defaultHosts = [
  "unix:///var/run/docker.sock",
  "tcp://localhost:2375",
  "tcp://127.0.0.1:2375",
  "http://docker",
];

/**
 * Handlers for msw that answer as the simulator does: for code whose Docker client cannot be configured.
 * They take every path of their hosts, so handlers of one's own for the same hosts go before them.
 *
 * msw carries requests and answers, streamed ones too (logs, events, the output of an exec). It cannot carry
 * what is written to a connection that the engine has taken over, i.e. the input of attach and exec: where
 * a process takes input the answer is 501, with a message that points to `agent` of
 * `@dryharbor/simulator/node`, which can.
 *
 * @throws {UsageError} a host that is none
 *
 * @example
 * const simulator = createSimulator();
 * const server = setupServer(...handlers(simulator));
 * server.listen();
 * await new Docker({ socketPath: "/var/run/docker.sock" }).createNetwork({ Name: "backend" });
 */
export function handlers(
  simulator: Simulator,
  { hosts = defaultHosts }: HandlersOptions = {},
): HttpHandler[] {
  return hosts.map((host) => http.all(`${originOf(host)}/*`, ({ request }) => answer(simulator, request)));
}

async function answer(simulator: Simulator, request: Request): Promise<Response> {
  try {
    return forNodeClient(request, await simulator.fetch(withoutUpgrade(request)));
  } catch (error) {
    if (!(error instanceof UsageError)) throw error;
    const message = `msw cannot carry the input of a process: ${error.message}`;
    return HttpResponse.json({ message }, { status: 501 });
  }
}

/** What only reads a process's output is answered as the engine answers clients that do not ask for an upgrade. */
function withoutUpgrade(request: Request): Request {
  if (!request.headers.has("upgrade")) return request;
  const headers = new Headers(request.headers);
  headers.delete("upgrade");
  headers.delete("connection");
  return new Request(request, { headers });
}

/**
 * To clients of `node:http` msw sends the head of an answer with the first piece of its body, which may be long in
 * coming, and where the body ends without a length or chunks they learn only if they asked to close the connection.
 */
function forNodeClient(request: Request, response: Response): Response {
  if (!response.body) return response;
  const reader = response.body.getReader();
  const body = new ReadableStream<Uint8Array>({
    start: (controller) => controller.enqueue(new Uint8Array()),
    async pull(controller) {
      const { done, value } = await reader.read();
      if (value) controller.enqueue(value);
      if (done) controller.close();
    },
    cancel: (reason) => reader.cancel(reason),
  });
  const headers = new Headers(response.headers);
  headers.set("transfer-encoding", "chunked");
  // A connection on which an upgrade was asked for is of no further use to msw 3.
  if (request.headers.has("upgrade")) headers.set("connection", "close");
  return new Response(body, { status: response.status, headers });
}
