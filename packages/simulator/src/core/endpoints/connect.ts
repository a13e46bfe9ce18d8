// Connect: gives a container one more endpoint. The routes and the engine driver call this for
// `POST /networks/{id}/connect`. The endpoint joins its network at once where the container runs.

import type { NetworkConnectRequest } from "@dryharbor/sdk/port";
import { isOlder } from "../api-version.js";
import type { Container } from "../containers/container.js";
import { findContainer } from "../containers/find.js";
import { rememberListed } from "../containers/listed.js";
import type { Daemon } from "../daemon.js";
import { writeFilesOnConnect } from "../files/write.js";
import { networkIfAny } from "../networks/find.js";
import { isContainerMode } from "../networks/mode.js";
import { publishAfterJoin } from "../ports/publish.js";
import { networkToJoin, unassign } from "../swarm/networks/assign.js";
import { dropUnusedInstances } from "../swarm/networks/instance.js";
import { admits, networkReference, sharesNamespace } from "./conflicts.js";
import type { Endpoint } from "./endpoint.js";
import { joinNetwork, prepareEndpoint } from "./join.js";
import { completeMode } from "./mode.js";
import { newEndpoint } from "./settings.js";

/**
 * `POST /networks/{id}/connect`. A running container is attached at once. For a stopped one the endpoint is
 * kept until its start, even if the network does not exist.
 *
 * @param apiVersion the client's API version; `undefined` for the engine's newest
 * @throws 400, 403, 404, 500
 */
export function connectContainer(
  daemon: Daemon,
  ref: string,
  request: NetworkConnectRequest,
  apiVersion?: string,
): void {
  const container = findContainer(daemon, request.Container);
  const config = request.EndpointConfig ?? {};
  const endpoint = newEndpoint(daemon.release, config);
  const { connectReadsMacSince: since } = daemon.release.endpoints;
  if (since !== undefined && !isOlder(apiVersion, since)) endpoint.macAddress = config.MacAddress ?? "";
  if (hasProcess(container)) connectRunning(daemon, container, endpoint, ref);
  else connectStopped(daemon, container, endpoint, ref);
}

/**
 * Returns whether the engine counts a container as running: also while it is paused or waits to be restarted.
 */
export function hasProcess({ state: { status } }: Container): boolean {
  return status === "running" || status === "paused" || status === "restarting";
}

function connectRunning(daemon: Daemon, container: Container, endpoint: Endpoint, ref: string): void {
  if (isContainerMode(container.hostConfig.NetworkMode)) throw sharesNamespace();
  const network = networkToJoin(daemon, container, networkReference(ref, endpoint), endpoint);
  completeMode(daemon, container, ref);
  const listed = rememberListed(daemon, container, network);
  try {
    const attachment = joinNetwork(daemon, container, endpoint, network, { atStart: false });
    writeFilesOnConnect(daemon, attachment);
    container.listed = null;
  } catch (error) {
    // Inspect shows at once what a failed connect leaves behind. Lists show it from the container's next
    // change on.
    container.listed = listed();
    if (!endpoint.attachment) unassign(daemon, container, network, endpoint);
    dropUnusedInstances(daemon);
    publishAfterJoin(daemon, container);
    throw error;
  }
}

function connectStopped(daemon: Daemon, container: Container, endpoint: Endpoint, ref: string): void {
  const network = networkIfAny(daemon, ref);
  if (!network) {
    container.listed = null;
    container.endpoints.set(ref, endpoint);
    return;
  }
  prepareEndpoint(daemon, container, endpoint, network);
  // On a network that the container is on already, the endpoint stays as it was. Seen on all three.
  if (admits(daemon, container, network)) container.endpoints.set(network.name, endpoint);
  // A refused connect changes nothing, in lists neither.
  container.listed = null;
}
