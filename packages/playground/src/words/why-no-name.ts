// Why a container gets no answer to a name, told from the state.
import type { Topology, TopologyContainer } from "@dryharbor/sdk/topology";

/**
 * Returns the reason why a container resolves no such name, as the end of a sentence.
 *
 * @example whyNoName(topology, "web", "db"); // "db is on backend, and web is not"
 */
export function whyNoName({ containers }: Topology, asker: string, name: string): string {
  const from = containers.find((each) => each.name === asker);
  const short = name.replace(/\.$/, "");
  const holders = containers.filter((each) => each.name !== asker && namesOf(each).has(short));
  if (holders.length === 0) {
    const linked = containers.find(({ endpoints }) =>
      endpoints.some(({ links }) => links.some(({ alias }) => alias === short)),
    );
    if (linked) return `${short} is a link, which only ${linked.name} knows`;
    return "no container has that name";
  }
  const running = holders.filter(runs);
  if (running.length === 0) return `${holders[0]!.name} does not run`;
  const holder = running[0]!;
  const shared = from ? networksOf(from).filter((network) => networksOf(holder).includes(network)) : [];
  const own = from ? networksOf(from) : [];
  if (own.length === 0) return `${asker} is on no network`;
  if (own.every((network) => network === "bridge"))
    return `${asker} is on the default bridge, which has no names`;
  if (shared.length === 0) {
    const places = listed(networksOf(holder));
    if (holder.name === short) return `${short} is on ${places}, and ${asker} is not`;
    return `${short} is a name of ${holder.name} on ${places}, and ${asker} is not there`;
  }
  if (holder.name !== short) {
    const places = holder.endpoints
      .filter(({ aliases }) => aliases.includes(short))
      .map(({ network }) => network);
    if (places.length > 0 && !places.some((place) => shared.includes(place))) {
      return `${short} is an alias of ${holder.name} on ${listed(places)} only`;
    }
  }
  return "the default bridge, which they share, has no names";
}

function namesOf({ id, name, endpoints }: TopologyContainer): Set<string> {
  return new Set([name, id.slice(0, 12), ...endpoints.flatMap(({ aliases }) => aliases)]);
}

function networksOf({ endpoints }: TopologyContainer): string[] {
  return endpoints.map(({ network }) => network);
}

function runs({ state }: TopologyContainer): boolean {
  return state === "running" || state === "paused";
}

/** `a`, `a and b`, `a, b and c`. */
function listed(words: readonly string[]): string {
  if (words.length < 2) return words[0] ?? "no network";
  return `${words.slice(0, -1).join(", ")} and ${words.at(-1)}`;
}
