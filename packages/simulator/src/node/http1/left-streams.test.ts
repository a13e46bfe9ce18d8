import { once } from "node:events";
import { expect, it } from "vitest";
import { release } from "../../core/releases/release.js";
import { createSimulator } from "../../simulator.js";
import { memorySockets } from "../memory-socket.js";
import { Connection } from "./connection.js";
import { defaultLimits } from "./limits.js";

const events = "GET /events HTTP/1.1\r\nHost: d\r\n\r\n";
const ping = "GET /_ping HTTP/1.1\r\nHost: d\r\n\r\n";

it.each([
  ["a stream alone", events],
  ["one after another request", ping + events],
  ["one before another request", events + ping],
  ["several", events + events + ping + events],
])("ends streams of a client that sends no more: %s", async (_, requests) => {
  await using simulator = createSimulator();
  const { client, server } = memorySockets();
  new Connection(server, {
    handle: simulator.handle,
    rules: release(simulator.release).http,
    limits: defaultLimits,
  });
  client.resume();
  client.end(requests);
  await once(client, "close");
  expect(client.destroyed).toBe(true);
});
