// `--cap-add` and `--cap-drop` together: what the engine is asked for.
import { isIn, type Release } from "../releases.js";

/** The capabilities that a container gets and loses beside the usual ones. */
export interface Capabilities {
  readonly add: readonly string[];
  readonly drop: readonly string[];
}

/**
 * What the two flags come to. 28.5 writes each name in full, sorts them, and lets `ALL` stand for the others and what is
 * added win over what is dropped. The releases before it leave all that to the engine.
 */
export function capabilitiesOf(
  add: readonly string[],
  drop: readonly string[],
  release: Release,
): Capabilities {
  if (isIn(release, { until: "28.5" })) return { add, drop };
  const added = namesOf(add);
  return { add: [...added], drop: [...namesOf(drop)].filter((each) => !added.has(each)) };
}

function namesOf(given: readonly string[]): ReadonlySet<string> {
  const names = new Set(given.map(fullName).sort());
  return names.has("ALL") ? new Set(["ALL"]) : names;
}

function fullName(given: string): string {
  const name = given.trim().toUpperCase();
  return name === "ALL" || name === "RESET" || name.startsWith("CAP_") ? name : `CAP_${name}`;
}
