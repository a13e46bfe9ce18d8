const mask = 2n ** 64n - 1n;
const rounds = 24;
const { turns, constants } = schedule();

/** The SHA-3 digest of a message (FIPS 202). @param bits 224, 256, 384 or 512 */
export function sha3(message: Uint8Array, bits: number): Uint8Array {
  const rate = 200 - bits / 4;
  const bytes = new Uint8Array(Math.ceil((message.length + 1) / rate) * rate);
  bytes.set(message);
  bytes[message.length] = 0x06;
  bytes[bytes.length - 1] = (bytes[bytes.length - 1] as number) | 0x80;
  const view = new DataView(bytes.buffer);
  const lanes = new BigUint64Array(25);
  for (let start = 0; start < bytes.length; start += rate) {
    for (let at = 0; at < rate / 8; at++) {
      lanes[at] = (lanes[at] as bigint) ^ view.getBigUint64(start + at * 8, true);
    }
    permute(lanes);
  }
  const out = new DataView(new ArrayBuffer(200));
  for (const [at, lane] of lanes.entries()) out.setBigUint64(at * 8, lane, true);
  return new Uint8Array(out.buffer, 0, bits / 8);
}

function permute(lanes: BigUint64Array): void {
  const lane = (x: number, y: number): bigint => lanes[x + 5 * y] as bigint;
  for (let round = 0; round < rounds; round++) {
    const columns = [0, 1, 2, 3, 4].map(
      (x) => lane(x, 0) ^ lane(x, 1) ^ lane(x, 2) ^ lane(x, 3) ^ lane(x, 4),
    );
    for (let x = 0; x < 5; x++) {
      const parity = (columns[(x + 4) % 5] as bigint) ^ left(columns[(x + 1) % 5] as bigint, 1n);
      for (let y = 0; y < 5; y++) lanes[x + 5 * y] = lane(x, y) ^ parity;
    }
    const moved = new BigUint64Array(25);
    for (let x = 0; x < 5; x++) {
      for (let y = 0; y < 5; y++) {
        moved[y + 5 * ((2 * x + 3 * y) % 5)] = left(lane(x, y), turns[x + 5 * y] as bigint);
      }
    }
    for (let y = 0; y < 5; y++) {
      for (let x = 0; x < 5; x++) {
        const [here, next, after] = [0, 1, 2].map((by) => moved[((x + by) % 5) + 5 * y] as bigint);
        lanes[x + 5 * y] = (here as bigint) ^ (~(next as bigint) & mask & (after as bigint));
      }
    }
    lanes[0] = (lanes[0] as bigint) ^ (constants[round] as bigint);
  }
}

function left(word: bigint, by: bigint): bigint {
  return ((word << by) | (word >> (64n - by))) & mask;
}

/** How far each lane is turned, and what each round adds. */
function schedule(): { turns: bigint[]; constants: bigint[] } {
  const turns = new Array<bigint>(25).fill(0n);
  let [x, y] = [1, 0];
  for (let step = 0; step < 24; step++) {
    turns[x + 5 * y] = BigInt((((step + 1) * (step + 2)) / 2) % 64);
    [x, y] = [y, (2 * x + 3 * y) % 5];
  }
  let register = 1;
  const constants = Array.from({ length: rounds }, () => {
    let constant = 0n;
    for (let bit = 0; bit < 7; bit++) {
      if (register & 1) constant |= 1n << (2n ** BigInt(bit) - 1n);
      register = register & 0x80 ? ((register << 1) ^ 0x171) & 0xff : register << 1;
    }
    return constant;
  });
  return { turns, constants };
}
