import { constants, deflateRawSync, gunzipSync, gzipSync, inflateRawSync } from "node:zlib";
import { describe, expect, it } from "vitest";
import { deflated } from "./deflate.js";
import { GzipError, gunzipped, gzipped } from "./gzip-format.js";
import { InflateError, inflated } from "./inflate.js";

/** Random bytes of so many kinds, always the same ones. */
function bytes(length: number, kinds: number, seed = 1): Uint8Array {
  let state = seed;
  return Uint8Array.from({ length }, () => {
    state = (Math.imul(state, 1_103_515_245) + 12_345) & 0x7fff_ffff;
    return (state >> 16) % kinds;
  });
}

const samples: readonly (readonly [string, Uint8Array])[] = [
  ["nothing", new Uint8Array()],
  ["one byte", Uint8Array.of(65)],
  ["zeros", new Uint8Array(70_000)],
  ["three kinds of bytes", bytes(40_000, 3)],
  ["all kinds of bytes", bytes(70_000, 256)],
  ["words", new TextEncoder().encode("the quick brown fox ".repeat(2000))],
  ["more than two windows", Buffer.concat([bytes(50_000, 20), new Uint8Array(30_000), bytes(50_000, 20)])],
];

function inflatedWhole(data: Uint8Array): { content: Buffer; end: number } {
  const pieces = inflated(data, 0);
  const content: Uint8Array[] = [];
  for (;;) {
    const { done, value } = pieces.next();
    if (done) return { content: Buffer.concat(content), end: value };
    content.push(value);
  }
}

describe.each(samples)("%s", (_, sample) => {
  it("is compressed so that zlib reads it", () => {
    expect(inflateRawSync(Buffer.concat([...deflated(sample)])).equals(sample)).toBe(true);
    expect(gunzipSync(Buffer.concat([...gzipped(sample)])).equals(sample)).toBe(true);
  });

  it.each([
    ["as usual", {}],
    ["with the fixed code", { strategy: constants.Z_FIXED }],
    ["not at all", { level: 0 }],
    ["without matches", { strategy: constants.Z_HUFFMAN_ONLY }],
  ])("is read when zlib has compressed it %s", (_, options) => {
    const compressed = deflateRawSync(sample, options);
    const { content, end } = inflatedWhole(Buffer.concat([compressed, Buffer.from("more")]));
    expect(content.equals(sample)).toBe(true);
    expect(end).toBe(compressed.length);
  });
});

it("what breaks off or is damaged is refused, wherever that is", () => {
  const whole = gzipSync(samples[5]?.[1] as Uint8Array);
  for (let at = 0; at < whole.length; at++) {
    expect(() => [...gunzipped(whole.subarray(0, at))]).toThrow(GzipError);
  }
  const raw = deflateRawSync(bytes(3000, 30));
  for (let at = 0; at < raw.length; at++) {
    const damaged = Uint8Array.from(raw);
    damaged[at] = (damaged[at] as number) ^ (1 << (at % 8));
    try {
      inflatedWhole(damaged);
    } catch (error) {
      expect(error).toBeInstanceOf(InflateError);
    }
  }
});
