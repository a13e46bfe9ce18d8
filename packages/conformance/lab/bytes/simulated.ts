import type { Simulator } from "@dryharbor/simulator";
import type { Send } from "../../src/bytes/session.js";
import { archiveLines, isArchive } from "../../src/commands/archive-lines.js";

/** Sends requests to a simulator's table of routes, without a connection. */
export function toSimulator({ handle }: Simulator): Send {
  return async ({ method, target, headers, body }) => {
    const bytes = Buffer.from(body ?? "");
    const response = await handle({
      method,
      // A target on the wire is bytes: one character for each.
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
    const { status } = response;
    const sent = Object.entries(response.headers);
    if (method === "HEAD") return { status, headers: sent, body: "" };
    const answered = await bytesOf(response.body);
    return {
      status,
      headers: sent,
      body: isArchive(status, sent) ? archiveLines(answered) : answered.toString(),
    };
  };
}

async function bytesOf(body: string | Uint8Array | AsyncIterable<Uint8Array> | undefined): Promise<Buffer> {
  if (body === undefined || typeof body === "string") return Buffer.from(body ?? "");
  if (body instanceof Uint8Array) return Buffer.from(body);
  const pieces: Uint8Array[] = [];
  for await (const piece of body) pieces.push(piece);
  return Buffer.concat(pieces);
}
