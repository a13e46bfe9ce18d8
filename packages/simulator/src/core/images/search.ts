import { engineError, type ImageSearchResult } from "@dryharbor/sdk/port";
import type { Daemon } from "../daemon.js";
import { acceptFilters, type FilterValues, filterValues } from "../filters/match.js";
import { compareText } from "../go-order.js";
import { InvalidNumber, parseInteger } from "../strconv.js";
import { dialled, isLocal } from "./unreachable.js";
import { wellKnownRepositories } from "./well-known.js";

const usualLimit = 25;
const hub: ReadonlySet<string> = new Set(["docker.io", "index.docker.io"]);

/**
 * Answers `GET /images/search`: the repositories of the registry whose name contains the term.
 *
 * @param limit `undefined` for the engine's default
 * @throws 400 for an invalid filter or limit, 500 if no registry can be reached
 */
export function searchImages(
  daemon: Daemon,
  term: string,
  filters: FilterValues = {},
  limit?: number,
): ImageSearchResult[] {
  const { registry } = daemon.images;
  const { search } = daemon.release.images;
  acceptFilters(daemon.release, filters, ["is-automated", "is-official", "stars"]);
  const automated = yesOrNo(daemon, filters, "is-automated");
  if (automated && search.automatedFindsNothing) return [];
  const official = yesOrNo(daemon, filters, "is-official");
  const stars = Math.max(0, ...filterValues(filters, "stars").map((value) => readStars(daemon, value)));
  if (/^https?:\/\//.test(term)) throw engineError(search.schemeStatus, search.scheme(term));
  const { index, name } = splitTerm(term);
  if (registry.pull === "deny" && !hub.has(index)) throw badEndpoint(daemon, index);
  const most = limit === undefined || (limit === 0 && search.zeroIsDefault) ? usualLimit : limit;
  if (most < 1 || most > 100) throw engineError(400, search.limitOutOfRange(most));
  if (registry.pull === "deny") {
    const query = `v1/search?q=${escaped(name)}&n=${most}`;
    throw engineError(500, dialled(daemon, { scheme: "https", host: "index.docker.io" }, query));
  }
  const names = new Set([
    ...registry.repositories.keys(),
    ...(registry.pull === "any" ? wellKnownRepositories() : []),
  ]);
  const wanted = hub.has(index) ? name : term;
  return [...names]
    .filter((repository) => repository.includes(wanted))
    .sort(compareText)
    .map(found)
    .filter((one) => official === undefined || official === one.is_official)
    .filter((one) => !automated && one.star_count >= stars)
    .slice(0, most);
}

function found(name: string): ImageSearchResult {
  return { star_count: 0, is_official: !name.includes("/"), name, is_automated: false, description: "" };
}

function yesOrNo({ release }: Daemon, filters: FilterValues, key: string): boolean | undefined {
  if (!filters[key]) return undefined;
  const values = filterValues(filters, key);
  const [value] = values;
  if (values.length === 1 && value === "true") return true;
  if (values.length === 1 && value === "false") return false;
  throw engineError(400, release.filters.unknownKey(`${key}=[${values.join(" ")}]`));
}

function readStars({ release }: Daemon, value: string): number {
  try {
    return parseInteger(value);
  } catch (error) {
    if (!(error instanceof InvalidNumber)) throw error;
    throw engineError(400, release.images.search.badStars(value, error.message));
  }
}

/** Splits the registry off a term, if it names one. */
function splitTerm(term: string): { index: string; name: string } {
  const slash = term.indexOf("/");
  const first = term.slice(0, Math.max(slash, 0));
  const isIndex = slash >= 0 && (/[.:]/.test(first) || first === "localhost");
  const [index, name] = isIndex ? [first, term.slice(slash + 1)] : ["docker.io", term];
  return { index, name: hub.has(index) ? name.replace(/^library\//, "") : name };
}

/** Escapes a text as Go's url.QueryEscape does. */
function escaped(text: string): string {
  return encodeURIComponent(text)
    .replaceAll("%20", "+")
    .replaceAll(/[!'()*]/g, (character) => `%${character.charCodeAt(0).toString(16).toUpperCase()}`);
}

/** Returns the error about a registry other than Docker Hub, which is pinged before the search. */
function badEndpoint(daemon: Daemon, domain: string): Error {
  const { images } = daemon.release;
  const { badEndpointStatus } = images.search;
  const ping = (scheme: "http" | "https") => dialled(daemon, { scheme, host: domain }, "v1/_ping");
  const message = isLocal(daemon, domain)
    ? `invalid registry endpoint "http://${domain}/v1/". HTTPS attempt: ${ping("https")}. HTTP attempt: ${ping("http")}`
    : `invalid registry endpoint https://${domain}/v1/: ${ping("https")}. ${images.insecureAdvice(domain)}`;
  return engineError(badEndpointStatus, message);
}
