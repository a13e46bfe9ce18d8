// Request handlers for Mock Service Worker.
import { UsageError } from "@dryharbor/sdk/port";
import { type HttpHandler, HttpResponse, http } from "msw";
import type { Simulator } from "../simulator.js";
import { originOf } from "./origin.js";

/** The options of {@link handlers}. */
export interface HandlersOptions {
  /**
   * The hosts at which the code under test expects its engine, as in `DOCKER_HOST` or as URLs:
   * `unix:///var/run/docker.sock`, `tcp://docker:2375`, `http://docker`. msw cannot tell two unix sockets
   * apart: it sees `http://localhost` for each, unless the request names a host.
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
 * Returns handlers for msw that answer as the simulator does, for code whose Docker client cannot be
 * configured. They match every path of their hosts, so put your own handlers for the same hosts first.
 *
 * msw carries requests and answers, streamed ones too (logs, events, the output of an exec). It cannot carry
 * the input of attach and exec, because the engine takes over the connection for it. If a process takes
 * input, the answer is 501 with a message that points to `agent` of `@dryharbor/simulator/node`, which can.
 *
 * @throws {UsageError} a host is not the address of an engine
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

/**
 * Removes the request for an upgrade if a process's output is only read. The engine answers such clients
 * without one.
 */
function withoutUpgrade(request: Request): Request {
  if (!request.headers.has("upgrade")) return request;
  const headers = new Headers(request.headers);
  headers.delete("upgrade");
  headers.delete("connection");
  return new Request(request, { headers });
}

/**
 * Adapts an answer to clients of `node:http`. msw sends them the head only with the first piece of the body,
 * which may take long. Where a body without a length or chunks ends, they learn only if they asked to close
 * the connection.
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
  // msw 3 cannot use a connection again on which an upgrade was asked for.
  if (request.headers.has("upgrade")) headers.set("connection", "close");
  return new Response(body, { status: response.status, headers });
}
