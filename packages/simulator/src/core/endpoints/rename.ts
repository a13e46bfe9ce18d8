import { engineError } from "@dryharbor/sdk/port";
import type { Container } from "../containers/container.js";
import type { Daemon } from "../daemon.js";
import { findContainerNetwork } from "../networks/find.js";
import { isDefaultBridge, isUserDefined } from "../networks/network.js";
import { hasProcess } from "./connect.js";
import type { Attachment } from "./endpoint.js";
import { dnsNames, namesOf, renameAttachment } from "./names.js";
import { attachmentsOf } from "./order.js";

/**
 * Whether a running container can be renamed: from 26.1 on each of its networks must be there, and
 * attached, which one is not whose connect failed.
 *
 * @throws 404, 500
 */
export function checkRenameEndpoints(daemon: Daemon, container: Container): void {
  if (!daemon.release.endpoints.renameNamesAll || !hasProcess(container)) return;
  for (const [name, { attachment }] of container.endpoints) {
    const network = findContainerNetwork(daemon, name);
    if (!attachment) throw engineError(500, `no endpoint attached to network ${network.name} found`);
  }
}

/** What a rename that was refused by {@link checkRenameEndpoints} leaves behind: the old name given back, slash and all. */
export function spoilEndpointNames(container: Container): void {
  for (const attachment of attachmentsOf(container)) attachment.slashed = true;
}

/** A container that runs has been renamed: its networks know it by the new name. */
export function renameEndpoints(daemon: Daemon, container: Container): void {
  if (!hasProcess(container)) return;
  for (const attachment of attachmentsOf(container)) if (attachment.slashed) attachment.slashed = false;
  for (const endpoint of container.endpoints.values()) {
    if (daemon.release.endpoints.renameNamesAll) {
      endpoint.dnsNames = dnsNames(container, endpoint);
      if (endpoint.attachment) renameAttachment(endpoint.attachment, endpoint.dnsNames);
    } else if (endpoint.attachment) {
      renameAttachment(endpoint.attachment, namesAfterRename(daemon, endpoint.attachment));
    }
  }
}

function namesAfterRename(daemon: Daemon, { container, endpoint, network }: Attachment): readonly string[] {
  if (isUserDefined(network)) return namesOf(daemon.release, container, endpoint, network);
  return isDefaultBridge(network) ? [container.name] : [];
}
