import fc from "fast-check";
import { pick, weighted } from "./arbitraries.js";
import { containerNames, networkNames, unknownName } from "./pools.js";

/**
 * The names that a sequence uses: a few of the pools. Most commands then find what they name, and nearly all
 * of them act on the same few things.
 */
export interface Cast {
  readonly networks: readonly string[];
  readonly containers: readonly string[];
}

export const aCast: fc.Arbitrary<Cast> = fc.record({
  networks: fc.shuffledSubarray([...networkNames], { minLength: 2, maxLength: 3 }),
  containers: fc.shuffledSubarray([...containerNames], { minLength: 2, maxLength: 4 }),
});

/**
 * Generates a reference to a container: mostly one of the cast by name, sometimes by id, sometimes to
 * nothing.
 */
export function aContainer({ containers }: Cast): fc.Arbitrary<string> {
  const name = pick(containers);
  return weighted(
    [30, name],
    [2, name.map((name) => `{container:${name}}`)],
    [2, name.map((name) => `{container:${name}:12}`)],
    [1, pick(containerNames)],
    [1, pick(["{container:nameless}", unknownName])],
  );
}

/** Generates a reference to a network, in the same way. */
export function aNetwork({ networks }: Cast): fc.Arbitrary<string> {
  const name = pick(networks);
  return weighted(
    [30, name],
    [2, name.map((name) => `{network:${name}}`)],
    [2, name.map((name) => `{network:${name}:12}`)],
    [3, fc.constant("bridge")],
    [1, pick(networkNames)],
    [1, pick(["host", "none", unknownName, "ALPHA"])],
  );
}
