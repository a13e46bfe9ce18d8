import { mkdtemp, readFile, rm, stat, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { type HttpRequest, noBody } from "../../http/message.js";
import { createSimulator } from "../../simulator.js";
import type { HarEntry } from "./har.js";
import { harFile } from "./har-file.js";
import { recordedHandle } from "./recorded-handle.js";

const request = (method: string, target: string, body?: object | Uint8Array, headers = {}): HttpRequest => {
  const bytes = body instanceof Uint8Array ? body : Buffer.from(body ? JSON.stringify(body) : "");
  return {
    method,
    target,
    headers: { ...(body && { "content-type": "application/json" }), ...headers },
    signal: new AbortController().signal,
    body:
      bytes.length === 0
        ? noBody
        : {
            length: bytes.length,
            async *[Symbol.asyncIterator]() {
              yield bytes;
            },
          },
  };
};

async function recorded(
  act: (handle: ReturnType<typeof recordedHandle>) => Promise<void>,
): Promise<HarEntry[]> {
  await using simulator = createSimulator();
  const entries: HarEntry[] = [];
  await act(recordedHandle(simulator.handle, (entry) => entries.push(entry)));
  return entries;
}

describe("a record of requests", () => {
  it("has each request with its answer, and no passwords", async () => {
    const [made] = await recorded(async (handle) => {
      const headers = { "x-registry-auth": "c2VjcmV0", "user-agent": "test" };
      await handle(request("POST", "/v1.47/networks/create?a=b%20c", { Name: "backend" }, headers));
    });
    expect(made).toMatchObject({
      startedDateTime: expect.stringMatching(/^\d{4}-\d\d-\d\dT/),
      request: {
        method: "POST",
        url: "http://docker/v1.47/networks/create?a=b%20c",
        queryString: [{ name: "a", value: "b c" }],
        headers: expect.arrayContaining([
          { name: "x-registry-auth", value: "(left out)" },
          { name: "user-agent", value: "test" },
        ]),
        postData: { mimeType: "application/json", text: '{"Name":"backend"}' },
        bodySize: 18,
      },
      response: { status: 201, content: { mimeType: "application/json" } },
    });
    expect(JSON.parse(made!.response.content.text)).toMatchObject({
      Id: expect.stringMatching(/^[0-9a-f]{64}$/),
    });
    expect(made).not.toHaveProperty("_stream");
    expect(made).not.toHaveProperty("_leftEarly");
  });

  it("has bytes that are no text in base64", async () => {
    const bytes = Uint8Array.of(0xff, 0xfe, 0);
    const [sent] = await recorded(async (handle) => {
      const load = request("POST", "/images/load", bytes, { "content-type": "application/x-tar" });
      const { body } = await handle(load);
      for await (const _ of body as AsyncIterable<Uint8Array>);
    });
    expect(sent!.request.postData).toMatchObject({ text: "//4A", encoding: "base64" });
  });

  it("has an answer in pieces as a whole when it ends, and tells when the client left before", async () => {
    const entries = await recorded(async (handle) => {
      for (const leaves of [false, true]) {
        const { body } = await handle(request("GET", leaves ? "/events" : "/events?until=1"));
        const pieces = (body as AsyncIterable<Uint8Array>)[Symbol.asyncIterator]();
        if (leaves) {
          const next = pieces.next();
          await handle(request("POST", "/networks/create", { Name: "backend" }));
          await next;
          await pieces.return!();
        } else while (!(await pieces.next()).done);
      }
    });
    expect(entries.map(({ request: { url }, _leftEarly }) => [url, _leftEarly])).toEqual([
      ["http://docker/events?until=1", undefined],
      ["http://docker/networks/create", undefined],
      ["http://docker/events", true],
    ]);
    expect(entries[2]!.response.content.text).toContain('"Action":"create"');
  });

  it("has what went both ways on a connection that was taken over", async () => {
    const [, , entry] = await recorded(async (handle) => {
      const box = { Image: "busybox", Cmd: ["cat"], OpenStdin: true, StdinOnce: true, Tty: false };
      const { body } = await handle(request("POST", "/containers/create", box));
      const { Id } = JSON.parse(body as string) as { Id: string };
      const { takeOver } = await handle(
        request("POST", `/containers/${Id}/attach?stream=1&stdin=1&stdout=1`, undefined, {
          upgrade: "tcp",
          connection: "Upgrade",
        }),
      );
      const ended = new Promise<void>((resolve) => {
        takeOver!({
          input: (async function* () {
            yield Buffer.from("hello\n");
          })(),
          write: () => true,
          drained: async () => {},
          end: resolve,
          signal: new AbortController().signal,
        });
      });
      await handle(request("POST", `/containers/${Id}/start`));
      await ended;
    });
    expect(entry!.response.status).toBe(101);
    expect(entry!._stream!.sent).toEqual({ text: "hello\n" });
    expect(Buffer.from(entry!._stream!.received.text).subarray(8).toString()).toBe("hello\n");
  });
});

describe("the file of a record", () => {
  let directory: string;
  beforeAll(async () => {
    directory = await mkdtemp(join(tmpdir(), "dryharbor-record-"));
  });
  afterAll(() => rm(directory, { recursive: true, force: true }));

  it("is a whole document after each entry, for its owner alone", async () => {
    const path = join(directory, "record.har");
    const never = (error: Error) => {
      throw error;
    };
    const file = harFile(path, never);
    const entries: HarEntry[] = await recorded(async (handle) => {
      for (const path of ["/_ping", "/networks", "/nope-é"]) await handle(request("GET", path));
    });
    const read = async () =>
      (JSON.parse(await readFile(path, "utf8")) as { log: { entries: unknown[] } }).log;
    expect(await read()).toMatchObject({ version: "1.2", creator: { name: "dryharbor" }, entries: [] });
    for (const [index, entry] of entries.entries()) {
      file.write(entry);
      expect((await read()).entries).toEqual(entries.slice(0, index + 1));
    }
    file.close();
    file.write(entries[0]!);
    expect((await read()).entries).toEqual(entries);
    expect((await stat(path)).mode & 0o777).toBe(0o600);
  });

  it("must not be there yet", async () => {
    const path = join(directory, "there.har");
    await writeFile(path, "kept");
    expect(() => harFile(path, () => {})).toThrow(
      `${path} is there already: give another file for the record`,
    );
    expect(() => harFile(join(directory, "no/such/folder.har"), () => {})).toThrow("cannot be made: ENOENT");
    expect(await readFile(path, "utf8")).toBe("kept");
  });
});
