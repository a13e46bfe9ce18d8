import { once } from "node:events";
import { mkdtemp, rm } from "node:fs/promises";
import { connect, type Socket } from "node:net";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { text } from "node:stream/consumers";
import { afterEach, beforeEach, expect, it } from "vitest";
import { createSimulator, type Simulator } from "../simulator.js";
import type { Limits } from "./http1/limits.js";
import { type Served, serve } from "./serve.js";

let directory: string;
let path: string;
let simulator: Simulator;
let served: Served;
beforeEach(async () => {
  directory = await mkdtemp(join(tmpdir(), "limits-"));
  path = join(directory, "docker.sock");
  simulator = createSimulator();
});
afterEach(async () => {
  await served.close();
  await simulator.close();
  await rm(directory, { recursive: true });
});

async function start(limits: Partial<Limits> = {}): Promise<void> {
  served = await serve(simulator, { host: `unix://${path}`, limits });
}

/** Sends the pieces, and returns everything that comes until the connection closes. */
async function exchange(...pieces: readonly (string | Buffer)[]): Promise<string> {
  const socket = connect(path);
  // A request that is refused while it is still being sent may break off.
  socket.on("error", () => {});
  const answer: Buffer[] = [];
  socket.on("data", (data) => answer.push(data));
  for (const piece of pieces) socket.write(piece);
  await once(socket, "close");
  return Buffer.concat(answer).toString();
}

const ping = "GET /_ping HTTP/1.1\r\nHost: d\r\nConnection: close\r\n\r\n";

it("answers 1,000 clients that come at once", { timeout: 20_000 }, async () => {
  await start();
  // All connect before the server has had a chance to accept one.
  const answers = await Promise.all(Array.from({ length: 1_000 }, () => exchange(ping)));
  expect(answers.filter((answer) => !/^HTTP\/1\.1 200 OK\r\n.*OK$/s.test(answer))).toEqual([]);
});

it("tells 1,000 open event streams of networks that come and go", { timeout: 30_000 }, async () => {
  await start();
  const { networks } = simulator.engine;
  const filters = encodeURIComponent(JSON.stringify({ type: ["network"] }));
  const streams = await Promise.all(
    Array.from({ length: 1_000 }, async () => {
      const socket = connect(path);
      socket.write(`GET /events?filters=${filters} HTTP/1.1\r\nHost: d\r\n\r\n`);
      await once(socket, "readable");
      return socket;
    }),
  );
  const rounds = 10;
  for (let round = 0; round < rounds; round++) {
    await networks.create({ Name: `n${round}` });
    await networks.remove(`n${round}`);
  }
  const told = await Promise.all(
    streams.map(async (socket) => {
      let seen = "";
      for await (const data of socket) {
        seen += data;
        if (seen.split('"destroy"').length > rounds) break;
      }
      return seen.match(/"Action":"(create|destroy)"/g)?.length;
    }),
  );
  expect(new Set(told)).toEqual(new Set([2 * rounds]));
});

it("says that there are too many connections, until one has gone", async () => {
  await start({ connections: 2 });
  const held = await Promise.all(
    [1, 2].map(async (): Promise<Socket> => {
      const socket = connect(path);
      await once(socket, "connect");
      socket.write("GET /_ping HTTP/1.1\r\nHost: d\r\n\r\n");
      await once(socket, "data");
      return socket;
    }),
  );
  const refused = await exchange(ping);
  expect(refused).toMatch(/^HTTP\/1\.1 503 Service Unavailable\r\n/);
  expect(refused).toContain('{"message":"the simulator accepts 2 connections at once: close some"}\n');
  held[0]!.destroy();
  await expect.poll(() => exchange(ping)).toMatch(/^HTTP\/1\.1 200 OK/);
  for (const socket of held) socket.destroy();
});

it("refuses headers that are longer than Go takes, and bodies that are longer than it takes itself", async () => {
  await start({ bodyBytes: 1_000 });
  const long = `GET /_ping HTTP/1.1\r\nHost: d\r\nX: ${"x".repeat(2 ** 20 + 4096)}\r\n\r\n`;
  expect(await exchange(long)).toMatch(/^HTTP\/1\.1 431 Request Header Fields Too Large\r\n/);

  const create = "POST /networks/create HTTP/1.1\r\nHost: d\r\nContent-Type: application/json\r\n";
  const body = JSON.stringify({ Name: "n", Labels: { x: "x".repeat(1_000) } });
  const chunked = `${create}Transfer-Encoding: chunked\r\n\r\n${body.length.toString(16)}\r\n${body}\r\n0\r\n\r\n`;
  for (const request of [`${create}Content-Length: 2000000\r\nConnection: close\r\n\r\n`, chunked]) {
    const socket = connect(path);
    socket.end(request);
    const answer = await text(socket);
    expect(answer).toMatch(/^HTTP\/1\.1 413 Request Entity Too Large\r\n/);
    expect(answer).toContain('"the request body is larger than the');
  }
});

it("closes a connection whose headers do not come to an end", async () => {
  await start({ headMilliseconds: 100 });
  const quick = connect(path);
  await once(quick, "connect");
  quick.write("GET /events HTTP/1.1\r\nHost: d\r\n\r\n");
  await once(quick, "data");
  expect(await exchange("GET /_ping HTTP/1.1\r\nHost:")).toBe("");
  expect(await exchange("")).toBe("");
  expect(quick.destroyed).toBe(false);
  quick.destroy();
});
