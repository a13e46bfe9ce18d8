// Attaches and detaches a whole container: all its endpoints join their networks when it starts and leave
// them when it ends. `containers/start.ts` and `containers/lifecycle.ts` call this; `join.ts` does the work
// for one endpoint.

import { EngineError, engineError } from "@dryharbor/sdk/port";
import type { Container } from "../containers/container.js";
import { linkProblem } from "../containers/legacy-links.js";
import { keepForLists } from "../containers/listed.js";
import type { Daemon } from "../daemon.js";
import { emitNetworkEvent } from "../events/network.js";
import { checkNameservers, nameserverProblem } from "../files/nameservers.js";
import { writeFilesAtStart, writeFilesOnDisconnect } from "../files/write.js";
import { compareText } from "../go-order.js";
import { networkIfAny } from "../networks/find.js";
import { unpublishPorts } from "../ports/publish.js";
import { networkToJoin, unassign } from "../swarm/networks/assign.js";
import { dropUnusedInstances } from "../swarm/networks/instance.js";
import { networkReference } from "./conflicts.js";
import type { Attachment, Endpoint } from "./endpoint.js";
import { leaveGatewayBridge } from "./gateway-endpoint.js";
import { joinNetwork, leaveNetwork } from "./join.js";
import { completeMode } from "./mode.js";
import { attachmentsOf } from "./order.js";

/**
 * Attaches a starting container to all its networks. Publishes its ports and, at the end, writes its files. A
 * container without networks goes through this, too. `container.sandbox` must be there. Where this throws and
 * the engine had not made the namespace yet, it sets `container.sandbox` to `null`.
 *
 * @throws 400, 403, 404, 500
 */
export function attachNetworks(daemon: Daemon, container: Container): void {
  const { release } = daemon;
  // Attachments that are left from before a wait of the restart policy go without an event.
  for (const attachment of attachmentsOf(container)) detachEndpoint(daemon, attachment);
  const canBeMade = (nameserverProblem(daemon, container) ?? linkProblem(container)) === undefined;
  let made = release.endpoints.makesNamespaceFirst;
  try {
    for (const [name, endpoint] of inOrder(daemon, container)) {
      endpoint.leftover = null;
      const network = networkToJoin(daemon, container, networkReference(name, endpoint), endpoint);
      completeMode(daemon, container, name);
      try {
        joinNetwork(daemon, container, endpoint, network, { atStart: true });
      } finally {
        // The engine makes the namespace for the first endpoint that gets its addresses, if it can make it.
        made ||= canBeMade && (endpoint.attachment !== null || endpoint.leftover !== null);
        if (!endpoint.attachment) unassign(daemon, container, network, endpoint);
      }
    }
    // Without any network, no join has checked the nameservers yet.
    checkNameservers(daemon, container);
  } catch (error) {
    keepForLists(daemon, container);
    unpublishPorts(daemon, container);
    if (made) detachNetworks(daemon, container);
    else container.sandbox = null;
    dropUnusedInstances(daemon);
    throw withPrefix(error, release.endpoints.startErrorPrefix);
  }
  writeFilesAtStart(daemon, container);
}

/** Sorts the endpoints by name, or with the default bridge first. The engine's order is random otherwise. */
function inOrder(daemon: Daemon, { endpoints }: Container): [string, Endpoint][] {
  const bridgeFirst = daemon.release.endpoints.attachesBridgeFirst;
  const isBridge = (name: string) => Number(bridgeFirst && name === "bridge");
  return [...endpoints].sort(([a], [b]) => isBridge(b) - isBridge(a) || compareText(a, b));
}

function withPrefix(error: unknown, prefix: string): unknown {
  if (!(error instanceof EngineError) || prefix === "") return error;
  return engineError(error.status, prefix + error.message, { cause: error });
}

/**
 * Detaches a container that ends from all its networks. Emits a `disconnect` event for each network that
 * still exists, even where the container had not been attached to it yet.
 */
export function detachNetworks(daemon: Daemon, container: Container): void {
  const left = [...container.endpoints]
    .sort(([a], [b]) => compareText(a, b))
    .flatMap(([name, endpoint]) => networkIfAny(daemon, networkReference(name, endpoint)) ?? []);
  for (const attachment of attachmentsOf(container)) detachEndpoint(daemon, attachment);
  for (const endpoint of container.endpoints.values()) endpoint.leftover = null;
  for (const network of left) emitNetworkEvent(daemon, network, "disconnect", container);
  dropUnusedInstances(daemon);
}

/** Detaches one endpoint, and gives up the container's place in the swarm and on the gateway bridge. */
function detachEndpoint(daemon: Daemon, attachment: Attachment): void {
  leaveNetwork(daemon, attachment);
  writeFilesOnDisconnect(daemon, attachment);
  const { container, network, endpoint } = attachment;
  unassign(daemon, container, network, endpoint);
  leaveGatewayBridge(daemon, container);
}
