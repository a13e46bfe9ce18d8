import { describe, expect, it } from "vitest";
import { ask } from "../../test/ask.js";
import { endlessWriter } from "../../test/writer.js";
import { bytesOf } from "../engine/received.js";
import { createSimulator, type HttpResponse, type Simulator } from "../index.js";

const text = new TextEncoder();
const upgrade = { upgrade: "tcp", connection: "Upgrade" };

/** Reads a stream that ends by itself, as text. The head of a frame becomes `<1 5>`. */
async function whole(response: HttpResponse): Promise<string> {
  const body = response.body as AsyncIterable<Uint8Array>;
  const bytes = await bytesOf(
    { length: -1, [Symbol.asyncIterator]: () => body[Symbol.asyncIterator]() },
    2 ** 20,
    () => new Error("too long"),
  );
  return withFrames(bytes);
}

function withFrames(bytes: Uint8Array): string {
  let shown = "";
  for (let at = 0; at < bytes.length; at++) {
    const isHead = (bytes[at] === 1 || bytes[at] === 2) && bytes.length >= at + 8;
    if (isHead) {
      shown += `<${bytes[at]} ${bytes[at + 7]}>`;
      at += 7;
    } else {
      shown += String.fromCharCode(bytes[at]!);
    }
  }
  return shown;
}

/** Plays the client's side of a connection that the engine has taken over. */
function client(response: HttpResponse, room = (): boolean => true) {
  const written: Uint8Array[] = [];
  const typed: (Uint8Array | undefined)[] = [];
  const gone = new AbortController();
  let wake = (): void => {};
  let catchUp = (): void => {};
  const ended = new Promise<void>((resolve) => {
    response.takeOver?.({
      input: {
        async *[Symbol.asyncIterator]() {
          for (;;) {
            if (typed.length === 0) await new Promise<void>((next) => (wake = next));
            const next = typed.shift();
            if (!next) return;
            yield next;
          }
        },
      },
      write(data) {
        written.push(data);
        return room();
      },
      drained: () => new Promise<void>((next) => (catchUp = next)),
      end: resolve,
      signal: gone.signal,
    });
  });
  const push = (data: Uint8Array | undefined): void => {
    typed.push(data);
    wake();
  };
  return {
    ended,
    written,
    seen: () => withFrames(Uint8Array.from(written.flatMap((data) => [...data]))),
    type: (data: string) => push(text.encode(data)),
    halfClose: () => push(undefined),
    leave: () => gone.abort(),
    catchUp: () => catchUp(),
  };
}

const settled = () => new Promise((resolve) => setTimeout(resolve, 5));
const cat = { Image: "busybox", Cmd: ["cat"], OpenStdin: true };

async function running(config: object): Promise<Simulator> {
  const simulator = createSimulator();
  await ask(simulator, "POST /containers/create?name=box", config);
  await ask(simulator, "POST /containers/box/start");
  return simulator;
}

const attach = "POST /containers/box/attach?stream=1&stdin=1&stdout=1&stderr=1";

describe("attach", () => {
  it("upgrades past the engine's own headers, and ends with the process", async () => {
    const simulator = createSimulator();
    await ask(simulator, "POST /containers/create?name=box", { Image: "busybox", Cmd: ["echo", "hi"] });
    const response = await ask(simulator, attach, undefined, upgrade);
    expect(response).toMatchObject({ status: 101 });
    expect(response.headers).toEqual({
      "Content-Type": "application/vnd.docker.multiplexed-stream",
      Connection: "Upgrade",
      Upgrade: "tcp",
    });
    const one = client(response);
    await ask(simulator, "POST /containers/box/start");
    await one.ended;
    expect(one.seen()).toBe("<1 3>hi\n");
  });

  it("keeps what is typed before the start, and ends input with StdinOnce", async () => {
    const simulator = createSimulator();
    await ask(simulator, "POST /containers/create?name=box", { ...cat, StdinOnce: true });
    const one = client(await ask(simulator, attach));
    one.type("early\n");
    one.halfClose();
    await settled();
    await ask(simulator, "POST /containers/box/start");
    await one.ended;
    expect(one.seen()).toBe("<1 6>early\n");
  });

  it("lets go of a client that closes its side, where others may still write", async () => {
    const simulator = await running(cat);
    const one = client(await ask(simulator, attach));
    const two = client(await ask(simulator, attach));
    one.halfClose();
    await one.ended;
    two.type("on\n");
    await settled();
    expect(two.seen()).toBe("<1 3>on\n");
  });

  it("leaves a terminal by its keys, and holds back what may be their beginning", async () => {
    const simulator = await running({ ...cat, Tty: true });
    const one = client(await ask(simulator, `${attach}&detachKeys=a,b`));
    one.type("xa");
    await settled();
    expect(one.seen()).toBe("x");
    one.type("c\n");
    await settled();
    expect(one.seen()).toBe("xac\r\nxac\r\n");
    one.type("ab");
    await one.ended;
    const shown = await ask(simulator, "GET /containers/box/json");
    expect(JSON.parse(String(shown.body)).State.Running).toBe(true);
  });

  it("says what it refuses in plain text, past the engine's own headers", async () => {
    const response = await ask(createSimulator(), attach);
    expect(response).toMatchObject({ status: 404 });
    expect(response.headers).toEqual({ "Content-Type": "application/vnd.docker.raw-stream" });
    const one = client(response);
    await one.ended;
    expect(one.seen()).toBe("No such container: box\r\n");
  });

  it("waits for a client that does not read", async () => {
    const simulator = await running(cat);
    const slow = client(await ask(simulator, attach), () => false);
    const other = client(await ask(simulator, attach));
    for (const word of ["one\n", "two\n", "six\n"]) {
      other.type(word);
      await settled();
    }
    expect(slow.written).toHaveLength(1);
    slow.catchUp();
    await settled();
    expect(slow.written).toHaveLength(2);
  });
});

describe("a client that does not read", () => {
  it("holds the process up until it has caught up, or gone", async () => {
    const writer = endlessWriter();
    const simulator = createSimulator({ programs: { chatty: writer.program } });
    await ask(simulator, "POST /containers/create?name=box", { Image: "busybox", Cmd: ["chatty"] });
    const slow = client(await ask(simulator, attach), () => false);
    await ask(simulator, "POST /containers/box/start");
    let atRest: number;
    do {
      atRest = writer.written;
      await new Promise((resolve) => setTimeout(resolve, 50));
    } while (writer.written === 0 || writer.written !== atRest);
    expect(atRest).toBeLessThanOrEqual(8 * 16_384);
    await new Promise((resolve) => setTimeout(resolve, 20));
    expect(writer.written).toBe(atRest);
    slow.leave();
    while (writer.written <= 2 * atRest) await new Promise((resolve) => setTimeout(resolve, 5));
    await simulator.close();
  });

  it("does not hang where nobody reads its input", async () => {
    const simulator = await running({ Image: "busybox", Cmd: ["sleep", "100"], OpenStdin: true });
    const one = client(await ask(simulator, attach));
    for (let count = 0; count < 10; count++) one.type("x".repeat(16_384));
    await settled();
    await ask(simulator, "POST /containers/box/kill");
    await one.ended;
  });
});

describe("exec", () => {
  it("streams with the engine's own headers, and says inside why it cannot run", async () => {
    const simulator = await running({ Image: "busybox", Cmd: ["sleep", "100"] });
    const made = await ask(simulator, "POST /containers/box/exec", { Cmd: ["none"], AttachStdout: true });
    const { Id } = JSON.parse(String(made.body));
    const response = await ask(simulator, `POST /exec/${Id}/start`, {}, upgrade);
    expect(response.headers).toMatchObject({ Server: "Docker/29.7.2 (linux)", Upgrade: "tcp" });
    const one = client(response);
    await one.ended;
    expect(one.seen()).toMatch(/^<1 \d+>OCI runtime exec failed: .*\r\n$/);
  });

  it("gives an exec up whose terminal is left by its keys", async () => {
    const simulator = await running({ Image: "busybox", Cmd: ["sleep", "100"] });
    const made = await ask(simulator, "POST /containers/box/exec", {
      Cmd: ["cat"],
      Tty: true,
      AttachStdin: true,
      AttachStdout: true,
    });
    const { Id } = JSON.parse(String(made.body));
    const one = client(await ask(simulator, `POST /exec/${Id}/start`, { Tty: true }));
    one.type("\x10\x11");
    await one.ended;
    expect(one.seen()).toBe("exec attach failed: error on attach stdin: read escape sequence\r\n");
    const shown = await ask(simulator, `GET /exec/${Id}/json`);
    expect(JSON.parse(String(shown.body))).toMatchObject({ Running: false, ExitCode: 126 });
  });
});

describe("logs, wait and events", () => {
  it("frames the log", async () => {
    const simulator = await running({ Image: "busybox", Cmd: ["echo", "hi"] });
    await whole(await ask(simulator, "POST /containers/box/wait"));
    const response = await ask(simulator, "GET /v1.41/containers/box/logs?stdout=1&tail=");
    expect(response.headers["Content-Type"]).toBe("application/vnd.docker.raw-stream");
    expect(await whole(response)).toBe("<1 3>hi\n");
  });

  it("answers a wait at once and ends it later", async () => {
    const simulator = await running({ Image: "busybox", Cmd: ["sleep", "100"] });
    const response = await ask(simulator, "POST /containers/box/wait?condition=removed");
    expect(response.status).toBe(200);
    await ask(simulator, "DELETE /containers/box?force=1");
    expect(await whole(response)).toBe('{"StatusCode":137}\n');
  });

  it("tells of events as lines", async () => {
    const simulator = await running({ Image: "busybox", Cmd: ["sleep", "100"] });
    const filters = encodeURIComponent(JSON.stringify({ event: ["create"], type: ["container"] }));
    const response = await ask(simulator, `GET /events?since=1&until=1&filters=${filters}`);
    expect(await whole(response)).toBe("");
    const all = await ask(simulator, `GET /events?since=1&until=99999999999&filters=${filters}`);
    const events = (all.body as AsyncIterable<Uint8Array>)[Symbol.asyncIterator]();
    const first = new TextDecoder().decode((await events.next()).value);
    await events.return?.();
    expect(first).toMatch(/^\{"Type":"container","Action":"create","Actor":\{.*\}\n$/);
  });
});

describe("logs as JSON", () => {
  it("come where a client of 29 asks for them", async () => {
    await using simulator = createSimulator({ release: "29" });
    const { engine } = simulator;
    const said = { Image: "busybox", Cmd: ["sh", "-c", "echo a; echo b >&2"], Labels: { x: "1" } };
    const HostConfig = { LogConfig: { Type: "json-file", Config: { labels: "x" } } };
    const { Id } = await engine.containers.create({ ...said, HostConfig });
    await engine.containers.start(Id);
    await engine.containers.wait(Id);
    const get = async (query: string, accept?: string) => {
      const headers = accept === undefined ? {} : { accept };
      const answer = await simulator.fetch(new Request(`http://simulator${query}`, { headers }));
      return [answer.status, answer.headers.get("content-type"), await answer.text()];
    };
    const logs = `/containers/${Id}/logs?stdout=1&stderr=1`;
    const [status, type, text] = await get(`${logs}&format=json&details=1`);
    expect([status, type]).toEqual([200, "application/jsonl"]);
    const lines = String(text)
      .trim()
      .split("\n")
      .map((line) => JSON.parse(line) as { Source: string });
    expect(lines).toMatchObject([
      { Line: "a\n", Source: "stdout", Attrs: [{ Key: "x", Value: "1" }] },
      { Line: "b\n", Source: "stderr" },
    ]);
    const records = String((await get(logs, "application/json-seq"))[2]);
    expect(records.startsWith('\u001e{"Line":"a\\n","Source":"stdout","Timestamp":"')).toBe(true);
    expect(await get(`${logs}&format=xx`)).toEqual([
      400,
      "application/json",
      '{"message":"unsupported log format"}\n',
    ]);
    expect((await get(`/containers/${Id}/logs?format=xx`))[2]).toContain("must specify at least one of");
    expect((await get(`/v1.53${logs}&format=xx`))[1]).toBe("application/vnd.docker.multiplexed-stream");
  });
});
