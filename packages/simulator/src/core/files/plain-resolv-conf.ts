import { readNdots } from "./ndots.js";
import type { ExternalServer, ResolvConf, ResolvConfSource } from "./resolv-conf-source.js";

const ipv4Part = "(?:25[0-5]|2[0-4][0-9]|[01]?[0-9][0-9]?)";
const ipv4 = `(?:${ipv4Part}\\.){3}${ipv4Part}`;
const ipv6 = "(?:[0-9A-Fa-f]{0,4}:){2,7}[0-9A-Fa-f]{0,4}(?:%\\w+)?";
const loopback = "(?:127\\.(?:[0-9]{1,3}\\.){2}[0-9]{1,3}|::1$)";

const fallback4 = ["nameserver 8.8.8.8", "nameserver 8.8.4.4"];
const fallback6 = ["nameserver 2001:4860:4860::8888", "nameserver 2001:4860:4860::8844"];

/**
 * Writes 20.10's resolv.conf: the host's file with lines taken out, or new `search`, `nameserver` and
 * `options` lines made from what was asked for. On a user-defined network, a third step puts 127.0.0.11
 * first.
 */
export function plainResolvConf(source: ResolvConfSource): ResolvConf {
  const overridden = source.dns.length + source.search.length + source.options.length > 0;
  const initial = overridden
    ? overrides(source)
    : source.hostMode
      ? source.host
      : filtered(source.host, true);
  if (source.hostMode || source.resolver === "initial") return external(initial);
  const legacy = overridden ? initial : filtered(initial, source.ipv6);
  if (source.resolver === "legacy") return external(legacy);

  const embedded = withEmbeddedResolver(legacy);
  if (!embedded) return external(legacy);
  return { ...embedded, servers: overridden ? asServers(legacy) : hostServers(source.host, legacy) };
}

/** Makes the file that names 127.0.0.11; `undefined` where the resolver does not start, and the file stays as it is. */
export function withEmbeddedResolver(text: string): Omit<ResolvConf, "servers"> | undefined {
  const options = optionsIn(text);
  const ndots = ndotsAmong(options);
  // "invalid number for ndots option"
  if (ndots === "invalid") return undefined;
  const nameservers = ["127.0.0.11", ...nameserversIn(text, ipv6)];
  return {
    text: build(nameservers, searchIn(text), ndots === "set" ? options : [...options, "ndots:0"]),
    nameservers,
    ndotsSet: ndots === "set",
  };
}

function external(text: string): ResolvConf {
  return { text, nameservers: nameserversIn(text, `${ipv4}|${ipv6}`), servers: [], ndotsSet: false };
}

function overrides(source: ResolvConfSource): string {
  const either = (own: readonly string[], hosts: readonly string[]) => (own.length > 0 ? own : hosts);
  return build(
    either(source.dns, nameserversIn(source.host, `${ipv4}|${ipv6}`)),
    either(source.search, searchIn(source.host)),
    either(source.options, optionsIn(source.host)),
  );
}

function build(dns: readonly string[], search: readonly string[], options: readonly string[]): string {
  const searchText = search.join(" ");
  const optionsText = options.join(" ");
  const lines = [
    ...(search.length > 0 && trimBlanks(searchText) !== "." ? [`search ${searchText}\n`] : []),
    ...dns.map((address) => `nameserver ${address}\n`),
    ...(options.length > 0 && trimBlanks(optionsText) !== "" ? [`options ${optionsText}\n`] : []),
  ];
  return lines.join("");
}

function trimBlanks(text: string): string {
  return text.replace(/^ +| +$/g, "");
}

/** Takes out servers that a container cannot reach. Names public servers when none is left. */
function filtered(text: string, keepIPv6: boolean): string {
  let left = text.replace(new RegExp(`^nameserver\\s+${loopback}\\s*\\n*`, "gm"), "");
  if (!keepIPv6) left = left.replace(new RegExp(`^nameserver\\s+${ipv6}\\s*\\n*`, "gm"), "");
  if (nameserversIn(left, `${ipv4}|${ipv6}`).length > 0) return left;
  return `${left}\n${[...fallback4, ...(keepIPv6 ? fallback6 : [])].join("\n")}`;
}

/** Lists the servers of the host's file. Only those with a loopback address are asked from the host. */
function hostServers(host: string, container: string): ExternalServer[] {
  const own = asServers(host);
  if (own.length === 0) return asServers(container);
  return own.map((server) => ({ ...server, fromHost: new RegExp(`^${loopback}`).test(server.address) }));
}

/**
 * Lists a file's servers for the embedded resolver. It forwards to IPv4 servers only; IPv6 ones stay in the
 * file.
 */
function asServers(text: string): ExternalServer[] {
  return nameserversIn(text, ipv4).map((address) => ({ address, fromHost: false }));
}

function nameserversIn(text: string, address: string): string[] {
  const pattern = new RegExp(`^\\s*nameserver\\s*(${address})\\s*$`);
  return linesOf(text).flatMap((line) => pattern.exec(line)?.[1] ?? []);
}

function searchIn(text: string): string[] {
  return lastWordsAfter("search", text);
}

function optionsIn(text: string): string[] {
  return lastWordsAfter("options", text);
}

function lastWordsAfter(keyword: string, text: string): string[] {
  const pattern = new RegExp(`^\\s*${keyword}\\s*(.*)$`);
  let words: string[] = [];
  for (const line of linesOf(text)) {
    const match = pattern.exec(line);
    if (match) words = (match[1] as string).split(/\s+/).filter(Boolean);
  }
  return words;
}

function linesOf(text: string): string[] {
  return text.split("\n").map((line) => line.split("#", 1)[0] as string);
}

function ndotsAmong(options: readonly string[]): "set" | "absent" | "invalid" {
  for (const option of options) {
    if (!option.includes("ndots")) continue;
    const [, number, ...rest] = option.split(":");
    return rest.length === 0 && readNdots(number ?? "") !== undefined ? "set" : "invalid";
  }
  return "absent";
}
