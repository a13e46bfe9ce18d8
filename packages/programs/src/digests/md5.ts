import { padded, rotated } from "./blocks.js";

const shifts = [7, 12, 17, 22, 5, 9, 14, 20, 4, 11, 16, 23, 6, 10, 15, 21];
const sines = Uint32Array.from({ length: 64 }, (_, at) => Math.floor(Math.abs(Math.sin(at + 1)) * 2 ** 32));

/** The MD5 digest of a message (RFC 1321). */
export function md5(message: Uint8Array): Uint8Array {
  const view = padded(message, { block: 64, lengthBytes: 8, littleEndian: true });
  const state = Int32Array.of(0x67452301, 0xefcdab89, 0x98badcfe, 0x10325476);
  for (let start = 0; start < view.byteLength; start += 64) {
    let [a = 0, b = 0, c = 0, d = 0] = state;
    for (let at = 0; at < 64; at++) {
      const round = at >> 4;
      let mixed: number;
      let word: number;
      if (round === 0) [mixed, word] = [(b & c) | (~b & d), at];
      else if (round === 1) [mixed, word] = [(d & b) | (~d & c), (5 * at + 1) & 15];
      else if (round === 2) [mixed, word] = [b ^ c ^ d, (3 * at + 5) & 15];
      else [mixed, word] = [c ^ (b | ~d), (7 * at) & 15];
      const sum = (a + mixed + (sines[at] as number) + view.getUint32(start + word * 4, true)) | 0;
      a = d;
      d = c;
      c = b;
      b = (b + rotated(sum, shifts[round * 4 + (at & 3)] as number)) | 0;
    }
    for (const [at, value] of [a, b, c, d].entries()) state[at] = (state[at] as number) + value;
  }
  const digest = new DataView(new ArrayBuffer(16));
  for (const [at, word] of state.entries()) digest.setInt32(at * 4, word, true);
  return new Uint8Array(digest.buffer);
}
