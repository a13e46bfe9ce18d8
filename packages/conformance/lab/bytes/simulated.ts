import type { Simulator } from "@dryharbor/simulator";
import type { Send } from "../../src/bytes/session.js";

/** Hands requests to a simulator's table of routes. */
export function toSimulator({ handle }: Simulator): Send {
  return async ({ method, target, headers, body }) => {
    const bytes = Buffer.from(body ?? "");
    const response = await handle({
      method,
      // The wire carries bytes, and a character stands for one.
      target: Buffer.from(target).toString("latin1"),
      headers: Object.fromEntries(
        Object.entries(headers).map(([name, value]) => [name.toLowerCase(), value]),
      ),
      body: {
        length: bytes.length,
        async *[Symbol.asyncIterator]() {
          yield bytes;
        },
      },
      signal: new AbortController().signal,
    });
    return {
      status: response.status,
      headers: Object.entries(response.headers),
      body: method === "HEAD" ? "" : await textOf(response.body),
    };
  };
}

async function textOf(body: string | Uint8Array | AsyncIterable<Uint8Array> | undefined): Promise<string> {
  if (body === undefined || typeof body === "string") return body ?? "";
  if (body instanceof Uint8Array) return Buffer.from(body).toString();
  const pieces: Uint8Array[] = [];
  for await (const piece of body) pieces.push(piece);
  return Buffer.concat(pieces).toString();
}
