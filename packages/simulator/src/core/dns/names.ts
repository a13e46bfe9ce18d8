// Looks up names as the embedded DNS does. `resolve.ts` calls this for questions about addresses.

import type { Daemon } from "../daemon.js";
import type { Attachment } from "../endpoints/endpoint.js";
import { linkTarget } from "../endpoints/link.js";
import type { Network } from "../networks/network.js";

/** The family of the addresses that a question asks for. */
export type Family = "ipv4" | "ipv6";

/**
 * Looks a name up as the embedded resolver does, on the asker's networks in their order. First it looks for
 * the whole name on any of them. Then it splits the name at each dot from the right: the part after the dot
 * names a network, and the part before it a host there.
 *
 * Returns `undefined` when the name is unknown, and no addresses when it is known but has none of the family.
 *
 * @param question the name as DNS tools write it. The engine compares this spelling, so an alias with an
 *   apostrophe, which is escaped in it, never resolves. Seen on all three.
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

/**
 * Looks up a host. Link aliases come first and are case-sensitive. On their network they hide names with the
 * same spelling.
 */
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
