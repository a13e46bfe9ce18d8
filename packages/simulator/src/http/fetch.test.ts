import { UsageError } from "@dryharbor/sdk/port";
import { expect, it } from "vitest";
import { endlessWriter } from "../../test/writer.js";
import { createSimulator, type Simulator } from "../index.js";

const base = "http://simulator";

function post({ fetch }: Simulator, path: string, body?: unknown, headers = {}): Promise<Response> {
  return fetch(
    new Request(`${base}${path}`, {
      method: "POST",
      headers: { "content-type": "application/json", ...headers },
      ...(body !== undefined && { body: JSON.stringify(body) }),
    }),
  );
}

async function running(command: readonly string[], config = {}): Promise<Simulator> {
  const simulator = createSimulator();
  await post(simulator, "/containers/create?name=box", { Image: "busybox", Cmd: command, ...config });
  await post(simulator, "/containers/box/start");
  return simulator;
}

it("answers as the engine does, in words that fetch has", async () => {
  const simulator = createSimulator();
  const made = await post(simulator, "/v1.44/networks/create", { Name: "backend" });
  expect(made.status).toBe(201);
  expect(made.headers.get("api-version")).toBe("1.55");
  const { Id } = (await made.json()) as { Id: string };
  const shown = await simulator.fetch(new Request(`${base}/networks/backend?verbose=1`));
  expect(await shown.json()).toMatchObject({ Id, Name: "backend" });
  const removed = await simulator.fetch(new Request(`${base}/networks/backend`, { method: "DELETE" }));
  expect([removed.status, removed.body]).toEqual([204, null]);
  const ping = await simulator.fetch(new Request(`${base}/_ping`, { method: "HEAD" }));
  expect([ping.status, await ping.text()]).toEqual([200, ""]);
  const missing = await simulator.fetch(new Request(`${base}/networks/nowhere`));
  expect([missing.status, await missing.text()]).toEqual([404, '{"message":"network nowhere not found"}\n']);
});

it("counts a short body, whether it came as a whole or as a stream, and streams a long one", async () => {
  const simulator = await running(["sleep", "1000"]);
  const upload = (body: string | ReadableStream) =>
    new Request(`${base}/containers/box/start`, { method: "POST", body, duplex: "half" } as RequestInit);
  // The engine checks the length, and a body of unknown length counts as too long.
  expect((await simulator.fetch(upload("{}"))).status).toBe(304);
  expect((await simulator.fetch(upload(new Blob(["{}"]).stream()))).status).toBe(304);
  const endless = new ReadableStream(
    { pull: (to) => to.enqueue(new Uint8Array(1000)) },
    { highWaterMark: 0 },
  );
  expect((await simulator.fetch(upload(endless))).status).toBe(400);
});

it("reads of a stream what is wanted, and ends it when its reader goes", async () => {
  const simulator = createSimulator();
  const response = await simulator.fetch(new Request(`${base}/events`));
  const events = response.body!.getReader();
  await post(simulator, "/networks/create", { Name: "one" });
  await post(simulator, "/networks/create", { Name: "two" });
  const text = new TextDecoder();
  expect(text.decode((await events.read()).value)).toMatch(/"Action":"create".*"name":"one".*\n$/);
  expect(text.decode((await events.read()).value)).toContain('"name":"two"');
  const next = events.read();
  await events.cancel();
  expect(await next).toEqual({ done: true, value: undefined });
});

it("gives up with the request's signal, before the answer and within it", async () => {
  const simulator = await running(["sleep", "1000"]);
  const why = new Error("enough");
  const reading = new AbortController();
  const waiting = await simulator.fetch(
    new Request(`${base}/containers/box/wait`, { method: "POST", signal: reading.signal }),
  );
  const exit = expect(waiting.text()).rejects.toBe(why);
  reading.abort(why);
  await exit;

  const stopping = new AbortController();
  const deaf = await running(["deaf"]);
  const stop = deaf.fetch(
    new Request(`${base}/containers/box/stop`, { signal: stopping.signal, method: "POST" }),
  );
  stopping.abort(why);
  await expect(stop).rejects.toBe(why);
  await expect(
    simulator.fetch(new Request(`${base}/_ping`, { signal: AbortSignal.abort(why) })),
  ).rejects.toBe(why);
});

it("carries a process's output, and holds the process up where nobody reads", async () => {
  const writer = endlessWriter();
  const simulator = createSimulator({ programs: { chatty: writer.program } });
  await post(simulator, "/containers/create?name=box", { Image: "busybox", Cmd: ["chatty"] });
  const response = await post(simulator, "/containers/box/attach?stream=1&stdout=1");
  await post(simulator, "/containers/box/start");
  let atRest = -1;
  while (writer.written === 0 || writer.written !== atRest) {
    atRest = writer.written;
    await new Promise((resolve) => setTimeout(resolve, 100));
  }
  expect(atRest).toBeLessThan(40 * 16_384);
  const reader = response.body!.getReader();
  for (let read = 0; read < 2 * atRest; ) read += (await reader.read()).value!.length;
  await reader.cancel();
  await simulator.close();
});

it("reads an exec to its end", async () => {
  const simulator = await running(["sleep", "1000"]);
  const made = await post(simulator, "/containers/box/exec", { Cmd: ["echo", "hi"], AttachStdout: true });
  const { Id } = (await made.json()) as { Id: string };
  const output = await (await post(simulator, `/exec/${Id}/start`, {})).arrayBuffer();
  expect(new TextDecoder().decode(output.slice(8))).toBe("hi\n");
});

it("says what can: where a process wants input, and where the client wants an upgrade", async () => {
  const simulator = await running(["cat"], { OpenStdin: true });
  const input = "/containers/box/attach?stream=1&stdin=1&stdout=1";
  await expect(post(simulator, input)).rejects.toThrow(
    new UsageError(
      `fetch cannot carry POST ${input}: the engine takes the connection over, for a process's input and output. ` +
        "Use agent(simulator) of @dryharbor/simulator/node",
    ),
  );
  const output = "/containers/box/attach?stream=1&stdout=1";
  await expect(post(simulator, output, undefined, { upgrade: "tcp" })).rejects.toThrow(UsageError);
  const none = await post(simulator, "/containers/none/attach?stream=1&stdin=1", undefined, {
    upgrade: "tcp",
  });
  expect([none.status, await none.text()]).toEqual([404, "No such container: none\r\n"]);
});
