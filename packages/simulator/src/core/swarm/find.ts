import { engineError } from "@dryharbor/sdk/port";

interface Named {
  readonly id: string;
  readonly name: string;
}

/**
 * Returns the object of a swarm that a reference names: by its whole id, its name, or a prefix of its id.
 *
 * @param what the kind in messages, such as `secret`
 * @throws 404 if there is none, 400 if several match
 */
export function findIn<T extends Named>(things: ReadonlyMap<string, T>, what: string, ref: string): T {
  const exact = things.get(ref);
  if (exact) return exact;
  const all = [...things.values()];
  const named = all.filter(({ name }) => name === ref);
  const matching = named.length > 0 ? named : all.filter(({ id }) => ref !== "" && id.startsWith(ref));
  const [found, another] = matching;
  if (!found) throw engineError(404, `${what} ${ref} not found`);
  if (another) throw engineError(400, `${what} ${ref} is ambiguous (${matching.length} matches found)`);
  return found;
}

/** Returns objects sorted by id, the order in which a swarm keeps them. */
export function byId<T extends Pick<Named, "id">>(things: ReadonlyMap<string, T>): T[] {
  return [...things.values()].sort((a, b) => (a.id < b.id ? -1 : 1));
}
