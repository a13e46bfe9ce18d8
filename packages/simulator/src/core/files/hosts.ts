import { formatAddress, parseAddress } from "@dryharbor/kernel/host";
import { type Container, isRunning } from "../containers/container.js";
import type { Daemon } from "../daemon.js";
import type { Attachment } from "../endpoints/endpoint.js";
import { isDefaultBridge } from "../networks/network.js";
import { type EtcFiles, overwrite, writtenText } from "./etc-files.js";

/** Returns the text of /etc/hosts as the container's processes see it. */
export function hostsFile(container: Container): string {
  return container.etc ? hostsText(container.etc) : "";
}

export function hostsText(files: EtcFiles): string {
  return writtenText(files, "hosts") ?? files.hosts;
}

export function writeHosts(daemon: Daemon, files: EtcFiles, text: string): void {
  files.hosts = text;
  overwrite(files, "hosts", text, daemon.clock.now());
}

/**
 * Returns whether the file is a copy of the host's: in `host` mode, unless ExtraHosts make the engine write
 * one.
 */
export function isHostsCopy({ hostConfig }: Container): boolean {
  return hostConfig.NetworkMode === "host" && (hostConfig.ExtraHosts ?? []).length === 0;
}

/** Returns the lines that come first: localhost, and ExtraHosts. */
export function commonLines(daemon: Daemon, container: Container): string {
  return daemon.release.dns.commonHosts + extraLines(daemon, container);
}

/**
 * Reads ExtraHosts: `name:address` each, split at the first colon. `host-gateway` stands for the default
 * bridge's gateway.
 */
function extraLines(daemon: Daemon, { hostConfig }: Container): string {
  return (hostConfig.ExtraHosts ?? [])
    .map((entry) => {
      const colon = entry.indexOf(":");
      const names = entry.slice(0, colon);
      const address = entry.slice(colon + 1);
      return line(daemon, address === "host-gateway" ? hostGateway(daemon) : address, names);
    })
    .join("");
}

function hostGateway(daemon: Daemon): string {
  const [bridge] = daemon.networks.named("bridge");
  const gateway = bridge?.pools.v4[0]?.gateway;
  return gateway ? formatAddress(gateway) : "";
}

function line(daemon: Daemon, address: string, names: string): string {
  const parsed = daemon.release.dns.rewritesHostsAddresses ? parseAddress(address) : undefined;
  return `${parsed ? formatAddress(parsed) : address}\t${names}\n`;
}

/** Makes the lines of legacy links: alias, host name and, unless it is the alias, the name of each target. */
export function linkLines(daemon: Daemon, container: Container): string {
  if (!container.links || !bridgeAttachment(container)) return "";
  return container.links
    .flatMap(({ alias, target }) => {
      const bridge = bridgeAttachment(target);
      if (!bridge) return [];
      const names = [alias, target.config.Hostname, ...(alias === target.name ? [] : [target.name])].join(
        " ",
      );
      return [bridge.ipv4, bridge.ipv6].filter(Boolean).map((address) => line(daemon, address, names));
    })
    .join("");
}

/** Returns a container's attachment to the default bridge, or `undefined`. */
export function bridgeAttachment(container: Container): Attachment | undefined {
  const attachment = container.endpoints.get("bridge")?.attachment;
  return attachment && isDefaultBridge(attachment.network) ? attachment : undefined;
}

/** Adds the container's own lines for a network at the end. */
export function withOwnLines(text: string, attachment: Attachment): string {
  return (
    text +
    ownLines(attachment)
      .map((own) => `${own}\n`)
      .join("")
  );
}

/** Returns the text that remains when the container has left a network. Empty lines go as well. */
export function dropOwnLines(daemon: Daemon, text: string, attachment: Attachment): string {
  // The default bridge knows no names, and then nothing is done.
  if (daemon.release.dns.dropsHostsLinesByName && attachment.names.length === 0) return text;
  const stays = daemon.release.dns.dropsHostsLinesByName ? byName(attachment) : byLine(attachment);
  const lines = text.split("\n").filter((each) => each !== "" && (each.startsWith("#") || stays(each)));
  return lines.map((each) => `${each}\n`).join("");
}

function byLine(attachment: Attachment): (line: string) => boolean {
  const own = ownLines(attachment);
  return (line) => !own.includes(line);
}

function byName({ network, container, names: own }: Attachment): (line: string) => boolean {
  const isKnown = (name: string) =>
    network.names.has(name) || own.some((each) => each.toLowerCase() === name);
  return (line) => {
    const names = line.slice(line.lastIndexOf("\t") + 1);
    return !line.includes("\t") || names.split(".", 1)[0] === container.name || !isKnown(names);
  };
}

/**
 * Makes the container's own lines for a network: `host`, or `host.domain host` with the first label alone at
 * the end.
 */
function ownLines({ container, ipv4, ipv6 }: Attachment): string[] {
  const { Hostname, Domainname } = container.config;
  const full = Domainname ? `${Hostname}.${Domainname}` : Hostname;
  const dot = full.indexOf(".");
  const names = dot < 0 ? full : `${full} ${full.slice(0, dot)}`;
  return [ipv4, ipv6].filter(Boolean).map((address) => `${address}\t${names}`);
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
    const files = linking && isRunning(linking) ? linking.etc : undefined;
    if (files) writeHosts(daemon, files, withAddress(hostsText(files), alias, address));
  }
}

/** Gives the lines whose names begin with this one another address. */
function withAddress(text: string, name: string, address: string): string {
  const lines = text.split("\n").map((line) => {
    const tab = line.indexOf("\t");
    return tab >= 0 && startsWithName(line.slice(tab + 1), name) ? address + line.slice(tab) : line;
  });
  return lines.join("\n");
}

function startsWithName(names: string, name: string): boolean {
  return names.startsWith(name) && [undefined, " ", "."].includes(names[name.length]);
}
