/**
 * Returns the cases that this run plays: all, or by the seed of CI one of the parts, because all take minutes on an
 * engine. As many seeds in a row as there are parts play all of them.
 *
 * @param shift which other part to play with the same seed, e.g. the engine's number
 */
export function drawn<Case>(cases: readonly Case[], parts: number, shift = 0): Case[] {
  const seed = process.env.DRYHARBOR_SEED;
  if (seed === undefined) return [...cases];
  return cases.filter((_, index) => index % parts === (Number(seed) + shift) % parts);
}
