import fc from "fast-check";

/** Generates one item of a pool. */
export const pick = <T>(pool: readonly T[]): fc.Arbitrary<T> => fc.constantFrom(...pool);

/** Generates from `usual`, and once in `weight + 1` times from `rare`. */
export const often = <T>(usual: fc.Arbitrary<T>, weight: number, rare: fc.Arbitrary<T>): fc.Arbitrary<T> =>
  weighted([weight, usual], [1, rare]);

/** Generates from one of several arbitraries, by weight. */
export const weighted = <T>(...choices: readonly [weight: number, fc.Arbitrary<T>][]): fc.Arbitrary<T> =>
  fc.oneof(...choices.map(([weight, arbitrary]) => ({ weight, arbitrary })));

/** Generates an optional field: `absent` times `undefined` for each time with a value. */
export const maybe = <T>(value: fc.Arbitrary<T>, absent = 4): fc.Arbitrary<T | undefined> =>
  often<T | undefined>(fc.constant(undefined), absent, value);

/** Generates an object with the fields that are not `undefined`. */
export function record<T extends object>(
  fields: {
    [K in keyof T]: fc.Arbitrary<T[K] | undefined>;
  },
): fc.Arbitrary<T> {
  return fc
    .record(fields as Record<string, fc.Arbitrary<unknown>>)
    .map(
      (values) => Object.fromEntries(Object.entries(values).filter(([, value]) => value !== undefined)) as T,
    );
}
