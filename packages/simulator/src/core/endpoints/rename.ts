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
 * Checks whether a running container can be renamed. From 26.1 on, each of its networks must exist and be
 * attached, which a network is not after a failed connect.
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

/**
 * Refuses a rename on a network of the swarm. Such a network knows each endpoint once, and the engine adds
 * the new name before it removes the old one.
 */
function refuseInSwarm({ release }: Daemon, attachment: Attachment, newName: string): never {
  const { network, id } = attachment;
  // Seen on 20.10: the network calls the endpoint by the new name from here on.
  if (!release.endpoints.renameNamesAll) attachment.ownName = newName;
  const key = `cannot create entry in table endpoint_table with network id ${network.id} and key ${id}, already exists`;
  throw engineError(500, release.swarm.renameRefusal(newName, key));
}

/**
 * Marks what a rename leaves behind that {@link checkRenameEndpoints} refused: the endpoints get their old
 * name back with a slash before it.
 */
export function spoilEndpointNames(container: Container): void {
  for (const attachment of attachmentsOf(container)) attachment.slashed = true;
}

/** Tells the networks of a running container its new name. */
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
