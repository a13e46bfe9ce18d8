import { FileError, type ProcessContext, type Program } from "@dryharbor/kernel";
import { toBytes } from "../../busybox/byte-text.js";
import { type Answer, type IncomingRequest, serveEach, serveMessages } from "../../http/messages.js";
import type { Received } from "../redis/protocol/received.js";
import { Crash, portTaken } from "./crash.js";
import { RedisClient } from "./redis-client.js";

/** In milliseconds. */
const idle = 120_000;

/** `node server.js`: serves a page with what it has counted in Redis. */
export const webServer: Program = async (process) => {
  process.stdout("Listening on port 3000\n");
  try {
    return await run(process);
  } catch (error) {
    if (!(error instanceof Crash)) throw error;
    process.stderr(error.message);
    return 1;
  }
};

function run(process: ProcessContext): Promise<never> {
  return new Promise((_, reject) => {
    try {
      const listener = process.network.listen(3000, { address: "::", backlog: 511 });
      const unfinished: Promise<void>[] = [];
      // What the process has written before its end still leaves.
      const client = new RedisClient(process, (crash) => {
        void Promise.race([Promise.all(unfinished), process.sleep(1)]).then(() => reject(crash));
      });
      serveEach(listener, (connection) =>
        serveMessages(connection, {
          idle,
          refuse: () => undefined,
          answer: (request) => answer(process, client, request, unfinished),
        }),
      ).catch(reject);
    } catch (error) {
      reject(error instanceof FileError ? portTaken() : error);
    }
  });
}

/** What one page shows. */
interface Counts {
  readonly requests: string;
  /** The number of requests by address. `undefined` where Redis did not say, which the program does not expect. */
  readonly addresses: readonly (readonly [address: string, count: string])[] | undefined;
}

async function answer(
  { now }: ProcessContext,
  client: RedisClient,
  { method, version, persists, connection }: IncomingRequest,
  unfinished: Promise<void>[],
): Promise<Answer> {
  let written = (): void => {};
  const counts = await count(client, connection.remote.address, () => {
    if (method !== "HEAD") unfinished.push(new Promise((resolve) => (written = resolve)));
  });
  return {
    firstLine: "HTTP/1.1 200 OK",
    headers: [
      ["Content-Type", "text/plain"],
      ["Date", new Date(Number(now() / 1_000_000n)).toUTCString()],
      ["Connection", persists ? "keep-alive" : "close"],
      ...(version === "1.1" && method !== "HEAD" ? ([["Transfer-Encoding", "chunked"]] as const) : []),
    ],
    ...(method !== "HEAD" && { body: page(counts, written), isChunked: version === "1.1" }),
    goesOn: persists && (version === "1.1" || method === "HEAD"),
  };
}

/** @param failed is called where Redis does not say the addresses */
function count(client: RedisClient, client4or6: string, failed: () => void): Promise<Counts> {
  // The server listens on IPv6, where addresses of IPv4 look like this.
  const address = client4or6.includes(":") ? client4or6 : `::ffff:${client4or6}`;
  return new Promise((resolve) => {
    let requests = "undefined";
    client.send(["incr", "requests"], (reply) => {
      if (reply && "text" in reply) requests = reply.text;
      return true;
    });
    client.send(["hincrby", "ip", address, "1"]);
    client.send(["hgetall", "ip"], (reply) => {
      if (!reply) failed();
      resolve({ requests, addresses: reply && pairsOf(reply) });
      return reply !== undefined;
    });
  });
}

function pairsOf(reply: Received): [string, string][] {
  const texts = "items" in reply ? reply.items.map((item) => ("text" in item ? item.text : "")) : [];
  return texts.flatMap((text, at) => (at % 2 === 0 ? [[text, texts[at + 1] ?? ""]] : []));
}

async function* page(
  { requests, addresses }: Counts,
  written: () => void,
): AsyncGenerator<Uint8Array, void, undefined> {
  yield encoder.encode(
    "This page was generated after talking to redis.\n\nApplication Build: 1\n\n" +
      `Total requests: ${requests}\n\nIP count: \n`,
  );
  if (!addresses) {
    written();
    // The process ends by the error, and the page is never finished.
    await new Promise(() => {});
  }
  for (const [address, times] of addresses ?? []) {
    yield encoder.encode(`    ${new TextDecoder().decode(toBytes(address))}: ${times}\n`);
  }
}

const encoder = new TextEncoder();
