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
  for (const { host, network } of splits(name)) {
    const among = attachments.filter((own) => network === undefined || own.network.name === network);
    const found = lookUpHost(daemon, among, host, family);
    if (found) return found;
  }
  return undefined;
}

function* splits(name: string): Generator<{ host: string; network?: string }> {
  yield { host: name };
  for (let dot = name.lastIndexOf("."); dot >= 0; dot = name.lastIndexOf(".", dot - 1)) {
    yield { host: name.slice(0, dot), network: name.slice(dot + 1) };
    if (dot === 0) return;
  }
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
  const linked = attachments.flatMap((own) => {
    const target = linkTarget(own.endpoint.links, host);
    return target === undefined ? [] : [{ network: own.network, name: target }];
  });
  const named = attachments
    .filter((own) => linkTarget(own.endpoint.links, host) === undefined)
    .map(({ network }) => ({ network, name: host }));
  return firstKnown(daemon, linked, family) ?? firstKnown(daemon, named, family);
}

function firstKnown(
  daemon: Daemon,
  candidates: readonly { network: Network; name: string }[],
  family: Family,
): string[] | undefined {
  let known: string[] | undefined;
  for (const { network, name } of candidates) {
    const holders = holdersOf(network, name);
    if (!holders) continue;
    const addresses = [...new Set(holders.map((holder) => holder[family]).filter(Boolean))];
    if (addresses.length > 0 || daemon.release.dns.firstNetworkAnswers) return addresses;
    known = addresses;
  }
  return known;
}

function holdersOf(network: Network, name: string): readonly Attachment[] | undefined {
  const key = name.endsWith(".") ? name.slice(0, -1) : name;
  return network.names.get(key.toLowerCase());
}
