import { padded, rotated } from "./blocks.js";

/** The SHA-1 digest of a message (FIPS 180-4). */
export function sha1(message: Uint8Array): Uint8Array {
  const view = padded(message, { block: 64, lengthBytes: 8, littleEndian: false });
  const state = Int32Array.of(0x67452301, 0xefcdab89, 0x98badcfe, 0x10325476, 0xc3d2e1f0);
  const words = new Int32Array(80);
  const word = (at: number): number => words[at] as number;
  for (let start = 0; start < view.byteLength; start += 64) {
    for (let at = 0; at < 16; at++) words[at] = view.getInt32(start + at * 4);
    for (let at = 16; at < 80; at++) {
      words[at] = rotated(word(at - 3) ^ word(at - 8) ^ word(at - 14) ^ word(at - 16), 1);
    }
    let [a = 0, b = 0, c = 0, d = 0, e = 0] = state;
    for (let at = 0; at < 80; at++) {
      let mixed: number;
      if (at < 20) mixed = ((b & c) | (~b & d)) + 0x5a827999;
      else if (at < 40) mixed = (b ^ c ^ d) + 0x6ed9eba1;
      else if (at < 60) mixed = ((b & c) | (b & d) | (c & d)) + 0x8f1bbcdc;
      else mixed = (b ^ c ^ d) + 0xca62c1d6;
      const sum = (rotated(a, 5) + mixed + e + word(at)) | 0;
      e = d;
      d = c;
      c = rotated(b, 30);
      b = a;
      a = sum;
    }
    for (const [at, value] of [a, b, c, d, e].entries()) state[at] = (state[at] as number) + value;
  }
  const digest = new DataView(new ArrayBuffer(20));
  for (const [at, value] of state.entries()) digest.setInt32(at * 4, value);
  return new Uint8Array(digest.buffer);
}
