// Names to addresses and back, as getaddrinfo and getnameinfo of musl do it: /etc/hosts first, then the name servers of
// /etc/resolv.conf.
import {
  FileError,
  formatAddress,
  type HostEntry,
  knownAddress,
  LookupError,
  type LookupOptions,
  type LookupProcess,
  type Resolver,
  readNumericHost,
} from "@dryharbor/kernel";
import { type DnsMessage, DnsMessageError, responseCodes, reverseName } from "@dryharbor/kernel/dns-message";
import { textOf } from "../text-of.js";
import { type Destination, inOrder } from "./address-order.js";
import { inHosts, isHostName, nameInHosts } from "./hosts-file.js";
import { askNameServers } from "./name-server.js";
import { type ResolverConfiguration, readResolverConfiguration } from "./resolver-configuration.js";

/** How musl looks names up. */
export const musl: Resolver = { lookUp, reverse };

/** The longest name that is looked up. */
const longestName = 254;

async function lookUp(process: LookupProcess, name: string, options: LookupOptions): Promise<HostEntry> {
  if (name === "" || new TextEncoder().encode(name).length > longestName) throw new LookupError("EAI_NONAME");
  const family = options.onlyConfigured ? theConfigured(process, options.family) : options.family;
  const numeric = readNumericHost(name);
  if (numeric) {
    if (family !== undefined && family !== numeric.family) throw new LookupError("EAI_NODATA");
    return { name, aliases: [], addresses: [formatAddress(numeric)] };
  }
  const { sources = ["files", "dns"] } = options;
  const known = sources.includes("files") ? inHosts(textOf(process, "/etc/hosts"), name, family) : undefined;
  if (known?.addresses.length === 0) throw new LookupError("EAI_NODATA");
  const found = known
    ? entry(name, known.name ?? name, known.addresses)
    : await search(process, name, family);
  return { ...found, addresses: sorted(process, found.addresses, family) };
}

/** Returns the family that is left; `undefined` for both. A family counts where its loopback address can be reached. */
function theConfigured(process: LookupProcess, wanted: 4 | 6 | undefined): 4 | 6 | undefined {
  const isThere = (family: 4 | 6): boolean =>
    sourceOf(process, family === 4 ? "127.0.0.1" : "::1") !== undefined;
  const there = ([4, 6] as const).filter(isThere);
  if (wanted !== undefined && !there.includes(wanted)) throw new LookupError("EAI_NONAME");
  return wanted ?? (there.length === 1 ? there[0] : undefined);
}

function entry(asked: string, name: string, addresses: readonly string[]): HostEntry {
  return { name, aliases: name === asked ? [] : [asked], addresses };
}

async function reverse(process: LookupProcess, address: string): Promise<HostEntry | undefined> {
  const known = nameInHosts(textOf(process, "/etc/hosts"), knownAddress(address));
  if (known !== undefined) return { name: known, aliases: [], addresses: [address] };
  const [answer] = await askNameServers(process, configurationOf(process), reverseName(address) as string, [
    "PTR",
  ]);
  for (const record of answer?.answers ?? []) {
    if (record.type === "PTR") return { name: record.target, aliases: [], addresses: [address] };
  }
  return undefined;
}

/**
 * Asks for a name behind each domain of the search list, and then as it is. A name with enough dots, or with one at its
 * end, is asked for as it is alone. Only where there is no such name the next one is asked for.
 */
async function search(process: LookupProcess, name: string, family: 4 | 6 | undefined): Promise<HostEntry> {
  const configuration = configurationOf(process);
  const plain = name.replace(/\.$/, "");
  if (plain === "" || plain.endsWith(".")) throw new LookupError("EAI_NONAME");
  const dots = name.split(".").length - 1;
  const domains = dots >= configuration.ndots || name.endsWith(".") ? [] : configuration.search;
  for (const full of [...domains.map((domain) => `${plain}.${domain}`), plain]) {
    const found = await ask(process, configuration, full, family);
    if (found) return entry(name, found.name, found.addresses);
  }
  throw new LookupError("EAI_NONAME");
}

/** Asks for one name. Resolves to `undefined` where there is no such name. @throws {LookupError} */
async function ask(
  process: LookupProcess,
  configuration: ResolverConfiguration,
  name: string,
  family: 4 | 6 | undefined,
): Promise<Pick<HostEntry, "name" | "addresses"> | undefined> {
  const types = { 4: ["A"], 6: ["AAAA"], both: ["A", "AAAA"] } as const;
  let answers: readonly (DnsMessage | undefined)[];
  try {
    answers = await askNameServers(process, configuration, name, types[family ?? "both"]);
  } catch (error) {
    if (error instanceof DnsMessageError) return undefined;
    throw error;
  }
  for (const answer of answers) {
    if (!answer) throw new LookupError("EAI_AGAIN");
    if (answer.code === responseCodes.noSuchName) return undefined;
  }
  let canonical = name;
  const addresses: string[] = [];
  // The last question's answer comes first.
  for (const { answers: records, questions } of (answers as readonly DnsMessage[]).toReversed()) {
    const wanted = questions[0]?.type;
    for (const record of records) {
      if (record.type === "CNAME" && isHostName(record.target)) canonical = record.target.replace(/\.$/, "");
      else if ((record.type === "A" || record.type === "AAAA") && record.type === wanted)
        addresses.push(record.address);
    }
  }
  if (addresses.length === 0) throw new LookupError("EAI_NODATA");
  return { name: canonical, addresses };
}

/** Sorts addresses, unless all are IPv4. */
function sorted(
  process: LookupProcess,
  addresses: readonly string[],
  family: 4 | 6 | undefined,
): readonly string[] {
  if (addresses.length < 2 || family === 4 || addresses.every((each) => !each.includes(":")))
    return addresses;
  const destinations = addresses.map((text): Destination & { readonly text: string } => {
    const source = sourceOf(process, text);
    return {
      text,
      address: knownAddress(text),
      source: source === undefined ? undefined : knownAddress(source),
    };
  });
  return inOrder(destinations).map(({ text }) => text);
}

/** Returns from where a packet to an address would be sent. A UDP socket tells, and sends nothing for it. */
function sourceOf({ network }: LookupProcess, address: string): string | undefined {
  const socket = network.udp({ address: address.includes(":") ? "::" : "0.0.0.0" });
  try {
    socket.connect(address, 65_535);
    return socket.local.address;
  } catch (error) {
    if (error instanceof FileError) return undefined;
    throw error;
  } finally {
    socket.close();
  }
}

function configurationOf(process: LookupProcess): ResolverConfiguration {
  return readResolverConfiguration(textOf(process, "/etc/resolv.conf"));
}
