import fc from "fast-check";
import { pick, weighted } from "./arbitraries.js";
import { containerNames, networkNames, unknownName } from "./pools.js";

/**
 * Who takes part in a sequence. A few of the names there are, so that most commands find what they name, and
 * nearly all of them meet in the same few places.
 */
export interface Cast {
  readonly networks: readonly string[];
  readonly containers: readonly string[];
}

export const aCast: fc.Arbitrary<Cast> = fc.record({
  networks: fc.shuffledSubarray([...networkNames], { minLength: 2, maxLength: 3 }),
  containers: fc.shuffledSubarray([...containerNames], { minLength: 2, maxLength: 4 }),
});

/** A reference to a container: mostly one of the cast by name, sometimes by id, sometimes to nothing. */
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

/** A reference to a network, likewise. */
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
