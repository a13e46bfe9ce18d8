// /etc/resolv.conf, as musl reads it. There is no `rotate`, and no domain of the host's own name.
import { parseAddress } from "@dryharbor/kernel";

/** How names are asked for: the content of /etc/resolv.conf with its defaults. */
export interface ResolverConfiguration {
  /** The addresses of the name servers: at least one, and at most three. */
  readonly servers: readonly string[];
  /** The domains that are put behind a name, in order. */
  readonly search: readonly string[];
  /** A name with as many dots is asked for as it is, and in no other way. */
  readonly ndots: number;
  /** In seconds, for all attempts together. */
  readonly timeout: number;
  readonly attempts: number;
}

const mostServers = 3;
/** The longest line that is read. */
const longestLine = 255;

/** Reads /etc/resolv.conf. Without a name server it is 127.0.0.1. */
export function readResolverConfiguration(text: string): ResolverConfiguration {
  const servers: string[] = [];
  const options = { ndots: 1, timeout: 5, attempts: 2 };
  let search = "";
  for (const line of text.split("\n")) {
    if (line.length > longestLine) continue;
    const [, keyword = "", value = ""] = /^(nameserver|options|domain|search)\s+(.*)$/.exec(line) ?? [];
    const [word = ""] = value.split(/\s/, 1);
    if (keyword === "options") readOptions(options, value);
    else if (keyword === "nameserver") {
      if (servers.length < mostServers && parseAddress(word.split("%")[0] as string)) servers.push(word);
    } else if (keyword !== "") search = value;
  }
  return {
    servers: servers.length > 0 ? servers : ["127.0.0.1"],
    search: search.split(/\s+/).filter((domain) => domain !== ""),
    ...options,
  };
}

const limits = { ndots: 15, timeout: 60, attempts: 10 } as const;

function readOptions(options: Record<keyof typeof limits, number>, text: string): void {
  for (const name of ["ndots", "timeout", "attempts"] as const) {
    const number = new RegExp(`${name}:(\\d+)`).exec(text)?.[1];
    if (number !== undefined) options[name] = Math.min(Number(number), limits[name]);
  }
}
