import { formatAddress, parseAddress } from "@dryharbor/kernel/host";
import { type Container, isRunning } from "../containers/container.js";
import type { Daemon } from "../daemon.js";
import type { Attachment } from "../endpoints/endpoint.js";
import { isDefaultBridge } from "../networks/network.js";
import { namespaceOwner } from "./namespace-owner.js";
import type { HostsLine } from "./sandbox-files.js";

/** Returns the text of /etc/hosts as the container's processes see it. */
export function hostsFile(daemon: Daemon, container: Container): string {
  const owner = namespaceOwner(daemon, container);
  if (isHostsCopy(owner)) return daemon.settings.hostHosts;
  const lines = owner.sandbox?.files.hosts ?? [];
  return lines.map(({ address, names }) => `${address}\t${names}\n`).join("");
}

/**
 * Returns whether the file is a copy of the host's: in `host` mode, unless ExtraHosts make the engine write
 * one.
 */
function isHostsCopy({ hostConfig }: Container): boolean {
  return hostConfig.NetworkMode === "host" && (hostConfig.ExtraHosts ?? []).length === 0;
}

/** Returns the lines above those for the container itself: localhost, ExtraHosts and legacy links. */
export function firstLines(daemon: Daemon, container: Container): HostsLine[] {
  return daemon.release.dns.commonHosts.concat(extraLines(daemon, container), linkLines(daemon, container));
}

/**
 * Reads ExtraHosts: `name:address` each, split at the first colon. `host-gateway` stands for the default
 * bridge's gateway.
 */
function extraLines(daemon: Daemon, { hostConfig }: Container): HostsLine[] {
  return (hostConfig.ExtraHosts ?? []).map((entry) => {
    const colon = entry.indexOf(":");
    const names = entry.slice(0, colon);
    const address = entry.slice(colon + 1);
    return line(daemon, address === "host-gateway" ? hostGateway(daemon) : address, names);
  });
}

function hostGateway(daemon: Daemon): string {
  const [bridge] = daemon.networks.named("bridge");
  const gateway = bridge?.pools.v4[0]?.gateway;
  return gateway ? formatAddress(gateway) : "";
}

function line(daemon: Daemon, address: string, names: string): HostsLine {
  const parsed = daemon.release.dns.rewritesHostsAddresses ? parseAddress(address) : undefined;
  return { address: parsed ? formatAddress(parsed) : address, names };
}

/** Makes the lines of legacy links: alias, host name and, unless it is the alias, the name of each target. */
function linkLines(daemon: Daemon, container: Container): HostsLine[] {
  if (!container.links || !bridgeAttachment(container)) return [];
  return container.links.flatMap(({ alias, target }) => {
    const bridge = bridgeAttachment(target);
    if (!bridge) return [];
    const names = [alias, target.config.Hostname, ...(alias === target.name ? [] : [target.name])].join(" ");
    return [bridge.ipv4, bridge.ipv6].filter(Boolean).map((address) => line(daemon, address, names));
  });
}

/** Returns a container's attachment to the default bridge, or `undefined`. */
export function bridgeAttachment(container: Container): Attachment | undefined {
  const attachment = container.endpoints.get("bridge")?.attachment;
  return attachment && isDefaultBridge(attachment.network) ? attachment : undefined;
}

/** Adds the container's own lines for a network at the end. */
export function withOwnLines(lines: readonly HostsLine[], attachment: Attachment): HostsLine[] {
  return lines.concat(ownLines(attachment));
}

/** Returns the lines that remain when the container has left a network. */
export function dropOwnLines(
  daemon: Daemon,
  lines: readonly HostsLine[],
  attachment: Attachment,
): HostsLine[] {
  if (!daemon.release.dns.dropsHostsLinesByName) {
    const own = ownLines(attachment);
    return lines.filter(
      ({ address, names }) => !own.some((gone) => gone.address === address && gone.names === names),
    );
  }
  const { network, container, names: own } = attachment;
  const isKnown = (name: string) =>
    network.names.has(name) || own.some((each) => each.toLowerCase() === name);
  return lines.filter(({ names }) => names.split(".", 1)[0] === container.name || !isKnown(names));
}

/**
 * Makes the container's own lines for a network: `host`, or `host.domain host` with the first label alone at
 * the end.
 */
function ownLines({ container, ipv4, ipv6 }: Attachment): HostsLine[] {
  const { Hostname, Domainname } = container.config;
  const full = Domainname ? `${Hostname}.${Domainname}` : Hostname;
  const dot = full.indexOf(".");
  const names = dot < 0 ? full : `${full} ${full.slice(0, dot)}`;
  return [ipv4, ipv6].filter(Boolean).map((address) => ({ address, names }));
}

/**
 * Writes the new address of a started container into the hosts files of running containers with a legacy link
 * to it.
 */
export function updateLinkingHosts(daemon: Daemon, container: Container): void {
  const address = bridgeAttachment(container)?.ipv4;
  if (!address) return;
  for (const linkName of daemon.containers.linkNames(container)) {
    const slash = linkName.indexOf("/");
    const alias = linkName.slice(slash + 1);
    const linking = daemon.containers.named(linkName.slice(0, slash));
    const files = linking && isRunning(linking) ? linking.sandbox?.files : undefined;
    if (!files) continue;
    files.hosts = files.hosts.map((old) => (startsWithName(old.names, alias) ? { ...old, address } : old));
  }
}

function startsWithName(names: string, name: string): boolean {
  return names.startsWith(name) && [undefined, " ", "."].includes(names[name.length]);
}
