import { once } from "node:events";
import { mkdtempSync, readFileSync, rmSync } from "node:fs";
import https from "node:https";
import { connect as connectPlain } from "node:net";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { text } from "node:stream/consumers";
import { connect } from "node:tls";
import { UsageError } from "@dryharbor/sdk/port";
import { afterAll, beforeAll, expect, it } from "vitest";
import { makeCertificates } from "../../../test/certificates.js";
import { createSimulator } from "../../simulator.js";
import { serve } from "../serve.js";

let directory: string;
beforeAll(() => {
  directory = mkdtempSync(join(tmpdir(), "dryharbor-tls-"));
  makeCertificates(directory);
});
afterAll(() => rmSync(directory, { recursive: true }));

const pem = (name: string): string => readFileSync(join(directory, `${name}.pem`), "utf8");
const server = () => ({ ca: pem("ca"), cert: pem("server"), key: pem("server-key") });
const client = () => ({ ca: pem("ca"), cert: pem("cert"), key: pem("key") });

it("lets in who has a certificate, and nobody else", async () => {
  await using simulator = createSimulator();
  const served = await serve(simulator, { host: "tcp://127.0.0.1:0", tls: server() });
  const ping = (identity: object): Promise<string> =>
    new Promise((resolve, reject) => {
      const url = served.host.replace("tcp:", "https:");
      https
        .get(`${url}/_ping`, { ...identity, agent: false }, (response) => resolve(text(response)))
        .on("error", reject);
    });
  expect(await ping(client())).toBe("OK");
  await expect(ping({ ca: pem("ca") })).rejects.toThrow();
  await expect(ping({ ...client(), cert: pem("server"), key: pem("key") })).rejects.toThrow();
  await expect(ping({ ...client(), maxVersion: "TLSv1.1" })).rejects.toThrow();
  await served.close();
});

it("keeps its own side open where a client has closed the other", async () => {
  await using simulator = createSimulator();
  const { containers } = simulator.engine;
  await containers.create(
    { Image: "busybox", Cmd: ["cat"], OpenStdin: true, StdinOnce: true },
    { name: "cat" },
  );
  const served = await serve(simulator, { host: "tcp://127.0.0.1:0", tls: server() });
  const socket = connect({ ...client(), host: "127.0.0.1", port: Number(new URL(served.host).port) });
  await once(socket, "secureConnect");
  const all = text(socket);
  socket.write("POST /containers/cat/attach?stream=1&stdin=1&stdout=1 HTTP/1.1\r\nHost: d\r\n\r\n");
  await once(socket, "data");
  socket.end("typed\n");
  await containers.start("cat");
  expect(await all).toMatch(/^HTTP\/1\.1 200 OK\r\n.*typed\n$/s);
  await served.close();
});

it("listens to other machines only where both is asked for", async () => {
  const simulator = createSimulator();
  const host = "tcp://0.0.0.0:0";
  for (const options of [{}, { allowRemote: true }, { tls: server() }]) {
    await expect(serve(simulator, { host, ...options })).rejects.toThrow(UsageError);
  }
  const served = await serve(simulator, { host, allowRemote: true, tls: server() });
  expect(served.host).toMatch(/^tcp:\/\/0\.0\.0\.0:[1-9]/);
  await served.close();
});

it("says what is wrong with certificates that do not fit", async () => {
  const tls = { ...server(), key: pem("key") };
  await expect(serve(createSimulator(), { host: "tcp://127.0.0.1:0", tls })).rejects.toThrow(
    /^TLS does not work with this authority, certificate and key: .*mismatch/,
  );
});

it("tells who has not heard of TLS, as the engine does", async () => {
  await using simulator = createSimulator();
  const served = await serve(simulator, { host: "tcp://127.0.0.1:0", tls: server() });
  const plain = async (request: string): Promise<string> => {
    const socket = connectPlain(Number(new URL(served.host).port), "127.0.0.1");
    socket.write(`${request} HTTP/1.1\r\nHost: d\r\n\r\n`);
    return await text(socket);
  };
  expect(await plain("GET /_ping")).toBe(
    "HTTP/1.0 400 Bad Request\r\n\r\nClient sent an HTTP request to an HTTPS server.\n",
  );
  expect(await plain("DELETE /networks/a")).not.toContain("HTTP");
  await served.close();
});

it("waits for nobody who has yet to be let in when it closes", async () => {
  await using simulator = createSimulator();
  const served = await serve(simulator, { host: "tcp://127.0.0.1:0", tls: server() });
  const port = Number(new URL(served.host).port);
  const silent = connectPlain(port, "127.0.0.1");
  const halfway = connectPlain(port, "127.0.0.1");
  halfway.write(Buffer.from([0x16, 0x03, 0x01]));
  const inside = connect({ ...client(), host: "127.0.0.1", port });
  for (const socket of [silent, halfway, inside]) socket.on("error", () => {});
  await once(inside, "secureConnect");
  const began = performance.now();
  await served.close();
  expect(performance.now() - began).toBeLessThan(5_000);
});

it("counts those who are not in yet, and lets nobody take forever", async () => {
  await using simulator = createSimulator();
  const limits = { connections: 2, headMilliseconds: 300 };
  const served = await serve(simulator, { host: "tcp://127.0.0.1:0", tls: server(), limits });
  const port = Number(new URL(served.host).port);
  const sockets = [1, 2, 3].map(() => connectPlain(port, "127.0.0.1"));
  sockets[0]!.write(Buffer.from([0x16, 0x03, 0x01]));
  const began = performance.now();
  const after = await Promise.all(
    sockets.map(async (socket) => {
      socket.on("error", () => {});
      socket.resume();
      await once(socket, "close");
      return performance.now() - began;
    }),
  );
  expect(after.filter((milliseconds) => milliseconds >= 250)).toHaveLength(2);
  for (let turn = 0; turn < 4; turn++) {
    const socket = connect({ ...client(), host: "127.0.0.1", port });
    await once(socket, "secureConnect");
    socket.end("GET /_ping HTTP/1.1\r\nHost: d\r\n\r\n");
    expect(await text(socket)).toMatch(/OK$/);
  }
  await served.close();
});
