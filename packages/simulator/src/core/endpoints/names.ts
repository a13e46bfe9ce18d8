// The names of endpoints, and the indexes in which a network finds its attachments by container, address and
// name. `join.ts` and `rename.ts` keep the indexes up to date; `dns/` reads them.

import type { Container } from "../containers/container.js";
import { shortId } from "../id.js";
import { isUserDefined, type Network } from "../networks/network.js";
import type { Release } from "../releases/release.js";
import type { Attachment, Endpoint } from "./endpoint.js";

/** Gives an endpoint the names of its container on a network: as aliases on 20.10, as `DNSNames` later. */
export function nameEndpoint(
  release: Release,
  container: Container,
  endpoint: Endpoint,
  network: Network,
): void {
  if (!isUserDefined(network)) return;
  if (release.endpoints.addsOwnAliases) {
    const own = [shortId(container.id), container.config.Hostname];
    endpoint.aliases = own.reduce(withAlias, endpoint.aliases ?? []);
  } else {
    endpoint.dnsNames = dnsNames(container, endpoint);
  }
}

function withAlias(aliases: string[], alias: string): string[] {
  return aliases.includes(alias) ? aliases : [...aliases, alias];
}

/** Lists a container's DNS names: name, aliases, short id and host name. Reverse lookups give the first. */
export function dnsNames({ id, name, config }: Container, { aliases }: Endpoint): string[] {
  const names = [name, ...(aliases ?? []), shortId(id)];
  if (config.Hostname !== "") names.push(config.Hostname);
  return [...new Set(names)];
}

/** Lists the names that an endpoint answers to from when it is attached. */
export function namesOf(
  release: Release,
  container: Container,
  endpoint: Endpoint,
  network: Network,
): readonly string[] {
  if (!release.endpoints.addsOwnAliases) return endpoint.dnsNames ?? [];
  if (!isUserDefined(network)) return [];
  const known = release.endpoints.generatedNamesInDns || !container.nameGenerated;
  return known ? [container.name, ...(endpoint.aliases ?? [])] : (endpoint.aliases ?? []);
}

/** Adds an attachment to the indexes of its network. */
export function indexAttachment(attachment: Attachment): void {
  const { network, container, ipv4, ipv6 } = attachment;
  network.attached.set(container.id, attachment);
  for (const address of [ipv4, ipv6]) if (address !== "") network.addresses.set(address, attachment);
  indexNames(attachment);
}

/** Removes an attachment from the indexes of its network. */
export function unindexAttachment(attachment: Attachment): void {
  const { network, container, ipv4, ipv6 } = attachment;
  network.attached.delete(container.id);
  for (const address of [ipv4, ipv6]) network.addresses.delete(address);
  unindexNames(attachment);
}

/** Changes the names that an attachment answers to. */
export function renameAttachment(attachment: Attachment, names: readonly string[]): void {
  unindexNames(attachment);
  attachment.names = names;
  indexNames(attachment);
}

function indexNames(attachment: Attachment): void {
  for (const name of attachment.names) {
    const key = name.toLowerCase();
    const holders = attachment.network.names.get(key);
    if (!holders) attachment.network.names.set(key, [attachment]);
    // The names of an attachment are added one after the other. So a name that differs from an earlier one in
    // case only finds the attachment in the last place.
    else if (holders.at(-1) !== attachment) holders.push(attachment);
  }
}

function unindexNames(attachment: Attachment): void {
  for (const name of attachment.names) {
    const key = name.toLowerCase();
    const holders = attachment.network.names.get(key);
    const at = holders?.indexOf(attachment) ?? -1;
    if (!holders || at < 0) continue;
    if (holders.length === 1) attachment.network.names.delete(key);
    else holders.splice(at, 1);
  }
}
