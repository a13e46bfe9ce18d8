import type { ImageName } from "@dryharbor/programs/image";
import { pathOf, type Reference } from "./reference.js";

/** Returns the name by which an image's files are known, whichever registry has it. */
export function nameOf({ repository, tag }: Reference): ImageName {
  return { path: pathOf(repository), tag };
}

const sets = new WeakMap<readonly string[], ReadonlySet<string>>();

/** Returns a list of programs as a set. The same list always gives the same set, so that images share it. */
export function setOf(programs: readonly string[]): ReadonlySet<string> {
  let set = sets.get(programs);
  if (!set) {
    set = new Set(programs);
    sets.set(programs, set);
  }
  return set;
}
