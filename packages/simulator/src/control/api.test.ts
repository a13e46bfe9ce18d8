import { Validator } from "@seriousme/openapi-schema-validator";
import { describe, expect, it } from "vitest";
import { document, problemsOf, wrongAnswer } from "../../test/answers.js";
import { type Asked, control } from "../../test/control.js";
import type { Fault } from "../faults/fault.js";
import { controlRoutes } from "./routes/table.js";
import { shapes } from "./shapes.js";

const heeds = { Image: "busybox", Cmd: ["sleep", "1000000"] };

describe("the document", () => {
  it("is an OpenAPI document of version 3.1", async () => {
    const result = await new Validator().validate({ ...structuredClone(document) });
    expect(result).toEqual({ valid: true });
    expect(Object.keys(document.paths)).toEqual([...new Set(controlRoutes.map(({ path }) => path))]);
  });

  it("has an example for each body that holds its schema", () => {
    for (const { body } of controlRoutes) {
      if (body) expect(problemsOf(body.schema, body.example)).toBeUndefined();
    }
  });

  it("allows each kind of fault that there is", () => {
    const faults: Fault[] = [
      { call: "containers.start", exitCode: 137 },
      { route: "GET /info", each: 3, drop: "before" },
      {
        call: "networks.connect",
        where: { arguments: [null, { Container: "a" }] },
        error: { status: 500, message: "no" },
      },
      { call: "images.pull", stream: { does: "stall", for: 30_000 } },
      { between: ["web", { network: "backend" }], partition: true },
      { from: "web", to: "outside", loss: 0.1, latency: 10, jitter: 5 },
      { network: "backend", bandwidth: 1_000 },
      { name: "*", asker: "web", late: 3_000 },
      { engine: "restarting", for: 2_000 },
    ];
    for (const fault of faults) expect(problemsOf(shapes.Fault!, fault)).toBeUndefined();
    expect(problemsOf(shapes.Fault!, { engine: "on fire" })).toBeTruthy();
  });
});

describe("states", () => {
  it("are saved, listed, shown, loaded and deleted by name", async () => {
    await using subject = await control();
    const { ask } = subject;
    await subject.control.simulator.engine.containers.create(heeds, { name: "web" });
    expect(await ask({ method: "PUT", target: "/snapshots/one" })).toMatchObject({ status: 201 });
    await subject.control.simulator.engine.containers.remove("web");
    const names = async () =>
      (await subject.control.simulator.engine.containers.list({ all: true })).map(({ Names }) => Names[0]);
    expect(await ask({ method: "POST", target: "/snapshots/one/load" })).toMatchObject({ status: 204 });
    expect(await names()).toEqual(["/web"]);
    expect((await ask({ target: "/snapshots" })).body).toEqual([{ name: "one", at: "2024-01-01T00:00:00Z" }]);
    expect((await ask({ target: "/snapshots/one" })).body).toMatchObject({ format: "dryharbor-snapshot" });
    expect((await ask({ method: "POST", target: "/reset" })).status).toBe(204);
    expect(await names()).toEqual([]);
    expect((await ask({ method: "POST", target: "/reset", body: { snapshot: "one" } })).status).toBe(204);
    expect(await names()).toEqual(["/web"]);
    expect((await ask({ method: "DELETE", target: "/snapshots/one" })).status).toBe(204);
    expect(await ask({ method: "POST", target: "/snapshots/one/load" })).toMatchObject({
      status: 404,
      type: "application/problem+json",
      body: {
        type: "urn:dryharbor:problem:not-found",
        title: "There is no such thing",
        status: 404,
        detail: 'there is no snapshot "one": save one with PUT /snapshots/one',
      },
    });
  });

  it("bring their time back, and the same chance", async () => {
    await using subject = await control();
    const { ask } = subject;
    const made = async () => (await subject.control.simulator.engine.networks.create({ Name: "a" })).Id;
    await ask({ method: "POST", target: "/time/advance", body: { milliseconds: 5_000 } });
    await ask({ method: "PUT", target: "/snapshots/later" });
    const first = await made();
    await ask({ method: "POST", target: "/reset" });
    expect((await ask({ target: "/time" })).body).toMatchObject({ now: "2024-01-01T00:00:00Z" });
    await ask({ method: "POST", target: "/snapshots/later/load" });
    expect((await ask({ target: "/time" })).body).toMatchObject({ now: "2024-01-01T00:00:05Z" });
    expect(await made()).toBe(first);
  });

  it("are forked into simulators of their own", async () => {
    await using subject = await control();
    const { ask, forks } = subject;
    await subject.control.simulator.engine.containers.create(heeds, { name: "web" });
    const { body } = await ask({ method: "POST", target: "/forks", body: { host: "tcp://127.0.0.1:2" } });
    expect(body).toEqual({ id: 1, host: "tcp://127.0.0.1:2" });
    await subject.control.simulator.engine.containers.remove("web");
    expect(await forks[0]!.simulator.engine.containers.list({ all: true })).toHaveLength(1);
    expect((await ask({ target: "/forks" })).body).toEqual([body]);
    expect((await ask({ method: "DELETE", target: "/forks/1" })).status).toBe(204);
    expect((await ask({ method: "DELETE", target: "/forks/1" })).body).toMatchObject({ status: 404 });
  });
});

describe("faults", () => {
  it("are added, shown, removed and cleared, and strike clients", async () => {
    await using subject = await control();
    const { ask } = subject;
    const fault = { call: "networks.create", times: 1, error: { status: 500, message: "full" } };
    const added = await ask({ method: "POST", target: "/faults", body: fault });
    expect(added).toMatchObject({ status: 201, body: { number: 1, fault, met: 0, struck: 0 } });
    await expect(subject.control.simulator.engine.networks.create({ Name: "a" })).rejects.toThrow("full");
    expect((await ask({ target: "/faults/1" })).body).toMatchObject({ struck: 1 });
    expect((await ask({ target: "/calls" })).body).toMatchObject([{ call: "networks.create", fault: 1 }]);
    expect((await ask({ method: "DELETE", target: "/faults/1" })).status).toBe(204);
    expect((await ask({ method: "DELETE", target: "/faults/1" })).body).toMatchObject({
      detail: "there is no fault 1: GET /faults lists them",
    });
    await ask({ method: "POST", target: "/faults", body: { engine: "disk full" } });
    expect((await ask({ method: "DELETE", target: "/faults" })).status).toBe(204);
    expect((await ask({ target: "/faults" })).body).toEqual([]);
    expect((await ask({ method: "DELETE", target: "/calls" })).status).toBe(204);
    expect((await ask({ target: "/calls" })).body).toEqual([]);
  });
});

describe("time", () => {
  it("passes by hand: health checks run, and restarts come", async () => {
    await using subject = await control();
    const { ask } = subject;
    const { containers } = subject.control.simulator.engine;
    const Healthcheck = { Test: ["CMD", "true"], Interval: 30e9 };
    await containers.create({ ...heeds, Healthcheck }, { name: "web" });
    await containers.create(
      {
        Image: "busybox",
        Cmd: ["sh", "-c", "sleep 60; exit 3"],
        HostConfig: { RestartPolicy: { Name: "always" } },
      },
      { name: "job" },
    );
    for (const name of ["web", "job"]) await containers.start(name);
    expect((await containers.inspect("web")).State.Health?.Status).toBe("starting");
    const { body } = await ask({ method: "POST", target: "/time/advance", body: { milliseconds: 61_000 } });
    expect(body).toMatchObject({ virtual: true, now: "2024-01-01T00:01:01Z" });
    expect((await containers.inspect("web")).State.Health?.Status).toBe("healthy");
    expect((await containers.inspect("job")).RestartCount).toBe(1);
  });

  it("runs until nothing is left to do", async () => {
    await using subject = await control();
    const { containers } = subject.control.simulator.engine;
    await containers.create({ Image: "busybox", Cmd: ["sh", "-c", "sleep 5; sleep 7"] }, { name: "job" });
    await containers.start("job");
    const { body } = await subject.ask({ method: "POST", target: "/time/idle" });
    expect(body).toMatchObject({ next: null });
    expect((await containers.inspect("job")).State).toMatchObject({ Status: "exited", ExitCode: 0 });
    expect((body as { now: string }).now).toMatch(/^2024-01-01T00:00:12/);
  });

  it("is the machine's own otherwise", async () => {
    await using subject = await control({ machineTime: true });
    expect((await subject.ask({ target: "/time" })).body).toMatchObject({ virtual: false, next: null });
    expect(await subject.ask({ method: "POST", target: "/time/idle" })).toMatchObject({
      status: 409,
      body: { detail: expect.stringContaining("dryharbor serve --time virtual") },
    });
  });
});

it("shows who is where and who reaches whom, and nobody hears of it", async () => {
  await using subject = await control();
  const { engine, calls } = subject.control.simulator;
  await engine.networks.create({ Name: "backend" });
  for (const name of ["web", "db"]) {
    await engine.containers.create({ ...heeds, HostConfig: { NetworkMode: "backend" } }, { name });
    await engine.containers.start(name);
  }
  calls.clear();
  await subject.ask({ method: "POST", target: "/faults", body: { call: "containers.list", drop: "before" } });
  const topology = await subject.ask({ target: "/topology" });
  expect(topology.body).toMatchObject({ containers: [{ name: "web" }, { name: "db" }] });
  expect(wrongAnswer("GET", "/topology", topology)).toBeUndefined();
  expect((await subject.ask({ target: "/topology?format=mermaid" })).text).toMatch(/^flowchart/);
  const svg = await subject.ask({ target: "/topology?format=svg" });
  expect(svg).toMatchObject({ type: "image/svg+xml", text: expect.stringMatching(/^<svg/) });
  const reachability = await subject.ask({ target: "/reachability?containers=web,db&ports=80" });
  expect(wrongAnswer("GET", "/reachability", reachability)).toBeUndefined();
  expect(reachability.body).toMatchObject({
    from: [{ container: "web", to: [{ container: "db", addresses: [{ ping: "answers" }] }] }, {}],
  });
  expect((await subject.ask({ target: "/reachability?containers=nobody" })).body).toMatchObject({
    status: 404,
    detail: "No such container: nobody",
  });
  expect([...calls]).toEqual([]);
});

describe("requests that are none", () => {
  const huge = "a".repeat(100_000);
  const refused: [Asked, number, string][] = [
    [{ target: "/nothing" }, 404, "there is no /nothing: GET /openapi.json shows what there is"],
    [{ target: "/snapshots/" }, 404, "there is no /snapshots/"],
    [{ target: `/${huge}` }, 404, "…"],
    [{ method: "PATCH", target: "/faults" }, 405, "/faults has GET, POST, DELETE, and not PATCH"],
    [{ method: "PUT", target: `/snapshots/${huge}` }, 400, "name must be a name of letters"],
    [{ method: "PUT", target: "/snapshots/a%zz" }, 400, "write it as %25"],
    [{ method: "PUT", target: "/snapshots/a%2Fb" }, 400, "name must be a name of letters"],
    [{ target: "/topology?format=png" }, 400, "format must be one of json, mermaid, svg, text"],
    [{ target: "/topology?size=1" }, 400, 'there is no field "size": there may be format'],
    [{ target: "/topology?format=svg&format=svg" }, 400, "twice"],
    [{ target: "/reachability?ports=0" }, 422, "there is no port 0"],
    [{ target: "/health", body: {} }, 400, "this request has no body"],
    [{ method: "POST", target: "/faults" }, 400, "the body is missing: send JSON such as {"],
    [{ method: "POST", target: "/faults", body: "{" }, 400, "the body is no JSON"],
    [{ method: "POST", target: "/faults", body: new Uint8Array([0xff]) }, 400, "the body is not UTF-8"],
    [{ method: "POST", target: "/faults", body: "[".repeat(500_000) }, 400, "deeper than 64 levels"],
    [
      { method: "POST", target: "/faults", body: `"${"a".repeat(1_048_576)}"` },
      413,
      "more than 1048576 bytes",
    ],
    [{ method: "POST", target: "/faults", body: [] }, 422, "must be an object"],
    [
      { method: "POST", target: "/faults", body: { call: "networks.create" } },
      422,
      "this fault does nothing",
    ],
    [
      { method: "POST", target: "/faults", body: { call: "nothing", drop: "before" } },
      422,
      'there is no call "nothing"',
    ],
    [
      { method: "POST", target: "/reset", body: { name: "a" } },
      422,
      'there is no field "name": there may be snapshot',
    ],
    [{ method: "POST", target: "/time/advance", body: {} }, 422, "milliseconds is missing"],
    [
      { method: "POST", target: "/time/advance", body: { milliseconds: "1" } },
      422,
      "milliseconds must be a number",
    ],
    [{ method: "POST", target: "/forks", body: { snapshot: "none" } }, 404, 'there is no snapshot "none"'],
    [{ method: "POST", target: "/reset", headers: { origin: "null" } }, 403, "send no header Origin"],
    [{ target: "/health", headers: { host: "evil.example" } }, 403, 'this is not the host "evil.example"'],
  ];
  it.each(refused.map(([asked, status, detail]) => [status, detail, asked] as const))(
    "%i %s",
    async (status, detail, asked) => {
      await using subject = await control();
      const before = subject.control.simulator.snapshot();
      const answer = await subject.ask(asked);
      expect(answer).toMatchObject({
        status,
        type: "application/problem+json",
        body: { status, detail: expect.stringContaining(detail) },
      });
      expect(problemsOf(shapes.Problem!, answer.body)).toBeUndefined();
      expect(subject.control.simulator.snapshot()).toEqual(before);
    },
  );
});
