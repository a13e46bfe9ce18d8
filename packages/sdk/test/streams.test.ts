import { once } from "node:events";
import type { IncomingMessage, ServerResponse } from "node:http";
import type { Socket } from "node:net";
import type { Duplex } from "node:stream";
import { describe, expect, it } from "vitest";
import { AbortError, ConnectionError, NotFoundError } from "../src/errors.js";
import type { EngineEvent } from "../src/events.js";
import { collectOutput } from "../src/output.js";
import { type Served, serve } from "./server.js";

const raw = "application/vnd.docker.raw-stream";
const multiplexed = "application/vnd.docker.multiplexed-stream";
const pause = (milliseconds = 20) => new Promise((resolve) => setTimeout(resolve, milliseconds));

async function all<Item>(items: AsyncIterable<Item>): Promise<Item[]> {
  const seen: Item[] = [];
  for await (const item of items) seen.push(item);
  return seen;
}

/** Resolves when the client has let go of the next request. */
async function letGo({ server }: Served): Promise<void> {
  const [, response] = (await once(server, "request")) as [IncomingMessage, ServerResponse];
  await once(response, "close");
}

function frame(stream: number, payload: string): Buffer {
  const bytes = Buffer.from(payload);
  const head = Buffer.from([stream, 0, 0, 0, 0, 0, 0, 0]);
  head.writeUInt32BE(bytes.length, 4);
  return Buffer.concat([head, bytes]);
}

describe("logs", () => {
  const body = Buffer.concat([frame(1, "out"), frame(2, "err"), frame(1, "")]);

  it.each([
    [multiplexed, undefined, { stdout: "out", stderr: "err" }],
    [raw, undefined, { stdout: body.toString("latin1"), stderr: "" }],
    [undefined, false, { stdout: "out", stderr: "err" }],
    [undefined, true, { stdout: body.toString("latin1"), stderr: "" }],
  ])(
    "of type %s are read as they are, and without one as the container's Tty (%s) says",
    async (type, tty, expected) => {
      const asked: string[] = [];
      await using served = await serve((request, response) => {
        asked.push(request.url!);
        if (request.url!.endsWith("/json")) {
          response.end(JSON.stringify({ Config: { Tty: tty } }));
        } else {
          response.writeHead(200, type ? { "content-type": type } : {}).end(body);
        }
      });
      expect(await collectOutput(await served.engine.containers.logs("web", { tail: 1 }))).toEqual(expected);
      expect(asked).toEqual([
        "/containers/web/logs?stdout=true&stderr=true&tail=1",
        ...(type ? [] : ["/containers/web/json"]),
      ]);
    },
  );

  it("fail where the connection breaks", async () => {
    await using served = await serve((_, response) => {
      response.writeHead(200, { "content-type": multiplexed }).write(frame(1, "out"));
      setTimeout(() => response.destroy(), 20);
    });
    await expect(collectOutput(await served.engine.containers.logs("web"))).rejects.toThrow(ConnectionError);
  });

  it("end where the reader leaves, and fail where the signal says", async () => {
    await using served = await serve((_, response) => {
      response.writeHead(200, { "content-type": multiplexed }).write(frame(1, "out"));
    });
    const gone = letGo(served);
    for await (const _ of await served.engine.containers.logs("web", { follow: true })) break;
    await gone;

    const abort = new AbortController();
    const logs = await served.engine.containers.logs("web", { follow: true, abortSignal: abort.signal });
    const read = collectOutput(logs);
    abort.abort();
    await expect(read).rejects.toThrow(AbortError);
  });
});

describe("exec", () => {
  /** Answers `exec start` with the bare connection. */
  async function serveProcess(talk: (connection: Duplex) => void, openStdin = true): Promise<Served> {
    const served = await serve((_, response) => response.end(JSON.stringify({ OpenStdin: openStdin })));
    served.server.on("upgrade", ({ headers }, connection: Duplex, head: Buffer) => {
      connection.write("HTTP/1.1 101 UPGRADED\r\nConnection: Upgrade\r\nUpgrade: tcp\r\n\r\n");
      connection.unshift(head.subarray(Number(headers["content-length"])));
      talk(connection);
    });
    return served;
  }

  it("takes input until its end, and gives output after that", async () => {
    await using served = await serveProcess((connection) => {
      let input = "";
      connection.on("data", (data) => {
        input += data;
      });
      connection.on("end", () => connection.end(Buffer.concat([frame(1, `got ${input}`), frame(2, "bye")])));
    });
    const process = await served.engine.exec.start("id");
    await process.write("one ");
    await process.write(Uint8Array.of(116, 119, 111));
    await process.end();
    expect(await collectOutput(process)).toEqual({ stdout: "got one two", stderr: "bye" });
    await process.write("too late");
    await process.end();
  });

  it("takes no input that the process was not started for", async () => {
    let input = 0;
    await using served = await serveProcess((connection) => {
      connection.on("data", () => input++);
    }, false);
    const process = await served.engine.exec.start("id");
    await process.write("nothing");
    await pause();
    expect(input).toBe(0);
    process.close();
  });

  it("with a terminal gives everything as it is", async () => {
    await using served = await serveProcess((connection) => connection.end(frame(1, "x")));
    const process = await served.engine.exec.start("id", { Tty: true });
    expect((await collectOutput(process)).stdout).toBe(frame(1, "x").toString());
  });

  it("ends where it is let go, and fails where the signal says", async () => {
    await using served = await serveProcess(() => {});
    const process = await served.engine.exec.start("id");
    const read = collectOutput(process);
    process.close();
    expect(await read).toEqual({ stdout: "", stderr: "" });

    const given = new AbortController();
    const aborted = await served.engine.exec.start("id", {}, { abortSignal: given.signal });
    given.abort(new DOMException("too late", "TimeoutError"));
    await expect(collectOutput(aborted)).rejects.toMatchObject({ name: "TimeoutError" });
  });

  it("is refused as any call", async () => {
    await using served = await serve((_, response) => {
      response.writeHead(404).end('{"message":"No such exec instance: id"}\n');
    });
    await expect(served.engine.exec.start("id")).rejects.toThrow(NotFoundError);
  });

  it("gives nothing of a process that is not waited for", async () => {
    await using served = await serve((_, response) => response.end());
    expect(await collectOutput(await served.engine.exec.start("id", { Detach: true }))).toEqual({
      stdout: "",
      stderr: "",
    });
  });
});

describe("events", () => {
  const event = (Action: string) => `${JSON.stringify({ Type: "network", Action })}\n`;
  const action = ({ Action }: EngineEvent) => Action;

  it("are given as they come, however their lines are cut, also those before the loop began", async () => {
    await using served = await serve(async (request, response) => {
      if (request.url === "/_ping") {
        response.end("OK");
        return;
      }
      const bytes = Buffer.from(event("créate") + event("connect") + event("destroy"));
      for (let at = 0; at < bytes.length; at += 7) {
        response.write(bytes.subarray(at, at + 7));
        await pause(1);
      }
      response.end();
    });
    const events = served.engine.events({ since: "1.5", filters: { type: ["network"] } });
    await events.opened;
    await pause();
    expect((await all(events)).map(action)).toEqual(["créate", "connect", "destroy"]);
  });

  it("end the subscription with the loop, with close and with the engine", async () => {
    await using served = await serve((request, response) => {
      if (request.url === "/_ping") response.end("OK");
      else response.write(event("create") + event("destroy"));
    });
    const ways: ((events: ReturnType<Served["engine"]["events"]>) => Promise<unknown>)[] = [
      async (events) => {
        for await (const _ of events) break;
      },
      async (events) => events.close(),
      async () => served.engine.close(),
    ];
    for (const end of ways) {
      const gone = letGo(served);
      const events = served.engine.events();
      await events.opened;
      await end(events);
      await gone;
      for await (const _ of events);
    }
  });

  it("fail where the engine refuses, the connection breaks or the signal says", async () => {
    await using refusing = await serve((_, response) => response.writeHead(404).end('{"message":"no"}'));
    const refused = refusing.engine.events();
    await expect(refused.opened).rejects.toThrow(NotFoundError);
    await expect(all(refused)).rejects.toThrow(NotFoundError);

    await using breaking = await serve((request, response) => {
      if (request.url === "/_ping") {
        response.end("OK");
      } else {
        response.write(event("create"));
        setTimeout(() => response.destroy(), 20);
      }
    });
    await expect(all(breaking.engine.events())).rejects.toThrow(ConnectionError);
    const aborted = breaking.engine.events({ abortSignal: AbortSignal.timeout(5) });
    await expect(all(aborted)).rejects.toMatchObject({ name: "TimeoutError" });
  });
});

describe("pull", () => {
  it.each([
    ["busybox", "fromImage=busybox&tag=latest"],
    ["busybox:1.36", "fromImage=busybox&tag=1.36"],
    ["localhost:5000/a/b", "fromImage=localhost%3A5000%2Fa%2Fb&tag=latest"],
    ["localhost:5000/a/b:c", "fromImage=localhost%3A5000%2Fa%2Fb&tag=c"],
    ["a/b:c@sha256:0f", "fromImage=a%2Fb%3Ac&tag=sha256%3A0f"],
  ])("of %s asks for %s", async (reference, query) => {
    let asked = "";
    await using served = await serve((request, response) => {
      asked = request.url!;
      response.end('{"status":"Pulling"}\r\n{"status":"Done","id":"1"}\r\n');
    });
    const seen: string[] = [];
    await served.engine.images.pull(reference, { onProgress: ({ status }) => seen.push(status) });
    expect(asked).toBe(`/images/create?${query}`);
    expect(seen).toEqual(["Pulling", "Done"]);
  });

  it("fails where a line of the progress says so", async () => {
    await using served = await serve((_, response) => {
      response.end('{"status":"Pulling"}\r\n{"errorDetail":{"message":"no space"},"error":"no space"}\r\n');
    });
    await expect(served.engine.images.pull("a")).rejects.toMatchObject({
      name: "ServerError",
      message: "no space",
    });
  });
});

it("an attach has no body, of which Podman would hand the end to the process", async () => {
  let body = "";
  await using served = await serve((request, response) => {
    response.setHeader("Content-Type", "application/json");
    if (request.method === "GET") response.end('{"Config":{"Tty":false,"OpenStdin":true}}');
  });
  served.server.on("upgrade", (request, socket: Socket, head: Buffer) => {
    expect(request.headers["content-length"]).toBe("0");
    body = head.toString();
    socket.on("data", (data: Buffer) => {
      body += data.toString();
      if (body.includes("hello")) socket.end();
    });
    socket.write("HTTP/1.1 101 UPGRADED\r\nConnection: Upgrade\r\nUpgrade: tcp\r\n\r\n");
  });
  const process = await served.engine.containers.attach("web");
  await process.write(new TextEncoder().encode("hello"));
  for await (const _ of process);
  expect(body).toBe("hello");
});
