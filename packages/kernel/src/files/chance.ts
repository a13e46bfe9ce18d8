/**
 * Makes a source of bytes by chance, for /dev/random. They are no secret: whoever knows the time knows them.
 *
 * @param seed the same one gives the same bytes
 */
export function chanceOf(seed: bigint): (size: number) => Uint8Array {
  // Splitmix32.
  let state = Number(BigInt.asUintN(32, seed ^ (seed >> 32n)));
  const next = (): number => {
    state = (state + 0x9e37_79b9) | 0;
    let mixed = state ^ (state >>> 16);
    mixed = Math.imul(mixed, 0x21f0_aaad);
    mixed ^= mixed >>> 15;
    mixed = Math.imul(mixed, 0x735a_2d97);
    return mixed ^ (mixed >>> 15);
  };
  return (size) => Uint8Array.from({ length: size }, () => next() & 0xff);
}
