// Disconnect: takes an endpoint from a container. The routes and the engine driver call this for
// `POST /networks/{id}/disconnect`. The endpoint leaves its network first where the container runs.

import { EngineError, engineError, type NetworkDisconnectRequest } from "@dryharbor/sdk/port";
import type { Container } from "../containers/container.js";
import { findContainer } from "../containers/find.js";
import type { Daemon } from "../daemon.js";
import { emitNetworkEvent } from "../events/network.js";
import { writeFilesOnDisconnect } from "../files/write.js";
import { findContainerNetwork, networkIfAny } from "../networks/find.js";
import type { Network } from "../networks/network.js";
import { gatewayAttachment, publishAfterLeave } from "../ports/publish.js";
import { unassign } from "../swarm/networks/assign.js";
import { dropUnusedInstances } from "../swarm/networks/instance.js";
import { hasProcess } from "./connect.js";
import type { Attachment } from "./endpoint.js";
import { updateGatewayEndpoint } from "./gateway-endpoint.js";
import { leaveNetwork } from "./join.js";

/** `POST /networks/{id}/disconnect`. @throws 400, 404, 500 */
export function disconnectContainer(daemon: Daemon, ref: string, request: NetworkDisconnectRequest): void {
  const { Container: spelled, Force: force = false } = request;
  const container = force ? findOrForce(daemon, ref, spelled) : findContainer(daemon, spelled);
  const network = networkIfAny(daemon, ref);
  if (!hasProcess(container) || (!network && force)) {
    disconnectStopped(daemon, container, network, ref);
  } else {
    disconnectRunning(daemon, container, network ?? findContainerNetwork(daemon, ref));
  }
}

/**
 * Finds the container. With `Force`, the engine takes a reference that names no container for the name of an
 * endpoint, and finds no such endpoint either.
 */
function findOrForce(daemon: Daemon, ref: string, spelled: string): Container {
  try {
    return findContainer(daemon, spelled);
  } catch (error) {
    if (!(error instanceof EngineError)) throw error;
    findContainerNetwork(daemon, ref);
    if (spelled === "") {
      const { status, message } = daemon.release.endpoints.namelessEndpoint;
      throw engineError(status, message);
    }
    throw engineError(404, `endpoint ${spelled} not found`);
  }
}

function disconnectStopped(
  daemon: Daemon,
  container: Container,
  network: Network | undefined,
  ref: string,
): void {
  const name = network?.name ?? ref;
  if (!container.endpoints.delete(name)) {
    throw engineError(500, `container ${container.id} is not connected to the network ${name}`);
  }
  container.listed = null;
  if (network && daemon.release.events.tellsStoppedDisconnect) {
    emitNetworkEvent(daemon, network, "disconnect", container);
  }
}

function disconnectRunning(daemon: Daemon, container: Container, network: Network): void {
  if (container.hostConfig.NetworkMode === "host" && network.driver === "host") {
    throw engineError(400, daemon.release.endpoints.hostDisconnectRefusal);
  }
  const attachment = network.attached.get(container.id);
  if (!attachment) {
    throw engineError(500, `container ${container.id} is not connected to network ${network.name}`);
  }
  disconnectEndpoint(daemon, attachment);
  dropUnusedInstances(daemon);
}

/** Takes an endpoint from a running container: it leaves its network, and events report it. */
export function disconnectEndpoint(daemon: Daemon, attachment: Attachment): void {
  const { container, network, endpoint } = attachment;
  const wasGateway = gatewayAttachment(daemon, container) === attachment;
  const gatewayBefore = container.sandbox?.gateway;
  leaveNetwork(daemon, attachment);
  unassign(daemon, container, network, endpoint);
  container.listed = null;
  container.endpoints.delete(network.name);
  writeFilesOnDisconnect(daemon, attachment);
  updateGatewayEndpoint(daemon, container);
  const hadGateway = gatewayBefore != null && container.sandbox?.gateway !== gatewayBefore;
  publishAfterLeave(daemon, container, hadGateway ? gatewayBefore : attachment, wasGateway || hadGateway);
  for (let told = 0; told < daemon.release.events.disconnectEvents; told++) {
    emitNetworkEvent(daemon, network, "disconnect", container);
  }
}
