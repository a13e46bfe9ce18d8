import type { Daemon } from "../daemon.js";
import type { Attachment } from "../endpoints/endpoint.js";
import { linkTarget } from "../endpoints/link.js";
import type { Network } from "../networks/network.js";

/** Addresses of a family that a name has; empty where it is known and has none. */
export type Family = "ipv4" | "ipv6";

/**
 * Looks a name up as the embedded resolver does, over the asker's networks in their order: the whole
 * name on any of them, then, at each dot from the right, what is before it on the network that is
 * called what is after it. `undefined`: nobody here knows it.
 *
 * @param question as DNS tools write it: the engine compares that spelling, so an alias with an apostrophe,
 *   which is escaped there, never resolves. Seen on all three.
 */
export function lookUpName(
  daemon: Daemon,
  attachments: readonly Attachment[],
  question: string,
  family: Family,
): string[] | undefined {
  const name = question.endsWith(".") ? question.slice(0, -1) : question;
  const whole = lookUpHost(daemon, attachments, name, family);
  if (whole) return whole;
  for (let dot = name.lastIndexOf("."); dot >= 0; dot = dot > 0 ? name.lastIndexOf(".", dot - 1) : -1) {
    const network = name.slice(dot + 1);
    const among = attachments.filter((own) => own.network.name === network);
    const found = lookUpHost(daemon, among, name.slice(0, dot), family);
    if (found) return found;
  }
  return undefined;
}

/** Link aliases first, with their case; they hide names of the same spelling on their network. */
function lookUpHost(
  daemon: Daemon,
  attachments: readonly Attachment[],
  host: string,
  family: Family,
): string[] | undefined {
  const linked: Candidate[] = [];
  const named: Candidate[] = [];
  for (const { endpoint, network } of attachments) {
    const target = linkTarget(endpoint.links, host);
    if (target === undefined) named.push({ network, name: host });
    else linked.push({ network, name: target });
  }
  return firstKnown(daemon, linked, family) ?? firstKnown(daemon, named, family);
}

/** A name to look for on a network. */
interface Candidate {
  readonly network: Network;
  readonly name: string;
}

function firstKnown(daemon: Daemon, candidates: readonly Candidate[], family: Family): string[] | undefined {
  let known: string[] | undefined;
  for (const { network, name } of candidates) {
    const holders = holdersOf(network, name);
    if (!holders) continue;
    const addresses = addressesOf(holders, family);
    if (addresses.length > 0 || daemon.release.dns.firstNetworkAnswers) return addresses;
    known = addresses;
  }
  return known;
}

function addressesOf(holders: readonly Attachment[], family: Family): string[] {
  const addresses = new Set<string>();
  for (const { [family]: address } of holders) if (address) addresses.add(address);
  return [...addresses];
}

function holdersOf(network: Network, name: string): readonly Attachment[] | undefined {
  const key = name.endsWith(".") ? name.slice(0, -1) : name;
  return network.names.get(key.toLowerCase());
}
