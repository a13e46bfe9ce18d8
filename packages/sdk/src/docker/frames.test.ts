import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { ConnectionError, ServerError } from "../errors.js";
import { collectOutput } from "../output.js";
import { demultiplex } from "./frames.js";

function frame(stream: number, payload: Uint8Array): number[] {
  const { length } = payload;
  return [
    stream,
    0,
    0,
    0,
    length >>> 24,
    (length >>> 16) & 0xff,
    (length >>> 8) & 0xff,
    length & 0xff,
    ...payload,
  ];
}

async function* cut(bytes: Uint8Array, sizes: Iterable<number>): AsyncGenerator<Uint8Array> {
  let rest = bytes;
  for (const size of sizes) {
    if (rest.length === 0) return;
    yield rest.subarray(0, size);
    rest = rest.subarray(size);
  }
}

const text = (content: string) => new TextEncoder().encode(content);

describe("frames", () => {
  it("are put together whatever pieces they arrive in", async () => {
    await fc.assert(
      fc.asyncProperty(
        fc.array(fc.tuple(fc.constantFrom(0, 1, 2), fc.uint8Array({ maxLength: 50 })), { maxLength: 8 }),
        fc.infiniteStream(fc.integer({ min: 1, max: 30 })),
        async (sent, sizes) => {
          const bytes = Uint8Array.from(sent.flatMap(([stream, payload]) => frame(stream, payload)));
          const got = { stdout: [] as number[], stderr: [] as number[] };
          for await (const { stream, data } of demultiplex(cut(bytes, sizes))) got[stream].push(...data);
          const of = (wanted: (stream: number) => boolean) =>
            sent.flatMap(([stream, payload]) => (wanted(stream) ? [...payload] : []));
          expect(got).toEqual({ stdout: of((stream) => stream !== 2), stderr: of((stream) => stream === 2) });
        },
      ),
    );
  });

  it("give what is there of a payload before the rest comes", async () => {
    const [head, tail] = [Uint8Array.from(frame(1, text("hello"))).subarray(0, 10), text("llo")];
    const pieces = demultiplex(
      (async function* () {
        yield head;
        yield tail;
      })(),
    );
    expect((await pieces.next()).value).toEqual({ stream: "stdout", data: text("he") });
    expect((await pieces.next()).value).toEqual({ stream: "stdout", data: text("llo") });
  });

  it.each([
    ["the engine's own words", frame(3, text("it broke")), ServerError, "it broke"],
    ["an unknown stream", [4, 0, 0, 0, 0, 0, 0, 0], ConnectionError, /not in frames/],
    ["plain text", [...text("hello world")], ConnectionError, /not in frames/],
    ["a head cut off", [1, 0, 0], ConnectionError, /ended within a frame/],
    ["a payload cut off", frame(1, text("hello")).slice(0, -1), ConnectionError, /ended within a frame/],
  ])("fail with %s", async (_, bytes, Class, reason) => {
    const read = collectOutput(demultiplex(cut(Uint8Array.from(bytes), [100])));
    await expect(read).rejects.toThrow(Class);
    await expect(read).rejects.toThrow(reason);
  });
});
