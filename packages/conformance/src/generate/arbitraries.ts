import fc from "fast-check";

/** One of a pool. */
export const pick = <T>(pool: readonly T[]): fc.Arbitrary<T> => fc.constantFrom(...pool);

/** `usual`, and once in a while `rare`. */
export const often = <T>(usual: fc.Arbitrary<T>, weight: number, rare: fc.Arbitrary<T>): fc.Arbitrary<T> =>
  weighted([weight, usual], [1, rare]);

/** One of several, each as often as its weight says. */
export const weighted = <T>(...choices: readonly [weight: number, fc.Arbitrary<T>][]): fc.Arbitrary<T> =>
  fc.oneof(...choices.map(([weight, arbitrary]) => ({ weight, arbitrary })));

/** An optional field: absent `absent` times for once that it is there. */
export const maybe = <T>(value: fc.Arbitrary<T>, absent = 4): fc.Arbitrary<T | undefined> =>
  often<T | undefined>(fc.constant(undefined), absent, value);

/** A record of the fields that came out present. */
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
