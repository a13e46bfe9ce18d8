import { collectOutput } from "@dryharbor/sdk/port";
import type { Snapshot } from "@dryharbor/simulator";
import { beforeEach, expect, it, vi } from "vitest";

// As in a process that has just begun: no program is loaded yet, and nothing of HTTP.
let createSimulator: typeof import("@dryharbor/simulator")["createSimulator"];
beforeEach(async () => {
  vi.resetModules();
  ({ createSimulator } = await import("@dryharbor/simulator"));
});

const echoing = { Image: "busybox", Cmd: ["echo", "hello"] };
const sleeping = { Image: "busybox", Cmd: ["sleep", "1000"] };

it("has run a program up to its first wait when its start is answered", async () => {
  const { engine } = createSimulator();
  await engine.containers.create(echoing, { name: "web" });
  // Two calls at once: nothing can happen between them.
  const [, logs] = await Promise.all([engine.containers.start("web"), engine.containers.logs("web")]);
  expect(await collectOutput(logs)).toMatchObject({ stdout: "hello\n" });
});

it("keeps the order of calls that nobody has waited for", async () => {
  const { engine } = createSimulator();
  const { containers } = engine;
  const [, , logs, , , , ended] = await Promise.all([
    containers.create(echoing, { name: "web" }),
    containers.start("web"),
    containers.logs("web", { follow: true }),
    containers.create(sleeping, { name: "other" }),
    containers.start("other"),
    containers.kill("other"),
    containers.wait("other"),
  ]);
  expect(await collectOutput(logs)).toMatchObject({ stdout: "hello\n" });
  expect(ended).toMatchObject({ StatusCode: 137 });
});

it("makes the files of a container of a snapshot when what images are made of is loaded", async () => {
  const before = createSimulator();
  await before.engine.containers.create({ ...sleeping, Image: "alpine" }, { name: "web" });
  const snapshot = JSON.parse(JSON.stringify(before.snapshot())) as Snapshot;

  vi.resetModules();
  const { createSimulator: createAnew } = await import("@dryharbor/simulator");
  const { engine } = createAnew({ snapshot });
  const [stat, changes] = await Promise.all([
    engine.containers.statArchive("web", "/etc/alpine-release"),
    engine.containers.changes("web"),
  ]);
  expect(stat).toMatchObject({ size: "3.22.1\n".length });
  expect(changes).toBeNull();
});

it("refuses a call whose signal was aborted while it waited", async () => {
  const { engine } = createSimulator();
  const created = engine.containers.create(sleeping, { name: "web" });
  const given = new AbortController();
  const started = engine.containers.start("web", { abortSignal: given.signal });
  given.abort();
  await expect(started).rejects.toThrow();
  await created;
  expect(await engine.containers.inspect("web")).toMatchObject({ State: { Status: "created" } });
});

it("runs the containers of a snapshot before it answers the first call", async () => {
  const before = createSimulator();
  await before.engine.containers.create(sleeping, { name: "web" });
  await before.engine.containers.start("web");
  const snapshot = JSON.parse(JSON.stringify(before.snapshot())) as Snapshot;

  vi.resetModules();
  const { createSimulator: createAnew } = await import("@dryharbor/simulator");
  const { engine } = createAnew({ snapshot });
  expect((await engine.containers.top("web")).Processes).toHaveLength(1);
});

it("answers the first requests over HTTP in their order", async () => {
  const simulator = createSimulator();
  const answered: string[] = [];
  const ask = async (method: string, path: string) => {
    const target = `/networks${path}`;
    const body = { length: 0, async *[Symbol.asyncIterator]() {} };
    const { signal } = new AbortController();
    const { status } = await simulator.handle({ method, target, headers: { host: "docker" }, body, signal });
    answered.push(`${method} ${target} ${status}`);
  };
  await Promise.all([ask("DELETE", "/none"), ask("GET", "/bridge"), ask("GET", "")]);
  expect(answered).toEqual(["DELETE /networks/none 403", "GET /networks/bridge 200", "GET /networks 200"]);
});
