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
export function checkRenameEndpoints(daemon: Daemon, container: Container, newName: string): void {
  if (!hasProcess(container)) return;
  const ofSwarm = attachmentsOf(container).find(({ network }) => network.scope === "swarm");
  if (ofSwarm) refuseInSwarm(daemon, ofSwarm, newName);
  if (!daemon.release.endpoints.renameNamesAll) return;
  for (const [name, { attachment }] of container.endpoints) {
    const network = findContainerNetwork(daemon, name);
    if (!attachment) throw engineError(500, `no endpoint attached to network ${network.name} found`);
  }
}

/** The swarm's networks know each endpoint once, and are told of the new name before they forget the old one. */
function refuseInSwarm({ release }: Daemon, attachment: Attachment, newName: string): never {
  const { network, id } = attachment;
  // Seen on 20.10: the network calls it by the new name from here on.
  if (!release.endpoints.renameNamesAll) attachment.ownName = newName;
  const key = `cannot create entry in table endpoint_table with network id ${network.id} and key ${id}, already exists`;
  throw engineError(500, release.swarm.renameRefusal(newName, key));
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
