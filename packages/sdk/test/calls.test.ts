import { once } from "node:events";
import type { IncomingMessage, ServerResponse } from "node:http";
import { Socket } from "node:net";
import { text } from "node:stream/consumers";
import { inspect } from "node:util";
import { afterEach, describe, expect, it, vi } from "vitest";
import { dockerEngine } from "../src/docker.js";
import {
  AbortError,
  ConflictError,
  ConnectionError,
  EngineError,
  ForbiddenError,
  InvalidParameterError,
  NotFoundError,
  ServerError,
  TimeoutError,
  UsageError,
} from "../src/errors.js";
import { serve } from "./server.js";

const json = { "content-type": "application/json" };

function answers(status: number, body: string, headers: Record<string, string> = json) {
  return serve((_, response) => response.writeHead(status, headers).end(body));
}

afterEach(() => vi.unstubAllEnvs());

describe("an answer that is an error", () => {
  it.each([
    [400, InvalidParameterError, "invalid name: "],
    [403, ForbiddenError, "operation is not permitted on predefined bridge network "],
    [404, NotFoundError, 'plugin "nope" not found'],
    [409, ConflictError, "Conflict. <&>"],
    [418, EngineError, "teapot"],
    [500, ServerError, "driver failed"],
  ])(
    "of status %i is the class for it, with the engine's text letter for letter",
    async (status, Class, message) => {
      await using served = await answers(status, `${JSON.stringify({ message })}\n`);
      const error = await served.engine.networks.inspect("x").catch((error) => error);
      expect(error).toBeInstanceOf(Class);
      expect(error).toMatchObject({
        status,
        message,
        name: Class === EngineError ? "EngineError" : Class.name,
      });
    },
  );

  it.each([
    ["No such container: nope\r\n", "No such container: nope"],
    ["page not found", "page not found"],
    ['"text"', '"text"'],
    ["null", "null"],
    ["", "HTTP status 500"],
  ])("with the body %j says %j", async (body, message) => {
    await using served = await answers(500, body, { "content-type": "text/plain" });
    await expect(served.engine.networks.inspect("x")).rejects.toMatchObject({ status: 500, message });
  });

  it("may be a redirect", async () => {
    await using served = await answers(301, "Moved Permanently");
    await expect(served.engine.networks.inspect("x")).rejects.toMatchObject({ status: 301 });
  });

  it("is a connection error where a good answer is not an engine's", async () => {
    await using served = await answers(200, "<html>");
    await expect(served.engine.system.info()).rejects.toThrow(ConnectionError);
    await expect(served.engine.system.info()).rejects.toThrow(
      `${served.host} does not answer as a Docker Engine does: GET /info gave no JSON`,
    );
  });
});

describe("a request", () => {
  async function sent(call: (engine: Awaited<ReturnType<typeof serve>>["engine"]) => Promise<unknown>) {
    const seen: { line: string; type: string | undefined; body: string }[] = [];
    await using served = await serve(async (request, response) => {
      const line = `${request.method} ${request.url}`;
      seen.push({ line, type: request.headers["content-type"], body: await text(request) });
      response.writeHead(200, json).end("{}");
    });
    await call(served.engine);
    return seen[0]!;
  }

  it("has its variables encoded", async () => {
    expect((await sent((engine) => engine.networks.inspect("a/b?c%d é"))).line).toBe(
      "GET /networks/a%2Fb%3Fc%25d%20%C3%A9",
    );
  });

  it("has no slash before a container's name, where the engine would redirect", async () => {
    expect((await sent((engine) => engine.containers.inspect("/web"))).line).toBe("GET /containers/web/json");
  });

  it("has filters as JSON, and nothing of what was not given", async () => {
    const { line } = await sent((engine) =>
      engine.containers.list({ all: true, filters: { name: ["a b"] } }),
    );
    expect(line).toBe(`GET /containers/json?all=true&filters=${encodeURIComponent('{"name":["a b"]}')}`);
  });

  it("has a body where there is one to send, also an empty object", async () => {
    expect(await sent((engine) => engine.networks.create({ Name: "a" }))).toEqual({
      line: "POST /networks/create",
      type: "application/json",
      body: '{"Name":"a"}',
    });
    expect((await sent((engine) => engine.exec.start("a", { Detach: true }))).body).toBe('{"Detach":true}');
    expect(await sent((engine) => engine.containers.restart("a", { t: 0 }))).toEqual({
      line: "POST /containers/a/restart?t=0",
      type: undefined,
      body: "",
    });
  });

  it.each(["", ".", ".."])("is not made about %j", async (name) => {
    const engine = dockerEngine({ host: "unix:///nowhere" });
    await expect(async () => engine.networks.remove(name)).rejects.toThrow(UsageError);
  });

  it("goes to its own engine whatever the environment says", async () => {
    vi.stubEnv("DOCKER_HOST", "tcp://192.0.2.1:2376");
    vi.stubEnv("DOCKER_TLS_VERIFY", "1");
    vi.stubEnv("DOCKER_CLIENT_TIMEOUT", "1");
    expect((await sent((engine) => engine.system.info())).line).toBe("GET /info");
  });
});

it("costs no walk over all open connections", async () => {
  await using served = await answers(200, "[]");
  let looks = 0;
  Object.assign(Socket.prototype, { [inspect.custom]: () => `socket ${++looks}` });
  try {
    await Promise.all([served.engine.networks.list(), served.engine.networks.list()]);
    await served.engine.networks.list();
  } finally {
    Reflect.deleteProperty(Socket.prototype, inspect.custom);
  }
  expect(looks).toBe(0);
});

describe("start and stop", () => {
  it.each([
    [204, true],
    [304, false],
  ])("say for status %i: %s", async (status, changed) => {
    await using served = await answers(status, "");
    expect(await served.engine.containers.start("a")).toBe(changed);
    expect(await served.engine.containers.stop("a")).toBe(changed);
  });
});

describe("a call that gets no answer", () => {
  const silent = () => serve(() => {});
  const head = (_: IncomingMessage, response: ServerResponse) =>
    response.writeHead(200, json).write('{"half":');

  it("rejects with an AbortError that has the reason, before, while and after the answer begins", async () => {
    const reason = new Error("enough");
    await using served = await silent();
    await expect(served.engine.system.info({ abortSignal: AbortSignal.abort(reason) })).rejects.toMatchObject(
      {
        name: "AbortError",
        cause: reason,
      },
    );
    for (const answer of [() => {}, head]) {
      await using served = await serve(answer);
      const abort = new AbortController();
      const call = served.engine.system.info({ abortSignal: abort.signal });
      await once(served.server, "request");
      await new Promise((resolve) => setTimeout(resolve, 20));
      abort.abort(reason);
      const error = await call.catch((error) => error);
      expect(error).toBeInstanceOf(AbortError);
      expect(error.cause).toBe(reason);
    }
  });

  it("rejects with a TimeoutError where the signal was a timeout", async () => {
    await using served = await silent();
    await expect(served.engine.system.info({ abortSignal: AbortSignal.timeout(20) })).rejects.toThrow(
      TimeoutError,
    );
  });

  it("rejects with a ConnectionError that names the engine, where there is none", async () => {
    const engine = dockerEngine({ host: "unix:///nowhere/docker.sock" });
    const error = await engine.system.ping().catch((error) => error);
    expect(error).toBeInstanceOf(ConnectionError);
    expect(error.message).toBe(
      "no answer from the Docker Engine at unix:///nowhere/docker.sock: connect ENOENT /nowhere/docker.sock",
    );
    expect(error.cause).toMatchObject({ code: "ENOENT" });
  });

  it("rejects with a ConnectionError where the connection breaks, before or within the answer", async () => {
    for (const begin of [() => {}, head]) {
      await using served = await serve((request, response) => {
        begin(request, response);
        setTimeout(() => request.socket.destroy(), 20);
      });
      await expect(served.engine.system.info()).rejects.toThrow(ConnectionError);
    }
  });

  it("is aborted where the engine is closed, and calls made later are refused", async () => {
    await using served = await silent();
    const call = served.engine.containers.wait("a");
    const failed = expect(call).rejects.toThrow(AbortError);
    await once(served.server, "request");
    await served.engine.close();
    await failed;
    await expect(served.engine.system.ping()).rejects.toThrow(UsageError);
    await expect(served.engine.events().opened).rejects.toThrow(UsageError);
  });
});
