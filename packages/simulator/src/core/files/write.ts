// Writes the files of a container: at its start, when it joins or leaves a network, and when a link is removed.

import type { Container } from "../containers/container.js";
import type { Daemon } from "../daemon.js";
import type { Attachment } from "../endpoints/endpoint.js";
import { orderedAttachments } from "../endpoints/order.js";
import { isDefaultBridge, isUserDefined, type Network } from "../networks/network.js";
import { type EtcFiles, newEtcFiles, overwrite, writtenText } from "./etc-files.js";
import { hostnameFile } from "./hostname.js";
import {
  commonLines,
  dropOwnLines,
  hostsText,
  isHostsCopy,
  linkLines,
  updateLinkingHosts,
  withOwnLines,
  writeHosts,
} from "./hosts.js";
import { resolvConfText, rewrittenResolvConf } from "./resolv-conf.js";

/** Begins the files of a run, whose namespace is new. To be called before its first network is attached. */
export function beginFiles(container: Container): void {
  const files = container.etc?.container === container ? container.etc : newEtcFiles(container);
  container.etc = files;
  files.hosts = "";
  files.firstHosts = "";
  files.resolver = "initial";
  files.resolverHasIPv6 = false;
  files.embedded = false;
}

/**
 * Writes the files at a start. To be called once, after all networks are attached, also when there is none.
 * The own lines of several networks are in the order of lookups, as on 26.1; on 20.10 and 28.5 they have no
 * fixed order.
 */
export function writeFilesAtStart(daemon: Daemon, container: Container): void {
  const files = container.etc;
  if (!files) return;
  const attachments = orderedAttachments(daemon, container);
  files.firstHosts = commonLines(daemon, container) + linkLines(daemon, container);
  writeHosts(daemon, files, rebuiltHosts(daemon, files, attachments));
  for (const { network } of attachments) joinResolver(daemon, files, attachments, network);
  if (files.written) {
    const now = daemon.clock.now();
    overwrite(files, "resolv.conf", resolvConfText(daemon, container), now);
    overwrite(files, "hostname", hostnameFile(daemon, container), now);
  }
  updateLinkingHosts(daemon, container);
}

/**
 * Updates the files after a running container has been connected to a network. To be called right after that.
 */
export function writeFilesOnConnect(daemon: Daemon, attachment: Attachment): void {
  const { container, network } = attachment;
  const files = container.etc;
  if (!files) return;
  const attachments = orderedAttachments(daemon, container);
  if (
    daemon.release.dns.addsLinksOnConnect &&
    isDefaultBridge(network) &&
    (container.links ?? []).length > 0
  ) {
    files.firstHosts += linkLines(daemon, container);
    const others = attachments.filter((other) => other !== attachment);
    writeHosts(daemon, files, rebuiltHosts(daemon, files, [...others, attachment]));
  } else if (!isHostsCopy(container)) {
    writeHosts(daemon, files, withOwnLines(hostsText(files), attachment));
  }
  rewriteResolvConf(daemon, files, () => joinResolver(daemon, files, attachments, network));
}

/** Updates the files after a container has left a network: by a disconnect, or because it stops. */
export function writeFilesOnDisconnect(daemon: Daemon, attachment: Attachment): void {
  const files = attachment.container.etc;
  if (!files || isHostsCopy(attachment.container)) return;
  writeHosts(daemon, files, dropOwnLines(daemon, hostsText(files), attachment));
}

/**
 * Makes the files of a running container anew. The embedded resolver runs already, and does not put itself into
 * resolv.conf again. Seen on all three.
 *
 * @param attachments - all that it has, that of the default bridge first
 */
export function writeFilesAnew(
  daemon: Daemon,
  container: Container,
  attachments: readonly [Attachment, ...Attachment[]],
): void {
  const files = container.etc;
  if (!files) return;
  const links = daemon.release.dns.addsLinksOnConnect ? "" : linkLines(daemon, container);
  files.firstHosts = commonLines(daemon, container) + links;
  writeHosts(daemon, files, rebuiltHosts(daemon, files, attachments));
  files.resolver = "legacy";
  files.resolverHasIPv6 = attachments[0].network.enableIPv6;
  if (files.written) overwrite(files, "resolv.conf", resolvConfText(daemon, container), daemon.clock.now());
}

function rebuiltHosts(daemon: Daemon, files: EtcFiles, attachments: readonly Attachment[]): string {
  if (isHostsCopy(files.container)) return daemon.settings.hostHosts;
  return attachments.reduce(withOwnLines, files.firstHosts);
}

/** Updates resolv.conf. What a process has written stays, but that 20.10 puts its resolver in. */
function rewriteResolvConf(daemon: Daemon, files: EtcFiles, change: () => void): void {
  const { container, resolver } = files;
  const now = writtenText(files, "resolv.conf");
  const isEdited = now !== undefined && now !== resolvConfText(daemon, container);
  change();
  if (now === undefined || files.resolver === resolver) return;
  const text = isEdited ? rewrittenResolvConf(daemon, files, now) : resolvConfText(daemon, container);
  if (text !== undefined) overwrite(files, "resolv.conf", text, daemon.clock.now());
}

function joinResolver(
  daemon: Daemon,
  files: EtcFiles,
  attachments: readonly Attachment[],
  network: Network,
): void {
  if (files.embedded) return;
  if (isUserDefined(network)) {
    files.resolver = "embedded";
    files.embedded = true;
    const haveIPv6 = attachments.map((own) => own.network.enableIPv6);
    files.resolverHasIPv6 = daemon.release.dns.resolverNeedsIPv6Everywhere
      ? haveIPv6.every(Boolean)
      : haveIPv6.some(Boolean);
  } else {
    files.resolver = "legacy";
    files.resolverHasIPv6 = network.enableIPv6;
  }
}
