import { describe, expect, it } from "vitest";
import { ask } from "../../../test/ask.js";
import { createSimulator, type HttpResponse, type ReleaseName, type Simulator } from "../../index.js";
import { FrameReader, frameOf, opcodes, ProtocolError } from "./frames.js";
import { sha1 } from "./sha1.js";
import { acceptanceOf } from "./take-over.js";

const text = new TextEncoder();
const hex = (bytes: Uint8Array) => Buffer.from(bytes).toString("hex");

describe("the handshake", () => {
  it("is as RFC 6455 has it, on the SHA-1 of FIPS 180", () => {
    expect(acceptanceOf("dGhlIHNhbXBsZSBub25jZQ==")).toBe("s3pPLMBiTxaQ9kYGzzhZRbK+xOo=");
    expect(hex(sha1(text.encode("")))).toBe("da39a3ee5e6b4b0d3255bfef95601890afd80709");
    expect(hex(sha1(text.encode("abc")))).toBe("a9993e364706816aba3e25717850c26c9cd0d89d");
    expect(hex(sha1(text.encode("abcdbcdecdefdefgefghfghighijhijkijkljklmklmnlmnomnopnopq")))).toBe(
      "84983e441c3bd26ebaae4aa1f95129e5e54670f1",
    );
    expect(hex(sha1(new Uint8Array(1000).fill(97)))).toBe("291e9a6c66994949b57ba5e650361e98fc36b1ba");
  });
});

/** Makes a frame as a client sends it. */
function masked(opcode: number, data: string | Uint8Array): Uint8Array {
  const payload = typeof data === "string" ? text.encode(data) : data;
  const head = frameOf(opcode, payload).slice(0, -payload.length || undefined);
  head[1]! |= 0x80;
  const mask = [7, 1, 200, 33];
  return Uint8Array.from([...head, ...mask, ...payload.map((byte, at) => byte ^ mask[at & 3]!)]);
}

describe("frames", () => {
  it.each([0, 1, 125, 126, 65_535, 65_536])("of %i bytes are read in whatever pieces they come", (length) => {
    const data = new Uint8Array(length).map((_, at) => at);
    const bytes = Uint8Array.from([...masked(opcodes.binary, data), ...masked(opcodes.ping, "x")]);
    const reader = new FrameReader();
    const frames = [];
    for (let at = 0; at < bytes.length; at += 999) frames.push(...reader.read(bytes.slice(at, at + 999)));
    expect(frames.map(({ opcode }) => opcode)).toEqual([opcodes.binary, opcodes.ping]);
    expect(frames[0]?.data).toEqual(data);
  });

  it("are masked", () => {
    expect(() => [...new FrameReader().read(frameOf(opcodes.text, text.encode("x")))]).toThrow(ProtocolError);
  });
});

function client({ takeOver }: HttpResponse) {
  const written: Uint8Array[] = [];
  const sent: (Uint8Array | undefined)[] = [];
  let wake = (): void => {};
  const ended = new Promise<void>((end) => {
    takeOver?.({
      input: {
        async *[Symbol.asyncIterator]() {
          for (;;) {
            if (sent.length === 0) await new Promise<void>((next) => (wake = next));
            const next = sent.shift();
            if (!next) return;
            yield next;
          }
        },
      },
      write: (data) => written.push(data) > 0,
      drained: async () => {},
      end,
      signal: new AbortController().signal,
    });
  });
  const send = (data?: Uint8Array) => {
    sent.push(data);
    wake();
  };
  const settled = () => new Promise((resolve) => setTimeout(resolve, 5));
  return { ended, send, settled, frames: () => written.map((bytes) => [bytes[0]! & 0xf, decoded(bytes)]) };
}

const decoded = (bytes: Uint8Array) => Buffer.from(bytes.slice(2)).toString("latin1");
const upgrade = {
  upgrade: "websocket",
  connection: "Upgrade",
  "sec-websocket-key": "dGhlIHNhbXBsZSBub25jZQ==",
  "sec-websocket-version": "13",
};
const closed = [opcodes.close, "\x03\xe8"];

async function running(release: ReleaseName = "29"): Promise<Simulator> {
  const simulator = createSimulator({ release });
  const config = { Image: "busybox", Cmd: ["cat"], OpenStdin: true };
  await ask(simulator, "POST /containers/create?name=box", config);
  await ask(simulator, "POST /containers/box/start");
  return simulator;
}

describe("attach", () => {
  it("carries messages both ways until the client closes", async () => {
    const simulator = await running();
    const target = "/containers/box/attach/ws?stream=1&stdin=1&stdout=1";
    const response = await ask(simulator, `GET ${target}`, undefined, upgrade);
    expect(response).toMatchObject({ status: 101, statusText: "Switching Protocols" });
    const one = client(response);
    for (const frame of [
      masked(opcodes.text, "hi\n"),
      masked(opcodes.ping, "hey"),
      masked(opcodes.binary, "yo\n"),
    ]) {
      one.send(frame);
      await one.settled();
    }
    one.send(masked(opcodes.close, Uint8Array.of(3, 232)));
    await one.ended;
    expect(one.frames()).toEqual([
      [opcodes.binary, "hi\n"],
      [opcodes.pong, "hey"],
      [opcodes.binary, "yo\n"],
      closed,
    ]);
  });

  it("ends with what it reads, is text for clients of old, and carries all for them", async () => {
    const simulator = await running("28.5");
    const old = client(
      await ask(simulator, "GET /v1.27/containers/box/attach/ws?stream=1", undefined, upgrade),
    );
    old.send(masked(opcodes.text, "hi\n"));
    await old.settled();
    old.send();
    await old.ended;
    expect(old.frames()).toEqual([[opcodes.text, "hi\n"], closed]);
    const logs = client(
      await ask(simulator, "GET /containers/box/attach/ws?logs=1&stdout=1", undefined, upgrade),
    );
    await logs.ended;
    expect(logs.frames()).toEqual([[opcodes.binary, "hi\n"], closed]);
  });

  it("refuses what is no handshake, past the engine's own headers", async () => {
    const simulator = await running();
    const target = "/containers/box/attach/ws?stream=1";
    const refused = async (headers: Readonly<Record<string, string>>) => {
      const response = await ask(simulator, `GET ${target}`, undefined, headers);
      const one = client(response);
      await one.ended;
      return { status: response.status, headers: response.headers, frames: one.frames().length };
    };
    expect(await refused({})).toEqual({ status: 400, headers: {}, frames: 1 });
    expect(await refused({ ...upgrade, "sec-websocket-version": "8" })).toEqual({
      status: 400,
      headers: { "Sec-WebSocket-Version": "13" },
      frames: 1,
    });
    const nobody = await ask(simulator, "GET /containers/nope/attach/ws", undefined, upgrade);
    expect(nobody).toMatchObject({ status: 404, body: '{"message":"No such container: nope"}\n' });
  });
});
