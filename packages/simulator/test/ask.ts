import type { HttpResponse } from "../src/http/message.js";
import type { Simulator } from "../src/simulator.js";

/**
 * Sends a request to a simulator's routes, without a connection.
 *
 * @param line - method and target
 * @param body - sent as it is if it is bytes or text, and as JSON otherwise
 *
 * @example await ask(simulator, "POST /networks/create", { Name: "backend" });
 */
export function ask(
  { handle }: Pick<Simulator, "handle">,
  line: string,
  body?: unknown,
  headers: Readonly<Record<string, string>> = {},
): Promise<HttpResponse> {
  const [method = "", target = ""] = line.split(" ");
  const bytes = bytesOf(body);
  return handle({
    method,
    target,
    headers: { host: "d", ...(body !== undefined && { "content-type": "application/json" }), ...headers },
    body: {
      length: bytes.length,
      async *[Symbol.asyncIterator]() {
        if (bytes.length > 0) yield bytes;
      },
    },
    signal: new AbortController().signal,
  });
}

function bytesOf(body: unknown): Uint8Array {
  if (body instanceof Uint8Array) return body;
  if (body === undefined) return new Uint8Array();
  return new TextEncoder().encode(typeof body === "string" ? body : JSON.stringify(body));
}
