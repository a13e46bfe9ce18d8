import { describe, expect, it } from "vitest";
import { ask } from "../../test/ask.js";
import { createSimulator, type ReleaseName } from "../index.js";

const simulator = (release: ReleaseName = "28.5") => createSimulator({ release });

describe("the engine's words over HTTP", () => {
  it("routes with and without a version", async () => {
    const it = simulator();
    expect((await ask(it, "GET /v1.44/_ping")).body).toBe("OK");
    expect((await ask(it, "GET /_ping")).headers).toMatchObject({ "Api-Version": "1.51", Ostype: "linux" });
  });

  it("has no page for other methods and paths, and says so without its own headers", async () => {
    for (const line of ["GET /nothing", "DELETE /_ping", "HEAD /networks", "GET /vx/_ping", "GET /_ping/"]) {
      expect(await ask(simulator(), line)).toEqual({
        status: 404,
        headers: { "Content-Type": "application/json" },
        body: '{"message":"page not found"}\n',
      });
    }
  });

  it("refuses versions that are too old or too new", async () => {
    expect(await ask(simulator("26.1"), "GET /v1.99/version")).toMatchObject({
      status: 400,
      body: '{"message":"client version 1.99 is too new. Maximum supported API version is 1.45"}\n',
    });
    expect((await ask(simulator(), "GET /v.1/_ping")).body).toMatch(/^client version .1 is too old/);
    expect(await ask(simulator("20.10"), "GET /v1.11/version")).toMatchObject({
      status: 400,
      headers: { "Content-Type": "text/plain; charset=utf-8" },
    });
  });

  it("takes whatever stands between the fixed parts of a path for a name", async () => {
    const it = simulator();
    await ask(it, "POST /networks/create", { Name: "a/b" });
    const shown = await ask(it, "GET /networks/a/b");
    expect(JSON.parse(String(shown.body))).toMatchObject({ Name: "a/b" });
    expect((await ask(it, "GET /networks/alpha/")).body).toBe('{"message":"network alpha/ not found"}\n');
  });

  it("knows no name with a line feed in it, and redirects from what is no UTF-8", async () => {
    expect((await ask(simulator(), "GET /networks/%0a")).body).toBe('{"message":"page not found"}\n');
    expect(await ask(simulator(), "GET //networks/%ff")).toMatchObject({
      status: 301,
      headers: { Location: "/networks/%FF" },
    });
  });

  it.each([
    ["GET /containers/nope/stats?stream=1&one-shot=1", 404, "No such container: nope"],
    ["POST /containers/nope/resize?h=%2B1&w=1", 400, 'invalid resize height "+1": invalid syntax'],
    ['GET /networks?filters={"":["x"]}', 400, "invalid filter"],
    [
      'GET /containers/json?filters={"is-task":["true","false"]}',
      400,
      "invalid filter 'is-task=[true false]'",
    ],
    ['POST /images/prune?filters={"until":["1","2"]}', 500, "more than one until filter specified"],
    [
      "GET /images/search?term=x&limit=99999999999999999999",
      400,
      'invalid limit specified: strconv.Atoi: parsing "99999999999999999999": value out of range',
    ],
  ])("refuses %s", async (line, status, message) => {
    const answer = await ask(simulator(), line);
    expect([answer.status, JSON.parse(String(answer.body))]).toEqual([status, { message }]);
  });

  it("tells of all that has been up to 1970", async () => {
    const it = simulator();
    await ask(it, "POST /networks/create", { Name: "alpha" });
    const { body } = await ask(it, "GET /events?since=0&until=0");
    let events = "";
    for await (const piece of body as AsyncIterable<Uint8Array>) events += new TextDecoder().decode(piece);
    expect(events).toMatch(/^\{"Type":"network","Action":"create".*\n$/);
  });

  it("does not read on what is too long", async () => {
    const endless = {
      length: -1,
      async *[Symbol.asyncIterator]() {
        for (;;) yield new Uint8Array(2 ** 20).fill(120);
      },
    };
    const send = (type: string) =>
      simulator().handle({
        method: "POST",
        target: "/networks/create",
        headers: { host: "d", "content-type": type },
        body: endless,
        signal: new AbortController().signal,
      });
    expect(await send("application/json")).toMatchObject({
      status: 413,
      body: '{"message":"the JSON of a request is longer than the 64 MiB that the simulator takes"}\n',
    });
    expect(await send("application/x-www-form-urlencoded")).toMatchObject({
      status: 400,
      body: '{"message":"http: POST too large"}\n',
    });
  });

  it("creates, starts and removes", async () => {
    const it = simulator();
    const created = await ask(it, "POST /containers/create?name=web", {
      Image: "busybox",
      Cmd: ["sleep", "1000"],
    });
    expect(created.status).toBe(201);
    expect((await ask(it, "POST /containers/web/start")).status).toBe(204);
    expect((await ask(it, "POST /containers/web/start")).status).toBe(304);
    expect((await ask(it, "DELETE /containers/web")).status).toBe(409);
    expect((await ask(it, "DELETE /containers/web?force=1")).status).toBe(204);
  });
});
