// Joins and leaves one network: an endpoint takes its addresses and its interface in the container's sandbox,
// and gives them back. `attach.ts` calls this at the start and the end of a container, `connect.ts` and
// `disconnect.ts` while it runs.

import { engineError } from "@dryharbor/sdk/port";
import type { Container } from "../containers/container.js";
import { linkProblem } from "../containers/legacy-links.js";
import { newSandbox } from "../containers/sandbox.js";
import type { Daemon } from "../daemon.js";
import { emitNetworkEvent } from "../events/network.js";
import { checkNameservers } from "../files/nameservers.js";
import { newId } from "../id.js";
import {
  addressPlace,
  allocateAddresses,
  checkAddressForm,
  type EndpointAddresses,
  endpointMac,
  isMac,
  macFromIPv4,
  releaseAddresses,
  validateEndpoint,
} from "../ipam/ipam.js";
import { isUserDefined, type Network } from "../networks/network.js";
import { publishAfterJoin } from "../ports/publish.js";
import { admits } from "./conflicts.js";
import type { Attachment, Endpoint } from "./endpoint.js";
import { updateGatewayEndpoint } from "./gateway-endpoint.js";
import { interfaceProblem } from "./interface.js";
import { makeInterface, numberInterface, returnInterface } from "./interface-number.js";
import { parseLink } from "./link.js";
import { indexAttachment, nameEndpoint, namesOf, unindexAttachment } from "./names.js";
import { endpointConfig } from "./settings.js";

/**
 * Makes a container's endpoint join its network: checks it, takes addresses, publishes ports and emits an
 * event, in the engine's order. When it throws, no address is held. But up to 28.5 the engine keeps an endpoint that
 * failed after the first checks among the container's networks, and so does this function.
 *
 * @throws 400, 403, 404, 500
 */
export function joinNetwork(
  daemon: Daemon,
  container: Container,
  endpoint: Endpoint,
  network: Network,
  { atStart }: { readonly atStart: boolean },
): Attachment {
  const { release } = daemon;
  prepareEndpoint(daemon, container, endpoint, network);
  if (!atStart || release.endpoints.checksConflictsAtStart) {
    if (admits(daemon, container, network)) container.endpoints.set(network.name, endpoint);
  }
  if (!container.sandbox && !atStart && release.endpoints.connectNeedsNamespace) {
    throw engineError(404, `network sandbox for container ${container.id} not found`);
  }
  checkAddressForm(endpoint.ipamConfig);
  const wantedMac = readMac(daemon, container, endpoint, network);
  if (network.configOnly) throw engineError(403, "cannot create endpoint on configuration-only network");
  const gateway = container.sandbox?.gateway;
  if (network.attached.has(container.id) && gateway?.network !== network) {
    throw engineError(403, `endpoint with name ${container.name} already exists in network ${network.name}`);
  }
  const addresses = allocateAddresses(release, network, endpoint.ipamConfig);
  const attachment = newAttachment(daemon, container, endpoint, network, addresses, wantedMac);
  if (attachment.mac !== "") makeInterface(daemon, attachment);
  container.endpoints.set(network.name, endpoint);
  container.endpoints.delete(network.id);
  endpoint.networkId = network.id;
  try {
    completeJoin(daemon, attachment);
  } catch (error) {
    // Its interface has not come into the container's namespace.
    attachment.interfaceNumber = null;
    leaveNetwork(daemon, attachment);
    // The container was on this network before, for its gateway.
    if (gateway?.network === network) indexAttachment(gateway);
    if (release.endpoints.failedJoinLosesNetwork) container.endpoints.delete(network.name);
    else endpoint.leftover = leftoverOf(attachment);
    throw error;
  }
  emitNetworkEvent(daemon, network, "connect", container);
  return attachment;
}

/**
 * Names an endpoint and checks its settings. A connect does this for a stopped container, too.
 *
 * @throws 400
 */
export function prepareEndpoint(
  daemon: Daemon,
  container: Container,
  endpoint: Endpoint,
  network: Network,
): void {
  const { release } = daemon;
  nameEndpoint(release, container, endpoint, network);
  validateEndpoint(release, endpointConfig(endpoint), isUserDefined(network), {
    config: network.ipam.Config,
    pools: network.pools,
  });
}

/**
 * Undoes a join: frees the addresses and removes the attachment from the network's indexes. Emits no event.
 */
export function leaveNetwork(daemon: Daemon, attachment: Attachment): void {
  unindexAttachment(attachment);
  attachment.endpoint.attachment = null;
  releaseAddresses(daemon.release, attachment.network.pools, attachment);
  returnInterface(daemon, attachment);
  daemon.interfaces.free(attachment.hostEnd);
}

function newAttachment(
  daemon: Daemon,
  container: Container,
  endpoint: Endpoint,
  network: Network,
  { ipv4, ipv6 }: EndpointAddresses,
  wantedMac: string,
): Attachment {
  const hasInterface = ipv4 !== "" || ipv6 !== "";
  return {
    id: newId(daemon.random),
    network,
    container,
    endpoint,
    mac: hasInterface ? wantedMac || chosenMac(daemon, network, ipv4) : "",
    ipv4,
    ipv6,
    interfaceNumber: null,
    index: 0,
    hostEnd: 0,
    names: namesOf(daemon.release, container, endpoint, network),
  };
}

function chosenMac(daemon: Daemon, { driver }: Network, ipv4: string): string {
  if (driver === "overlay" && ipv4 !== "") return macFromIPv4(ipv4);
  return endpointMac(daemon.release, daemon.random, ipv4);
}

/** The part of a join that can fail after the addresses are taken. */
function completeJoin(daemon: Daemon, attachment: Attachment): void {
  const { container, endpoint } = attachment;
  endpoint.attachment = attachment;
  indexAttachment(attachment);
  container.sandbox ??= newSandbox(daemon);
  checkNameservers(daemon, container);
  checkLegacyLinks(daemon, container);
  for (const link of endpoint.links ?? []) parseLink(link);
  checkInterface(daemon, attachment);
  numberInterface(daemon, container, attachment);
  updateGatewayEndpoint(daemon, container);
  publishAfterJoin(daemon, container);
  endpoint.leftover = null;
}

/**
 * Checks the legacy links of a starting container. The engine writes its hosts file when it makes the
 * namespace, which it does for the first endpoint.
 */
function checkLegacyLinks({ release }: Daemon, container: Container): void {
  const looked = isStarting(container) && !release.endpoints.makesNamespaceFirst;
  const problem = looked ? linkProblem(container) : undefined;
  if (problem) throw engineError(500, problem);
}

/**
 * Checks the interface, where the namespace exists at the time of the join: the host's namespace always does,
 * and on 28.5 that of a starting container. On 20.10 and 26.1 the container's process enters its namespace
 * first.
 */
function checkInterface(daemon: Daemon, attachment: Attachment): void {
  const { container } = attachment;
  const isThere =
    container.hostConfig.NetworkMode === "host" || daemon.release.containers.networksAttachedLast;
  if (isStarting(container) && !isThere) return;
  const problem = interfaceProblem(daemon, attachment);
  if (problem !== undefined) throw engineError(500, problem);
}

function isStarting({ state: { status } }: Container): boolean {
  return status !== "running" && status !== "paused";
}

/**
 * Returns the MAC address that was asked for, or empty text.
 *
 * @throws 500 where 20.10 cannot read the address
 */
function readMac(
  daemon: Daemon,
  { config, hostConfig }: Container,
  endpoint: Endpoint,
  network: Network,
): string {
  if (daemon.release.endpoints.movesMacToEndpoint) return canonicalMac(endpoint.macAddress);
  const mode = hostConfig.NetworkMode;
  const address = config.MacAddress ?? "";
  const named = network.name === (mode === "default" ? "bridge" : mode);
  if (!named || address === "") return "";
  if (!isMac(address)) throw engineError(500, `address ${address}: invalid MAC address`);
  return canonicalMac(address);
}

/** Formats a MAC address as Go does: pairs of lower-case digits with colons between them. */
function canonicalMac(address: string): string {
  const digits = address.toLowerCase().replace(/[^0-9a-f]/g, "");
  return (digits.match(/../g) ?? []).join(":");
}

function leftoverOf({ id, network, mac, ipv4, ipv6 }: Attachment): Endpoint["leftover"] {
  return {
    EndpointID: id,
    MacAddress: mac,
    IPAddress: ipv4,
    IPPrefixLen: addressPlace(network.pools, ipv4).prefixLength,
    GlobalIPv6Address: ipv6,
    GlobalIPv6PrefixLen: addressPlace(network.pools, ipv6).prefixLength,
  };
}
