import { virtualTime } from "@dryharbor/kernel/host";
import { describe, expect, it } from "vitest";
import { createSimulator } from "../simulator.js";

const json = { "Content-Type": "application/json" };

function post(target: string, body: object): Request {
  return new Request(`http://simulator${target}`, {
    method: "POST",
    headers: json,
    body: JSON.stringify(body),
  });
}

describe("simulator.calls", () => {
  it("has what was done over the port, with what was given, and what became of it", async () => {
    const time = virtualTime();
    await using simulator = createSimulator({ time });
    const { engine } = simulator;
    const request = { Name: "backend" };
    await engine.networks.create(request);
    request.Name = "changed later";
    await time.advance(1_500);
    await engine.networks.remove("frontend").catch(() => {});
    await engine.containers.list({ all: true, abortSignal: new AbortController().signal });
    expect(simulator.calls).toEqual([
      {
        via: "port",
        call: "networks.create",
        arguments: [{ Name: "backend" }],
        at: 1_704_067_200_000,
        outcome: "answered",
      },
      {
        via: "port",
        call: "networks.remove",
        arguments: ["frontend"],
        at: 1_704_067_201_500,
        outcome: "refused",
        status: 404,
        message: "network frontend not found",
      },
      {
        via: "port",
        call: "containers.list",
        arguments: [{ all: true, abortSignal: null }],
        at: 1_704_067_201_500,
        outcome: "answered",
      },
    ]);
  });

  it("has a request as the operation of the port that it is, and as it came", async () => {
    await using simulator = createSimulator();
    await simulator.fetch(post("/v1.44/networks/create", { Name: "backend" }));
    await simulator.fetch(post("/networks/backend/connect", { Container: "redis" }));
    await simulator.fetch(new Request('http://simulator/networks?filters={"name":{"b":true}}'));
    await simulator.fetch(new Request("http://simulator/nothing"));
    expect(simulator.calls).toMatchObject([
      {
        via: "http",
        call: "networks.create",
        arguments: [{ Name: "backend" }],
        request: {
          method: "POST",
          target: "/v1.44/networks/create",
          route: "POST /networks/create",
          body: { Name: "backend" },
        },
        outcome: "answered",
        status: 201,
      },
      {
        call: "networks.connect",
        arguments: ["backend", { Container: "redis" }],
        request: { route: "POST /networks/{id}/connect" },
        outcome: "refused",
        status: 404,
        message: "No such container: redis",
      },
      { call: "networks.list", arguments: [{ filters: { name: { b: true } } }], status: 200 },
      { call: undefined, arguments: [], request: { route: undefined }, outcome: "refused", status: 404 },
    ]);
  });

  it("tells operations apart that share a route", async () => {
    await using simulator = createSimulator({ pull: "deny" });
    const ask = (method: string, target: string) =>
      simulator.fetch(new Request(`http://simulator${target}`, { method }));
    await ask("POST", "/images/create?fromImage=redis&tag=7");
    await ask("POST", "/images/create?fromSrc=-&repo=mine");
    await ask("GET", "/containers/web/stats?stream=0");
    await ask("GET", "/containers/web/stats");
    expect(simulator.calls.map(({ call, arguments: given }) => [call, ...given])).toEqual([
      ["images.pull", "redis:7"],
      ["images.import", null, { repo: "mine" }],
      ["containers.stats", "web"],
      ["containers.statsStream", "web"],
    ]);
  });

  it("keeps the last ones, and none where nobody wants any", async () => {
    await using few = createSimulator({ keptCalls: 2 });
    for (const Name of ["a", "b", "c"]) await few.engine.networks.create({ Name });
    expect(few.calls.map(({ arguments: [request] }) => request)).toEqual([{ Name: "b" }, { Name: "c" }]);
    few.calls.clear();
    expect(few.calls).toEqual([]);
    await few.engine.networks.list();
    expect(few.calls).toHaveLength(1);
    await using none = createSimulator({ keptCalls: 0 });
    await none.engine.networks.list();
    expect(none.calls).toEqual([]);
    expect(() => createSimulator({ keptCalls: -1 })).toThrow(
      "keptCalls must be a whole number of calls, 0 for none, not -1",
    );
  });

  it("keeps no more of a call than 64 KiB", async () => {
    await using simulator = createSimulator();
    const Labels = Object.fromEntries(
      Array.from({ length: 5_000 }, (_, at) => [`label${at}`, "x".repeat(50)]),
    );
    await simulator.engine.networks.create({ Name: "backend", Labels });
    await simulator.fetch(post("/networks/create", { Name: "other", Labels }));
    expect(simulator.calls.map((call) => call.outcome)).toEqual(["answered", "answered"]);
    expect(JSON.stringify(simulator.calls).length).toBeLessThan(100_000);
  });

  it("has a subscription to events once, when it is made", async () => {
    await using simulator = createSimulator();
    const events = simulator.engine.events({ until: "1" });
    for await (const _ of events) break;
    expect(simulator.calls).toMatchObject([
      { call: "events", arguments: [{ until: "1" }], outcome: "answered" },
    ]);
  });
});
