// /etc/resolv.conf, as glibc reads it (resolv.conf(5)).
import { parseAddress } from "@dryharbor/kernel";

/** How names are asked for: the content of /etc/resolv.conf with its defaults. */
export interface ResolverConfiguration {
  /** The addresses of the name servers: at least one, and at most three. */
  readonly servers: readonly string[];
  /** The domains that are put behind a name, in order. */
  readonly search: readonly string[];
  /** The number of dots from which a name is first asked for as it is. */
  readonly ndots: number;
  /** In seconds. */
  readonly timeout: number;
  /** How often all servers are asked. */
  readonly attempts: number;
}

const mostServers = 3;

/** The highest values of the options. */
const limits = { ndots: 15, timeout: 30, attempts: 5 } as const;

/**
 * Reads /etc/resolv.conf. Without a name server it is 127.0.0.1. Without domains, the domain of the host name is
 * searched.
 *
 * @param text the content of the file; empty where there is none
 */
export function readResolverConfiguration(text: string, hostname: string): ResolverConfiguration {
  const servers: string[] = [];
  const options = { ndots: 1, timeout: 5, attempts: 2 };
  const dot = hostname.indexOf(".");
  let search = dot < 0 ? [] : [hostname.slice(dot + 1)];
  for (const line of text.split("\n")) {
    const [, keyword = "", value = ""] = /^(\w+)[ \t]+(.*)$/.exec(line) ?? [];
    const values = value.split(/[ \t]+/).filter((word) => word !== "");
    if (keyword === "nameserver") addServer(servers, values[0] ?? "");
    else if (keyword === "domain") search = values.slice(0, 1);
    else if (keyword === "search") search = values;
    else if (keyword === "options") for (const option of values) setOption(options, option);
  }
  return { servers: servers.length > 0 ? servers : ["127.0.0.1"], search, ...options };
}

function addServer(servers: string[], text: string): void {
  const [address = ""] = text.split("%", 1);
  if (servers.length < mostServers && parseAddress(address)) servers.push(text);
}

function setOption(options: Record<keyof typeof limits, number>, text: string): void {
  const [name = "", value = ""] = text.split(":");
  if (name !== "ndots" && name !== "timeout" && name !== "attempts") return;
  options[name] = Math.min(Number.parseInt(value, 10) || 0, limits[name]);
}
