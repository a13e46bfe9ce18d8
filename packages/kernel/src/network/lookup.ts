// Names to addresses and back, as getaddrinfo and getnameinfo of glibc do it: /etc/hosts first, then the name
// servers of /etc/resolv.conf.
import { DnsMessageError } from "../dns-message/error.js";
import type { DnsMessage } from "../dns-message/message.js";
import { nameFromText } from "../dns-message/name.js";
import { responseCodes } from "../dns-message/numbers.js";
import type { DnsType } from "../dns-message/record.js";
import { reverseName } from "../dns-message/reverse.js";
import { FileError } from "../files/file-error.js";
import type { Files } from "../files/files.js";
import { type Address, formatAddress } from "./address.js";
import { type Destination, inOrder } from "./address-order.js";
import { addressIn, gives, readHosts } from "./hosts-file.js";
import { LookupError, type LookupErrorCode } from "./lookup-error.js";
import { type Asker, askNameServers } from "./name-server.js";
import { knownAddress, type NetworkNamespace } from "./namespace.js";
import { readNumericHost } from "./numeric-host.js";
import type { Prefix } from "./prefix.js";
import { type ResolverConfiguration, readResolverConfiguration } from "./resolver-configuration.js";

/** What a lookup knows of a host. */
export interface HostEntry {
  /** The canonical name. */
  readonly name: string;
  readonly aliases: readonly string[];
  /** At least one address, in the order in which they should be tried. */
  readonly addresses: readonly string[];
}

/** What a lookup needs of its process. */
export interface LookupHost extends Asker {
  readonly files: Files;
  readonly hostname: string;
}

/** The implementation of `ProcessContext.lookup`. */
export async function lookUp(host: LookupHost, name: string, family?: 4 | 6): Promise<HostEntry> {
  const numeric = readNumericHost(name);
  if (numeric) {
    if (family !== undefined && family !== numeric.family) throw new LookupError("EAI_ADDRFAMILY");
    return { name, aliases: [], addresses: [formatAddress(numeric)] };
  }
  const entry = inHostsFile(host, name, family);
  return sorted(host, entry ?? (await inDns(host, name, family)));
}

/** The implementation of `ProcessContext.reverse`. */
export async function reverse(host: LookupHost, address: string): Promise<HostEntry | undefined> {
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
function inHostsFile(host: LookupHost, name: string, family: 4 | 6 | undefined): HostEntry | undefined {
  const found = readHosts(textOf(host, "/etc/hosts")).flatMap((line) => {
    const address = gives(line, name) ? addressIn(line, family) : undefined;
    return address === undefined ? [] : [{ line, address }];
  });
  const isMulti = /^\s*multi\s+on\b/m.test(textOf(host, "/etc/host.conf"));
  const [first] = found;
  const addresses = (isMulti ? found : found.slice(0, 1)).map(({ address }) => address);
  return first && { name: first.line.name, aliases: first.line.aliases, addresses };
}

async function inDns(host: LookupHost, name: string, family: 4 | 6 | undefined): Promise<HostEntry> {
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
  host: LookupHost,
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
  host: LookupHost,
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

function sorted(host: LookupHost, entry: HostEntry): HostEntry {
  if (entry.addresses.length < 2) return entry;
  const destinations = entry.addresses.map((text) => ({ text, ...destination(host, text) }));
  return { ...entry, addresses: inOrder(destinations).map(({ text }) => text) };
}

/** Says from where a packet to an address would be sent. A UDP socket tells, and sends nothing for it. */
function destination({ network }: LookupHost, text: string): Destination {
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

function configurationOf(host: LookupHost): ResolverConfiguration {
  return readResolverConfiguration(textOf(host, "/etc/resolv.conf"), host.hostname);
}

/** Reads a file. A file that cannot be read counts as empty. */
function textOf({ files }: LookupHost, path: string): string {
  try {
    return new TextDecoder().decode(files.read(path));
  } catch (error) {
    if (error instanceof FileError) return "";
    throw error;
  }
}
