// Names to addresses and back, as getaddrinfo and getnameinfo of glibc do it: /etc/hosts first, then the name
// servers of /etc/resolv.conf.
import {
  type Address,
  FileError,
  formatAddress,
  type HostEntry,
  knownAddress,
  LookupError,
  type LookupErrorCode,
  type LookupOptions,
  type LookupProcess,
  type NetworkNamespace,
  type Prefix,
  type Resolver,
  readNumericHost,
} from "@dryharbor/kernel";
import {
  type DnsMessage,
  DnsMessageError,
  type DnsType,
  nameFromText,
  responseCodes,
  reverseName,
} from "@dryharbor/kernel/dns-message";
import { textOf } from "../text-of.js";
import { type Destination, inOrder } from "./address-order.js";
import { addressIn, gives, readHosts } from "./hosts-file.js";
import { askNameServers } from "./name-server.js";
import { type ResolverConfiguration, readResolverConfiguration } from "./resolver-configuration.js";

/** How glibc looks names up. */
export const glibc: Resolver = { lookUp, reverse };

async function lookUp(host: LookupProcess, name: string, options: LookupOptions): Promise<HostEntry> {
  const { sources = ["files", "dns"], onlyConfigured = false } = options;
  const configured = onlyConfigured ? configuredFamilies(host.network.namespace) : undefined;
  const numeric = readNumericHost(name);
  if (numeric) {
    const isUnconfigured = configured?.has(numeric.family) === false;
    if (isUnconfigured || (options.family ?? numeric.family) !== numeric.family) {
      throw new LookupError("EAI_ADDRFAMILY");
    }
    return { name, aliases: [], addresses: [formatAddress(numeric)] };
  }
  const family = configured ? theConfigured(options.family, configured) : options.family;
  for (const source of sources) {
    if (source === "dns") return sorted(host, await inDns(host, name, family));
    const entry = inHostsFile(host, name, family);
    if (entry) return sorted(host, entry);
  }
  throw new LookupError("EAI_NONAME");
}

/** Returns the families of which there is an address beside those of the loopback interface. */
function configuredFamilies({ interfaces }: NetworkNamespace): ReadonlySet<4 | 6> {
  return new Set(interfaces.flatMap(({ addresses }) => addresses.map(({ address }) => address.family)));
}

/** Returns the family that is left; `undefined` for both. */
function theConfigured(family: 4 | 6 | undefined, configured: ReadonlySet<4 | 6>): 4 | 6 | undefined {
  if (family !== undefined && configured.size > 0 && !configured.has(family))
    throw new LookupError("EAI_NONAME");
  if (family !== undefined || configured.size !== 1) return family;
  return configured.has(4) ? 4 : 6;
}

async function reverse(host: LookupProcess, address: string): Promise<HostEntry | undefined> {
  const { family } = knownAddress(address);
  const line = readHosts(textOf(host, "/etc/hosts")).find((each) => addressIn(each, family) === address);
  if (line) return { name: line.name, aliases: line.aliases, addresses: [address] };
  const outcome = await ask(host, configurationOf(host), reverseName(address) as string, ["PTR"]);
  for (const { answers } of outcome.replies) {
    for (const record of answers) {
      if (record.type === "PTR") return { name: record.target, aliases: [], addresses: [address] };
    }
  }
  return undefined;
}

/** Finds a name in /etc/hosts. Only the first line with the name counts, unless /etc/host.conf says `multi on`. */
function inHostsFile(host: LookupProcess, name: string, family: 4 | 6 | undefined): HostEntry | undefined {
  const found = readHosts(textOf(host, "/etc/hosts")).flatMap((line) => {
    const address = gives(line, name) ? addressIn(line, family) : undefined;
    return address === undefined ? [] : [{ line, address }];
  });
  const isMulti = /^\s*multi\s+on\b/m.test(textOf(host, "/etc/host.conf"));
  const [first] = found;
  const addresses = (isMulti ? found : found.slice(0, 1)).map(({ address }) => address);
  return first && { name: first.line.name, aliases: first.line.aliases, addresses };
}

async function inDns(host: LookupProcess, name: string, family: 4 | 6 | undefined): Promise<HostEntry> {
  const types = { 4: ["A"], 6: ["AAAA"], both: ["A", "AAAA"] } as const;
  const { replies, problem } = await search(host, configurationOf(host), name, types[family ?? "both"]);
  if (problem !== undefined) throw new LookupError(problem);
  const entries = replies.map(entryIn);
  const entry = entries.find(({ addresses }) => addresses.length > 0);
  if (!entry) throw new LookupError("EAI_NODATA");
  return { ...entry, addresses: entries.flatMap(({ addresses }) => addresses) };
}

/** Reads the addresses of a reply. Aliases (CNAME) lead from the name that was asked for to the canonical one. */
function entryIn({ questions: [question], answers }: DnsMessage): HostEntry {
  let name = (question as DnsMessage["questions"][number]).name;
  const aliases: string[] = [];
  const addresses: string[] = [];
  for (const record of answers) {
    if (record.type === "OPT" || !isSameName(record.name, name)) continue;
    if (record.type === "CNAME") {
      aliases.push(name);
      name = record.target;
    } else if (record.type === "A" || record.type === "AAAA") addresses.push(record.address);
  }
  return { name, aliases, addresses };
}

function isSameName(one: string, other: string): boolean {
  return one.replace(/\.$/, "").toLowerCase() === other.replace(/\.$/, "").toLowerCase();
}

/** What came of a question. Without a problem, at least one reply has records. */
interface Outcome {
  readonly replies: readonly DnsMessage[];
  readonly problem?: LookupErrorCode;
  /** What ends a search: no server could be asked, none that was asked gave a reply, or the reply makes no sense. */
  readonly ending?: "nobody" | "timeout" | "odd";
}

/** Asks for a name as it is, and behind it the domains of the search list (res_search). */
async function search(
  host: LookupProcess,
  configuration: ResolverConfiguration,
  name: string,
  types: readonly DnsType[],
): Promise<Outcome> {
  const isFull = name.endsWith(".");
  const plain = nameFromText(name);
  const dots = name.split(".").length - 1;
  const asIsFirst = isFull || dots >= configuration.ndots;
  const first = asIsFirst ? await ask(host, configuration, plain, types) : undefined;
  if (first && (first.problem === undefined || isFull)) return first;

  const problems = new Set<LookupErrorCode>();
  let last = first;
  for (const domain of configuration.search) {
    const outcome = await ask(host, configuration, withDomain(plain, domain), types);
    if (outcome.problem === undefined || outcome.ending === "nobody") return outcome;
    problems.add(outcome.problem);
    last = outcome;
    if (outcome.ending !== undefined) break;
  }
  if (!first) {
    last = await ask(host, configuration, plain, types);
    if (last.problem === undefined) return last;
  }
  const said = first?.problem ?? (["EAI_NODATA", "EAI_AGAIN"] as const).find((each) => problems.has(each));
  return { replies: [], problem: said ?? last?.problem ?? "EAI_NONAME" };
}

function withDomain(name: string, domain: string): string {
  const suffix = nameFromText(domain.replace(/^\./, ""));
  return suffix === "" ? name : `${name}.${suffix}`;
}

/** Asks for one name (res_query). */
async function ask(
  host: LookupProcess,
  configuration: ResolverConfiguration,
  name: string,
  types: readonly DnsType[],
): Promise<Outcome> {
  try {
    const said = await askNameServers(host, configuration, name, types);
    if (said.kind === "replies") return { replies: said.replies, ...problemOf(said.replies) };
    if (said.lastCode === responseCodes.serverFailure) return { replies: [], problem: "EAI_AGAIN" };
    return { replies: [], problem: "EAI_AGAIN", ending: said.heard ? "timeout" : "nobody" };
  } catch (error) {
    if (error instanceof DnsMessageError) return { replies: [], problem: "EAI_NONAME", ending: "odd" };
    throw error;
  }
}

function problemOf(replies: readonly DnsMessage[]): Pick<Outcome, "problem" | "ending"> {
  if (replies.some(({ code, answers }) => code === responseCodes.noError && answers.length > 0)) return {};
  const codes = replies.map(({ code }) => code);
  switch (codes.find((code) => code !== responseCodes.noError) ?? responseCodes.noError) {
    case responseCodes.noError:
      return { problem: "EAI_NODATA" };
    case responseCodes.noSuchName:
      return { problem: "EAI_NONAME" };
    case responseCodes.serverFailure:
      return { problem: "EAI_AGAIN" };
    default:
      return { problem: "EAI_NONAME", ending: "odd" };
  }
}

function sorted(host: LookupProcess, entry: HostEntry): HostEntry {
  if (entry.addresses.length < 2) return entry;
  const destinations = entry.addresses.map((text) => ({ text, ...destination(host, text) }));
  return { ...entry, addresses: inOrder(destinations).map(({ text }) => text) };
}

/** Says from where a packet to an address would be sent. A UDP socket tells, and sends nothing for it. */
function destination({ network }: LookupProcess, text: string): Destination {
  const address = knownAddress(text);
  const socket = network.udp({ address: address.family === 4 ? "0.0.0.0" : "::" });
  try {
    socket.connect(text, discardPort);
    const source = knownAddress(socket.local.address);
    return { address, source, sourceSubnet: subnetOf(network.namespace, source) };
  } catch (error) {
    if (!(error instanceof FileError)) throw error;
    return { address, source: undefined, sourceSubnet: undefined };
  } finally {
    socket.close();
  }
}

const discardPort = 9;

/** Returns the subnet of an own address. glibc knows it only where there is an IPv6 address besides ::1. */
function subnetOf({ interfaces }: NetworkNamespace, own: Address): Prefix | undefined {
  const addresses = interfaces.flatMap((each) => each.addresses);
  if (!addresses.some(({ address }) => address.family === 6)) return undefined;
  return addresses.find(({ address }) => address.family === own.family && address.value === own.value)
    ?.subnet;
}

function configurationOf(host: LookupProcess): ResolverConfiguration {
  return readResolverConfiguration(textOf(host, "/etc/resolv.conf"), host.hostname);
}
