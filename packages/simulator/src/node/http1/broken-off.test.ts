import { once } from "node:events";
import { expect, it } from "vitest";
import { release } from "../../core/releases/release.js";
import { type ByRelease, cellOf, releaseNames } from "../../core/releases/row.js";
import { createSimulator, type Simulator } from "../../simulator.js";
import { memorySockets } from "../memory-socket.js";
import { Connection } from "./connection.js";
import { defaultLimits } from "./limits.js";

/** Sends bytes on a connection, and then nothing more. */
async function send(simulator: Simulator, request: string): Promise<string> {
  const { client, server } = memorySockets();
  new Connection(server, {
    handle: simulator.handle,
    rules: release(simulator.release).http,
    limits: defaultLimits,
  });
  let answer = "";
  client.on("data", (piece: Buffer) => {
    answer += piece.toString();
  });
  client.end(Buffer.from(request, "latin1"));
  await once(client, "close");
  return answer;
}

/** Returns the status line and the body. */
function gist(answer: string): string {
  const [head = "", ...body] = answer.split("\r\n\r\n");
  const [line] = head.split("\r\n");
  return `${line} | ${body.join("\r\n\r\n").replace(/[0-9a-f]{64}/, "<id>")}`;
}

const create = "POST /networks/create HTTP/1.1\r\nHost: d\r\nContent-Type: application/json\r\n";

// The answers of the engines to exactly these bytes.
it.each<[string, string, v20: string, v26: string, v28: string, v29?: string]>([
  [
    "in the middle of its JSON",
    `${create}Content-Length: 30\r\n\r\n{"Name":`,
    '400 Bad Request | {"message":"unexpected EOF"}',
    '400 Bad Request | {"message":"invalid JSON: unexpected EOF"}',
    '400 Bad Request | {"message":"invalid JSON: unexpected EOF"}',
    "499 status code 499 | ",
  ],
  [
    "after its JSON",
    `${create}Content-Length: 30\r\n\r\n{"Name":"n"}`,
    '201 Created | {"Id":"<id>","Warning":""}',
    '201 Created | {"Id":"<id>","Warning":""}',
    '400 Bad Request | {"message":"unexpected content after JSON"}',
    '201 Created | {"Id":"<id>","Warning":""}',
  ],
  [
    "at the size of a chunk",
    `${create}Transfer-Encoding: chunked\r\n\r\nzz\r\n{}\r\n0\r\n\r\n`,
    '400 Bad Request | {"message":"invalid byte in chunk length"}',
    '400 Bad Request | {"message":"invalid JSON: invalid byte in chunk length"}',
    '400 Bad Request | {"message":"invalid JSON: invalid byte in chunk length"}',
  ],
])("reads a body as far as it comes, which is %s", async (_, request, v20, v26, v28, v29 = v28) => {
  const expected: ByRelease<string> = { "20.10": v20, "26.1": v26, "28.5": v28, "29": v29 };
  for (const name of releaseNames) {
    await using simulator = createSimulator({ release: name });
    expect(gist(await send(simulator, request)).trimEnd()).toBe(
      `HTTP/1.1 ${cellOf(expected, name)}`.trimEnd(),
    );
  }
});

it("does not ask for a body after the answer", async () => {
  await using simulator = createSimulator();
  const answer = await send(
    simulator,
    "POST /nothing HTTP/1.1\r\nHost: d\r\nContent-Length: 5\r\nExpect: 100-continue\r\n\r\n",
  );
  expect(answer).toMatch(/^HTTP\/1.1 404 Not Found\r\n/);
  expect(answer).not.toContain("100 Continue");
});

it("ends a wait of a client that sends no more", async () => {
  await using simulator = createSimulator();
  await simulator.engine.containers.create({ Image: "busybox", Cmd: ["sleep", "1000"] }, { name: "web" });
  await simulator.engine.containers.start("web");
  const answer = await send(simulator, "POST /containers/web/wait HTTP/1.1\r\nHost: d\r\n\r\n");
  expect(answer).toContain(
    '\r\n39\r\n{"Error":{"Message":"context canceled"},"StatusCode":-1}\n\r\n0\r\n\r\n',
  );
});

it("takes a path's bytes for UTF-8, without escapes, too", async () => {
  await using simulator = createSimulator();
  const name = Buffer.from("ä").toString("latin1");
  const answer = await send(
    simulator,
    `GET /networks/${name} HTTP/1.1\r\nHost: d\r\n\r\nGET //${name}?${name} HTTP/1.1\r\nHost: d\r\n\r\n`,
  );
  expect(answer).toContain('{"message":"network ä not found"}');
  expect(answer).toContain("\r\nLocation: /%C3%A4?ä\r\n");
});

it("drops the connection where the engine's handler panics", async () => {
  // 29 has no handler that does.
  await using simulator = createSimulator({ release: "28.5" });
  const login = "POST /auth HTTP/1.1\r\nHost: d\r\nContent-Length: 4\r\n\r\nnull";
  expect(await send(simulator, login)).toBe("");
});

it("writes its own lines first where it takes a connection over", async () => {
  await using simulator = createSimulator();
  const { containers, exec } = simulator.engine;
  await containers.create({ Image: "busybox", Cmd: ["sleep", "1000"] }, { name: "web" });
  await containers.start("web");
  const { Id } = await exec.create("web", { Cmd: ["echo", "hello"], AttachStdout: true });
  const answer = await send(
    simulator,
    `POST /exec/${Id}/start HTTP/1.1\r\nHost: d\r\nContent-Type: application/json\r\nConnection: Upgrade\r\nUpgrade: tcp\r\nContent-Length: 2\r\n\r\n{}`,
  );
  expect(answer).toMatch(
    /^HTTP\/1.1 101 UPGRADED\r\nContent-Type: \S+\r\nConnection: Upgrade\r\nUpgrade: tcp\r\nApi-Version: /,
  );
});
