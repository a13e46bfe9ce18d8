import { virtualTime } from "@dryharbor/kernel/host";
import { ConnectionError, type Engine } from "@dryharbor/sdk/port";
import { describe, expect, it } from "vitest";
import { createSimulator, type Simulator } from "../simulator.js";
import { foldChanges } from "../snapshot/fold.js";
import type { Snapshot } from "../snapshot/snapshot.js";
import type { Fault } from "./fault.js";

function request(method: string, target: string, body?: object): Request {
  return new Request(`http://simulator${target}`, {
    method,
    ...(body && { headers: { "Content-Type": "application/json" }, body: JSON.stringify(body) }),
  });
}

async function withContainers(simulator: Simulator): Promise<Engine> {
  const { engine } = simulator;
  await engine.networks.create({ Name: "backend" });
  for (const name of ["web", "db"]) {
    await engine.containers.create(
      { Image: "busybox", Cmd: ["sleep", "1000"], Labels: { role: name } },
      { name },
    );
  }
  return engine;
}

describe("faults of calls", () => {
  it("refuse as often as they say, and are in the record of calls", async () => {
    await using simulator = createSimulator();
    const { engine } = simulator;
    await using fault = await simulator.faults.add({
      call: "networks.create",
      times: 1,
      error: { status: 500, message: "no space left" },
    });
    await expect(engine.networks.create({ Name: "backend" })).rejects.toMatchObject({
      status: 500,
      message: "no space left",
    });
    expect(await engine.networks.list({ filters: { name: ["backend"] } })).toEqual([]);
    await engine.networks.create({ Name: "backend" });
    expect(simulator.calls.map(({ call, outcome, fault: number }) => [call, outcome, number])).toEqual([
      ["networks.create", "refused", 1],
      ["networks.list", "answered", undefined],
      ["networks.create", "answered", undefined],
    ]);
    expect(fault.struck).toBe(1);
    expect(simulator.faults.list()).toMatchObject([{ number: 1, met: 1, struck: 1 }]);
  });

  it("strike also where nobody awaits that they are added, and end with their scope", async () => {
    await using simulator = createSimulator();
    {
      await using _fault = simulator.faults.add({ call: "networks.list", drop: "before" });
      await expect(simulator.engine.networks.list()).rejects.toThrow(ConnectionError);
      await expect(simulator.fetch(request("GET", "/networks"))).rejects.toThrow("dropped the connection");
    }
    expect(simulator.faults.list()).toEqual([]);
    expect(await simulator.engine.networks.list()).toHaveLength(3);
    expect((await simulator.fetch(request("GET", "/networks"))).status).toBe(200);
  });

  it("refuse requests as an engine words refusals", async () => {
    await using simulator = createSimulator();
    await simulator.faults.add({ route: "GET /info", error: { status: 503, message: "not now" } });
    const answer = await simulator.fetch(request("GET", "/v1.44/info"));
    expect([answer.status, await answer.text()]).toEqual([503, '{"message":"not now"}\n']);
    expect(answer.headers.get("Api-Version")).toBe("1.55");
    // A route is of requests, and a call of the port is none.
    expect(await simulator.engine.system.info()).toMatchObject({ Containers: 0 });
    expect(simulator.calls).toMatchObject([
      { status: 503, message: "not now", fault: 1 },
      { fault: undefined },
    ]);
  });

  it("delay what the engine does, or its answer", async () => {
    const time = virtualTime();
    await using simulator = createSimulator({ time });
    const { engine, faults } = simulator;
    const names = async (): Promise<number> => (await engine.networks.list()).length;
    const delayed = await faults.add({ call: "networks.create", delay: 5_000 });
    const first = engine.networks.create({ Name: "first" });
    await time.advance(4_999);
    expect([await names(), simulator.calls[0]?.outcome]).toEqual([3, "pending"]);
    await time.advance(1);
    await first;
    expect(await names()).toBe(4);
    await delayed.remove();

    await faults.add({ call: "networks.create", late: 5_000 });
    const second = engine.networks.create({ Name: "second" });
    await time.advance(4_999);
    expect([await names(), simulator.calls.at(-2)?.outcome]).toEqual([5, "pending"]);
    // What waits for the sake of a fault goes on when that is gone.
    await faults.clear();
    await second;
  });

  it("lets a client give up to wait, and the simulator close meanwhile", async () => {
    const simulator = createSimulator({ time: virtualTime() });
    await simulator.faults.add({ call: "networks.list", delay: 60_000 });
    const given = new AbortController();
    const aborted = simulator.engine.networks.list({ abortSignal: given.signal });
    const gone = simulator.fetch(new Request("http://simulator/networks", { signal: given.signal }));
    const open = simulator.engine.networks.list();
    await Promise.resolve();
    setTimeout(() => given.abort(), 5);
    await expect(aborted).rejects.toMatchObject({ name: "AbortError" });
    await expect(gone).rejects.toMatchObject({ name: "AbortError" });
    await simulator.close();
    await expect(open).rejects.toThrow("the engine was closed during this call");
  });

  it("drop the connection when the engine has done all", async () => {
    await using simulator = createSimulator();
    await simulator.faults.add({ call: "networks.create", drop: "after" });
    await expect(simulator.engine.networks.create({ Name: "one" })).rejects.toThrow(ConnectionError);
    await expect(simulator.fetch(request("POST", "/networks/create", { Name: "two" }))).rejects.toThrow();
    const names = (await simulator.engine.networks.list()).map(({ Name }) => Name);
    expect(names).toEqual(expect.arrayContaining(["one", "two"]));
  });

  it("break in the middle of a body", async () => {
    await using simulator = createSimulator();
    await simulator.faults.add({ call: "networks.list", drop: "body" });
    const { body, status } = await simulator.fetch(request("GET", "/networks"));
    expect(status).toBe(200);
    let read = "";
    const reading = (async () => {
      for await (const piece of body!) read += new TextDecoder().decode(piece);
    })();
    await expect(reading).rejects.toThrow("a fault breaks this answer off");
    expect(read).toMatch(/^\[\{"Name":"/);
    expect(() => JSON.parse(read)).toThrow();
  });

  const wanted: [string, NonNullable<Extract<Fault, { where?: unknown }>["where"]>][] = [
    ["arguments", { arguments: [null, { Container: "db" }] }],
    ["path by the engine's name", { path: { id: "backend" }, container: "db" }],
    ["path by the port's name", { path: { network: "backend" }, container: "db" }],
    ["container", { container: "db" }],
    ["network and labels", { network: "backend", labels: { role: "db" } }],
  ];
  it.each(wanted)("strike only the calls that they want: %s", async (_, where) => {
    await using simulator = createSimulator();
    const engine = await withContainers(simulator);
    const error = { status: 409, message: "struck" };
    await simulator.faults.add({ call: "networks.connect", where, error });
    const asked = (Container: string) =>
      simulator.fetch(request("POST", "/networks/backend/connect", { Container }));
    expect([(await asked("db")).status, (await asked("web")).status]).toEqual([409, 200]);
    await engine.networks.disconnect("backend", { Container: "web" });
    await engine.networks.connect("backend", { Container: "web" });
    await expect(engine.networks.connect("backend", { Container: "db" })).rejects.toThrow("struck");
  });

  it("know a container by its name where a client uses its id", async () => {
    await using simulator = createSimulator();
    const engine = await withContainers(simulator);
    const { Id } = await engine.containers.inspect("web");
    await simulator.faults.add({
      call: "containers.start",
      where: { container: "web" },
      error: { status: 500, message: "struck" },
    });
    await expect(engine.containers.start(Id.slice(0, 12))).rejects.toThrow("struck");
    expect(await engine.containers.start("db")).toBe(true);
  });

  it("match parameters of the query, whatever word of truth a client sends", async () => {
    await using simulator = createSimulator();
    const engine = await withContainers(simulator);
    await simulator.faults.add({
      call: "containers.remove",
      where: { query: { force: "true" } },
      error: { status: 500, message: "struck" },
    });
    expect((await simulator.fetch(request("DELETE", "/containers/web?force=1"))).status).toBe(500);
    await expect(engine.containers.remove("web", { force: true })).rejects.toThrow("struck");
    await engine.containers.remove("web");
  });

  it("let a container end with the code that one names, and run as usual when it starts again", async () => {
    await using simulator = createSimulator();
    const engine = await withContainers(simulator);
    await simulator.faults.add({ call: "containers.start", times: 1, exitCode: 137 });
    await engine.containers.start("web");
    expect(await engine.containers.wait("web")).toMatchObject({ StatusCode: 137 });
    await engine.containers.start("web");
    expect((await engine.containers.inspect("web")).State).toMatchObject({ Running: true, ExitCode: 0 });
  });

  it("let a stream of events break off, and repeat", async () => {
    await using simulator = createSimulator();
    await simulator.faults.add({ call: "events", times: 1, stream: { after: 1, does: "break" } });
    await simulator.faults.add({ call: "events", times: 1, stream: { after: 2, does: "repeat" } });
    const [broken, repeating] = [simulator.engine.events(), simulator.engine.events({ since: "1" })];
    for (const Name of ["one", "two", "three"]) await simulator.engine.networks.create({ Name });
    const seen: (string | undefined)[] = [];
    const reading = (async () => {
      for await (const { Actor } of broken) seen.push(Actor?.Attributes?.name);
    })();
    await expect(reading).rejects.toThrow(ConnectionError);
    expect(seen).toEqual(["one"]);
    const names: (string | undefined)[] = [];
    for await (const { Actor } of repeating) {
      names.push(Actor?.Attributes?.name);
      if (names.length === 5) break;
    }
    expect(names).toEqual(["one", "two", "one", "two", "three"]);
  });

  it("let a pull stall half-way, on both ways", async () => {
    const time = virtualTime();
    await using simulator = createSimulator({ time });
    await simulator.faults.add({ call: "images.pull", stream: { does: "stall", for: 30_000 } });
    const steps: unknown[] = [];
    const pull = simulator.engine.images.pull("redis:7", { onProgress: (step) => steps.push(step) });
    await time.advance(29_999);
    const half = steps.length;
    // What is pulled half is not there.
    expect(await simulator.engine.images.list({ filters: { reference: ["redis"] } })).toEqual([]);
    expect(half).toBeGreaterThan(0);
    await time.advance(1);
    await pull;
    expect([half * 2, half * 2 + 1]).toContain(steps.length);

    const answer = await simulator.fetch(request("POST", "/images/create?fromImage=redis&tag=6"));
    let lines = 0;
    const reading = (async () => {
      for await (const _ of answer.body!) lines++;
    })();
    await time.advance(29_999);
    const before = lines;
    await time.advance(1);
    await reading;
    expect(before).toBeGreaterThan(0);
    expect(lines).toBeGreaterThan(before);
  });

  it("let a pull break off, of which nothing is there then", async () => {
    await using simulator = createSimulator();
    await simulator.faults.add({ call: "images.pull", stream: { does: "break" } });
    const steps: unknown[] = [];
    const pull = simulator.engine.images.pull("redis:7", { onProgress: (step) => steps.push(step) });
    await expect(pull).rejects.toThrow(ConnectionError);
    expect(steps.length).toBeGreaterThan(0);
    const answer = await simulator.fetch(request("POST", "/images/create?fromImage=redis&tag=7"));
    expect(answer.status).toBe(200);
    await expect(answer.text()).rejects.toThrow("a fault breaks this answer off");
    // What the engine refuses is refused as ever.
    expect((await simulator.fetch(request("POST", "/images/create?fromImage=scratch"))).status).toBe(403);
    expect(await simulator.engine.images.list({ filters: { reference: ["redis"] } })).toEqual([]);
  });

  it("go with a snapshot, and count on", async () => {
    await using simulator = createSimulator();
    const strikes = async (on: Simulator): Promise<boolean> =>
      on.engine.networks.list().then(
        () => false,
        () => true,
      );
    await simulator.faults.add({ call: "networks.list", each: 3, drop: "before" });
    expect([await strikes(simulator), await strikes(simulator)]).toEqual([false, false]);
    await using restored = createSimulator({ snapshot: simulator.snapshot() });
    expect(restored.faults.list()).toEqual(simulator.faults.list());
    expect([await strikes(restored), await strikes(restored)]).toEqual([true, false]);
    await restored.faults.clear();
    expect(createSimulator({ snapshot: restored.snapshot() }).faults.list()).toEqual([]);
  });

  it("go with a state that is stored change by change, also their end", async () => {
    await using simulator = createSimulator();
    const follower = await simulator.follow();
    const first = JSON.parse(follower.whole()) as Snapshot;
    const stored = (): Simulator => createSimulator({ snapshot: foldChanges(first, changes) });
    const changes: string[] = [];
    const fault = await simulator.faults.add({ call: "networks.list", times: 2, drop: "before" });
    await simulator.engine.networks.list().catch(() => {});
    changes.push(follower.changes()!);
    await using during = stored();
    expect(during.faults.list()).toEqual(simulator.faults.list());
    await fault.remove();
    changes.push(follower.changes()!);
    await using after = stored();
    expect(after.faults.list()).toEqual([]);
    follower.end();
  });

  it("do not change what is drawn from the seed otherwise", async () => {
    await using plain = createSimulator();
    await using struck = createSimulator();
    await struck.faults.add({ call: "networks.list", probability: 0.5, drop: "before" });
    for (let time = 0; time < 5; time++) await struck.engine.networks.list().catch(() => {});
    const [{ Id }, other] = [
      await plain.engine.networks.create({ Name: "a" }),
      await struck.engine.networks.create({ Name: "a" }),
    ];
    expect(other.Id).toBe(Id);
  });
});

describe("what is no fault", () => {
  const refused: [unknown, string][] = [
    [undefined, "it must be an object"],
    [{}, "says nowhere what it strikes"],
    [
      { call: "networks.conect", drop: "before" },
      'there is no call "networks.conect": there are networks.create',
    ],
    [{ call: "network.connect", drop: "before" }, "the groups of calls are containers"],
    [{ call: "dns.resolve", drop: "before" }, "let a name go wrong"],
    [{ route: "POST /networks/{id}/conect", drop: "before" }, "has no route"],
    [{ route: "networks", drop: "before" }, "a route is a method and a path"],
    [{ call: "networks.list", route: "GET /networks", drop: "before" }, "give one of them"],
    [{ call: "networks.list" }, "does nothing"],
    [{ call: "networks.list", drop: "before", often: 2 }, 'no field "often"'],
    [{ call: "networks.list", drop: "sometimes" }, 'must be "before" or "after" or "body"'],
    [{ call: "networks.list", drop: "before", times: 0 }, "times must be a whole number, 1 or more, not 0"],
    [{ call: "networks.list", drop: "before", each: 1.5 }, "each must be a whole number"],
    [{ call: "networks.list", drop: "before", probability: 0 }, "probability must be a number above 0"],
    [{ call: "networks.list", delay: Number.NaN }, "delay must be a number, not NaN"],
    [{ call: "networks.list", delay: -1 }, "delay must be a number of milliseconds above 0"],
    [
      { call: "networks.list", error: { status: 200, message: "ok" } },
      "error.status must be a whole number from 400",
    ],
    [{ call: "networks.list", error: { status: 500 } }, "error.message is missing"],
    [{ call: "networks.list", error: { status: 500, message: "no" }, drop: "after" }, "exclude each other"],
    [{ call: "networks.list", stream: { does: "break" } }, "does not answer in pieces"],
    [{ call: "events", stream: { does: "repeat" } }, "stream.after is missing"],
    [{ call: "networks.list", exitCode: 1 }, "starts no process"],
    [{ call: "networks.list", drop: "before", where: { container: "web" } }, "is about no container"],
    [{ call: "containers.start", drop: "before", where: { network: "web" } }, "is about no network"],
    [{ call: "images.pull", drop: "before", where: { labels: { a: "b" } } }, "nothing that has labels"],
    [{ call: "networks.list", drop: "before", where: { path: { id: "a" } } }, "has no variable part"],
    [
      { call: "networks.remove", drop: "before", where: { path: { name: "a" } } },
      'has no part "name", but network, id',
    ],
    [{ call: "networks.remove", drop: "before", where: { arguments: ["a", {}, {}] } }, "takes at most 1"],
    [{ call: "networks.remove", drop: "before", where: { arguments: [() => {}] } }, "a fault is JSON"],
    [{ from: "web", partition: true }, "to is missing"],
    [{ between: ["web", "web"], partition: true }, "no packet leaves web on its way to web"],
    [{ between: ["web", "db"] }, "does nothing"],
    [{ between: ["web", "db"], jitter: 5 }, "must not be greater than latency"],
    [{ between: ["web", "db"], network: "backend", loss: 1 }, "said twice"],
    [{ name: "db" }, "does nothing"],
    [{ name: "db", answer: "silence", late: 5 }, "silence is none"],
    [{ engine: "on fire" }, 'must be "restarting" or "disk full"'],
  ];
  it.each(refused)("%j", async (fault, message) => {
    await using simulator = createSimulator();
    const adding = simulator.faults.add(fault as Fault).then((added) => added);
    await expect(adding).rejects.toThrow(message);
    await expect(adding).rejects.toMatchObject({ name: "UsageError" });
    expect(simulator.faults.list()).toEqual([]);
  });
});
