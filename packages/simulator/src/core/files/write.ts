// Updates a sandbox's files when its container starts, joins a network or leaves one. `endpoints/` calls
// this.

import type { Container } from "../containers/container.js";
import type { Daemon } from "../daemon.js";
import type { Attachment } from "../endpoints/endpoint.js";
import { orderedAttachments } from "../endpoints/order.js";
import { isUserDefined, type Network } from "../networks/network.js";
import { dropOwnLines, firstLines, updateLinkingHosts, withOwnLines } from "./hosts.js";
import type { SandboxFiles } from "./sandbox-files.js";

/**
 * Writes the files at a start. To be called once, after all networks are attached, also when there is none.
 * The own lines of several networks are in the order of lookups, as on 26.1; on 20.10 and 28.5 they have no
 * fixed order.
 */
export function writeFilesAtStart(daemon: Daemon, container: Container): void {
  const files = container.sandbox?.files;
  if (!files) return;
  const attachments = orderedAttachments(daemon, container);
  files.hosts = firstLines(daemon, container);
  for (const attachment of attachments) files.hosts = withOwnLines(files.hosts, attachment);
  for (const { network } of attachments) joinResolver(daemon, files, attachments, network);
  updateLinkingHosts(daemon, container);
}

/**
 * Updates the files after a running container has been connected to a network. To be called right after that.
 */
export function writeFilesOnConnect(daemon: Daemon, attachment: Attachment): void {
  const { container, network } = attachment;
  const files = container.sandbox?.files;
  if (!files) return;
  files.hosts = withOwnLines(files.hosts, attachment);
  joinResolver(daemon, files, orderedAttachments(daemon, container), network);
}

/** Updates the files after a running container has left a network. Not to be called when it stops. */
export function writeFilesOnDisconnect(daemon: Daemon, attachment: Attachment): void {
  const files = attachment.container.sandbox?.files;
  if (files) files.hosts = dropOwnLines(daemon, files.hosts, attachment);
}

function joinResolver(
  daemon: Daemon,
  files: SandboxFiles,
  attachments: readonly Attachment[],
  network: Network,
): void {
  if (files.resolver === "embedded") return;
  if (isUserDefined(network)) {
    files.resolver = "embedded";
    const haveIPv6 = attachments.map((own) => own.network.enableIPv6);
    files.resolverHasIPv6 = daemon.release.dns.resolverNeedsIPv6Everywhere
      ? haveIPv6.every(Boolean)
      : haveIPv6.some(Boolean);
  } else {
    files.resolver = "legacy";
    files.resolverHasIPv6 = network.enableIPv6;
  }
}
