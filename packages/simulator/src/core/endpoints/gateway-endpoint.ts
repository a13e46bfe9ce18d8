// A container's endpoint on the gateway bridge (`docker_gwbridge`). A container has it while it is on overlay
// networks and none of its own networks leads outside. The sandbox holds this endpoint; the container does
// not list it.

import type { Container } from "../containers/container.js";
import type { Daemon } from "../daemon.js";
import { newId } from "../id.js";
import { allocateAddresses, endpointMac, releaseAddresses } from "../ipam/ipam.js";
import { gatewayBridge } from "../swarm/networks/gateway-bridge.js";
import type { Attachment } from "./endpoint.js";
import { gatewaysOf } from "./gateway.js";
import { makeInterface, numberInterface, returnInterface } from "./interface-number.js";
import { indexAttachment, unindexAttachment } from "./names.js";
import { attachmentsOf } from "./order.js";
import { newEndpoint } from "./settings.js";

/**
 * Connects a container to the gateway bridge or takes it off, as its networks require. It is connected while
 * it is on an overlay network that is not internal and no other network leads outside. To be called after it
 * has joined or left a network.
 */
export function updateGatewayEndpoint(daemon: Daemon, container: Container): void {
  const { sandbox } = container;
  if (!sandbox) return;
  const needed = needsGatewayBridge(daemon, container);
  if (needed && !sandbox.gateway) sandbox.gateway = joinGatewayBridge(daemon, container, sandbox.id);
  if (!needed) leaveGatewayBridge(daemon, container);
}

/** Takes a container off the gateway bridge. */
export function leaveGatewayBridge(daemon: Daemon, { sandbox }: Container): void {
  const { interfaces, release, touched } = daemon;
  const gateway = sandbox?.gateway;
  if (!gateway) return;
  touched?.networks.add(gateway.network);
  unindexAttachment(gateway);
  releaseAddresses(release, gateway.network.pools, gateway);
  returnInterface(daemon, gateway);
  interfaces.free(gateway.hostEnd);
  sandbox.gateway = null;
}

function needsGatewayBridge(daemon: Daemon, container: Container): boolean {
  const outward = attachmentsOf(container).filter(({ network }) => !network.internal);
  if (!outward.some(({ network }) => network.driver === "overlay")) return false;
  return outward.every((attachment) => gatewaysOf(daemon, attachment).v4 === "");
}

function joinGatewayBridge(daemon: Daemon, container: Container, sandboxId: string): Attachment {
  const network = gatewayBridge(daemon);
  daemon.touched?.networks.add(network);
  const { ipv4 } = allocateAddresses(daemon.release, network, null);
  const attachment: Attachment = {
    id: newId(daemon.random),
    network,
    container,
    endpoint: newEndpoint(daemon.release),
    mac: endpointMac(daemon.release, daemon.random, ipv4),
    ipv4,
    ipv6: "",
    interfaceNumber: null,
    index: 0,
    hostEnd: 0,
    names: [],
    ownName: `gateway_${sandboxId.slice(0, 12)}`,
  };
  indexAttachment(attachment);
  makeInterface(daemon, attachment);
  numberInterface(daemon, container, attachment);
  return attachment;
}
