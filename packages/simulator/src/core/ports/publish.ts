// Publishes a container's ports on the host and gives them back, as the bridge driver of libnetwork does.
// `endpoints/` calls this when an endpoint has joined or left a network, because ports are published through
// one endpoint.

import { engineError, type PortBinding } from "@dryharbor/sdk/port";
import type { Container } from "../containers/container.js";
import type { Daemon } from "../daemon.js";
import { type Attachment, nameOfEndpoint } from "../endpoints/endpoint.js";
import { orderedAttachments } from "../endpoints/order.js";
import { compareText, sortedByKey } from "../go-order.js";
import { readBridgeOptions } from "../networks/bridge-options.js";
import { type BindingRequest, bindingRequests, type HostBinding, inBindingOrder } from "./binding-order.js";
import { formatPort, parsePort } from "./port.js";
import { addPublished, removePublished } from "./published.js";

/** The published ports as inspect shows them. */
type Published = Record<string, PortBinding[] | null>;

/** What of an engine's state decides which ports a container gets. */
export type PortState = Pick<Daemon, "release" | "ports" | "settings" | "networks">;

/** The value for a container without published ports. All such containers share it. */
export const noPorts: Published = Object.freeze({});

/**
 * Returns the endpoint that gives a container its default gateway, if it is on a bridge. The container's
 * ports are published through it. When several endpoints qualify, the first with both families is chosen, or
 * else the first with IPv4.
 */
export function gatewayAttachment(daemon: Daemon, container: Container): Attachment | null {
  const { internalGateway, prefersBothFamilies } = daemon.release.endpoints;
  const reaching = orderedAttachments(daemon, container).filter(
    ({ network }) => network.driver === "bridge" && (internalGateway || !network.internal),
  );
  const best = prefersBothFamilies
    ? (reaching.find(({ ipv4, ipv6 }) => ipv4 !== "" && ipv6 !== "") ??
      reaching.find(({ ipv4 }) => ipv4 !== ""))
    : undefined;
  return best ?? reaching[0] ?? container.sandbox?.gateway ?? null;
}

/**
 * Publishes a container's ports anew when a new endpoint has changed its gateway. As in the engine, ephemeral
 * ports get new numbers. When a port is not available, this throws and the container has no port published.
 */
export function publishAfterJoin(daemon: Daemon, container: Container): void {
  const { sandbox } = container;
  const through = gatewayAttachment(daemon, container);
  if (!sandbox) return;
  if (through === sandbox.publishedThrough) {
    if (!through) sandbox.ports = exposedOnly(daemon, container);
    return;
  }
  if (through?.network.internal) {
    // The former gateway's ports are shown from now on as exposed and not published.
    removePublished(daemon.ports, container);
    release(daemon, sandbox.ports);
    sandbox.ports = Object.fromEntries(Object.keys(sandbox.ports).map((port) => [port, null]));
  } else {
    publishThrough(daemon, container, through);
  }
}

/**
 * Publishes a container's ports after an endpoint has left. When that was the gateway, the next gateway
 * publishes the ports. On 20.10 it may be on an internal network, through which a join does not publish. Seen
 * there.
 */
export function publishAfterLeave(
  daemon: Daemon,
  container: Container,
  gone: Attachment,
  wasGateway: boolean,
): void {
  if (wasGateway) publishThrough(daemon, container, gatewayAttachment(daemon, container));
  else if (container.sandbox?.publishedThrough === gone) unpublishPorts(daemon, container);
  const { sandbox } = container;
  if (sandbox && !sandbox.publishedThrough) sandbox.ports = exposedOnly(daemon, container);
}

function publishThrough(daemon: Daemon, container: Container, through: Attachment | null): void {
  const { sandbox } = container;
  if (!sandbox) return;
  unpublishPorts(daemon, container);
  if (!through) return;
  sandbox.ports = publish(daemon, container, through);
  sandbox.publishedThrough = through;
  addPublished(daemon.ports, container);
}

/** Returns what a container shows that publishes no port: its exposed ports, where the release shows them. */
function exposedOnly(daemon: Daemon, container: Container): Published {
  if (!daemon.release.containers.showsPortsOfEachBridge) return noPorts;
  const isOnBridge = orderedAttachments(daemon, container).some(({ network }) => network.driver === "bridge");
  const exposed = isOnBridge ? Object.keys(container.config.ExposedPorts ?? {}) : [];
  if (exposed.length === 0) return noPorts;
  return sortedByKey(Object.fromEntries(exposed.map((text) => [formatPort(parsePort(text)), null])));
}

/** Gives all published ports of a container back. */
export function unpublishPorts(daemon: Daemon, container: Container): void {
  const { sandbox } = container;
  if (!sandbox) return;
  removePublished(daemon.ports, container);
  release(daemon, sandbox.ports);
  sandbox.ports = noPorts;
  sandbox.publishedThrough = null;
}

/** Takes the ports that a container from a snapshot holds. */
export function retakePorts(daemon: Daemon, container: Container): void {
  for (const { address, protocol, port } of heldBy(container.sandbox?.ports ?? {})) {
    daemon.ports.take([address], protocol, { first: port, last: port }, false);
  }
  addPublished(daemon.ports, container);
}

/** Gives ports back to the host. */
export function release(daemon: Pick<Daemon, "ports">, ports: Published): void {
  for (const { address, protocol, port } of heldBy(ports)) daemon.ports.free(address, protocol, port);
}

/** Lists the host's ports among the published ones. Ports of routed networks hold none. */
function heldBy(ports: Published): { address: string; protocol: string; port: number }[] {
  return Object.entries(ports).flatMap(([key, bindings]) =>
    (bindings ?? []).flatMap(({ HostIp: address = "", HostPort = "" }) =>
      HostPort === "" ? [] : { address, protocol: parsePort(key).protocol, port: Number(HostPort) },
    ),
  );
}

/**
 * Takes the host's ports for a container, and returns them.
 *
 * @throws {EngineError} 500 where one is not to be had; then none is taken
 */
export function publish(daemon: PortState, container: Container, through: Attachment): Published {
  const { config, hostConfig } = container;
  const exposed = Object.keys(config.ExposedPorts ?? {}).toSorted(compareText);
  if (exposed.length === 0) return noPorts;
  const published: Published = {};
  for (const text of exposed) published[formatPort(parsePort(text))] = null;
  const requests = bindingRequests(
    exposed,
    hostConfig.PortBindings ?? {},
    hostConfig.PublishAllPorts ?? false,
  );
  try {
    const bindings = inBindingOrder(daemon.release.containers.bindingOrder, requests, (request) =>
      hostBindings(daemon, request, through),
    );
    for (const together of boundTogether(daemon, bindings)) {
      const key = formatPort(together[0]!.port);
      published[key] = [...(published[key] ?? []), ...bind(daemon, together, through)];
    }
  } catch (error) {
    release(daemon, published);
    const reason = error instanceof BindFailure ? error.message : String(error);
    throw engineError(
      500,
      `driver failed programming external connectivity on endpoint ${nameOfEndpoint(through)} (${through.id}): ${reason}`,
    );
  }
  return sortedByKey(published);
}

class BindFailure extends Error {}

/**
 * Groups bindings that differ only in the host's address, where a release gives all addresses the same port.
 * On 29 the order has parted routed ones from others.
 */
function boundTogether(daemon: PortState, bindings: readonly HostBinding[]): HostBinding[][] {
  const groups: HostBinding[][] = [];
  for (const binding of bindings) {
    const group = groups.at(-1);
    if (group && daemon.release.containers.portsOfAllAddressesTogether && areAlike(group[0]!, binding)) {
      group.push(binding);
    } else {
      groups.push([binding]);
    }
  }
  return groups;
}

function areAlike(one: HostBinding, other: HostBinding): boolean {
  return (
    formatPort(one.port) === formatPort(other.port) &&
    one.range.first === other.range.first &&
    one.range.last === other.range.last
  );
}

function bind(daemon: PortState, together: readonly HostBinding[], through: Attachment): PortBinding[] {
  const translated = together.filter(({ routed }) => !routed).map(({ address }) => address);
  const port = translated.length > 0 ? String(takePort(daemon, together[0]!, translated, through)) : "";
  return together.map(({ address, routed }) => ({ HostIp: address, HostPort: routed ? "" : port }));
}

/**
 * Lists what is to be bound for a request: both families, unless the request or the network's default names
 * one address. An IPv4 address needs an endpoint with IPv4. An IPv6 address works for any endpoint, as a
 * proxy stands between.
 */
function hostBindings(
  { release }: PortState,
  request: BindingRequest,
  { network, ipv4 }: Attachment,
): HostBinding[] {
  const { routed } = readBridgeOptions(release, network.options, network.internal);
  const byDefault = network.options["com.docker.network.bridge.host_binding_ipv4"] ?? "0.0.0.0";
  const wanted = request.hostIp || byDefault;
  const all = request.hostIp === "" && byDefault === "0.0.0.0" ? ["0.0.0.0", "::"] : [wanted];
  return all.flatMap((address) => {
    if (address.includes(":")) return { ...request, address: routed.v6 ? "::" : address, routed: routed.v6 };
    if (ipv4 === "") return [];
    return { ...request, address: routed.v4 ? "0.0.0.0" : address, routed: routed.v4 };
  });
}

/** How often the bridge driver tries to find a port that can be bound. */
const attempts = 10;

function takePort(
  daemon: PortState,
  { port, range }: BindingRequest,
  addresses: readonly string[],
  through: Attachment,
): number {
  const { containers } = daemon.release;
  let reason = "";
  for (let attempt = 0; attempt < attempts; attempt++) {
    const taken = daemon.ports.take(addresses, port.protocol, range, containers.portsOfAllAddressesTogether);
    if (typeof taken !== "number") {
      throw new BindFailure(
        taken.kind === "exhausted"
          ? "all ports are allocated"
          : `Bind for ${taken.address}:${taken.port} failed: port is already allocated`,
      );
    }
    const failure = failureAt(daemon, addresses, port.protocol, taken);
    const clashing = containers.clashingPort.protocols.has(port.protocol) ? clash(addresses) : undefined;
    if (!failure && clashing === undefined) return taken;
    for (const address of addresses) daemon.ports.free(address, port.protocol, taken);
    reason = failure
      ? containers.hostPortFailure(failure.why, failure.address, taken, range, port, through.ipv4)
      : containers.clashingPort.failure(clashing!, taken, port.protocol);
    const hasOthers = range.first !== range.last && containers.triesOtherPortsOfRange;
    if (range.first !== 0 && !hasOthers) break;
  }
  throw new BindFailure(reason);
}

/** Finds the first address that the host cannot listen at, and why in Linux's words. */
function failureAt(
  daemon: PortState,
  addresses: readonly string[],
  protocol: string,
  port: number,
): { readonly address: string; readonly why: string } | undefined {
  const { ports, release } = daemon;
  for (const address of addresses) {
    if (!isOwnAddress(daemon, address)) return { address, why: "cannot assign requested address" };
  }
  for (const address of addresses) {
    // When all addresses are bound together, `take` has found what containers hold.
    const together = release.containers.portsOfAllAddressesTogether;
    if (!together && ports.blocked(address, protocol, port))
      return { address, why: "address already in use" };
    const why = ports.real?.refusal({ protocol, address, port });
    if (why !== undefined) return { address, why };
  }
  return undefined;
}

/**
 * Returns the first address that cannot be bound beside one before it: the same, or one of a family of which one of the two
 * stands for all addresses.
 */
function clash(addresses: readonly string[]): string | undefined {
  const all = (address: string) => (address.includes(":") ? "::" : "0.0.0.0");
  const covers = (one: string, other: string) => one === other || one === all(other);
  return addresses.find((one, at) =>
    addresses.slice(0, at).some((other) => covers(one, other) || covers(other, one)),
  );
}

/**
 * Returns whether the host can listen at an address: loopback, any address, its own ones, and those of its
 * bridges.
 */
function isOwnAddress(daemon: PortState, address: string): boolean {
  if (address.startsWith("127.") || ["0.0.0.0", "::", "::1"].includes(address)) return true;
  if (daemon.settings.hostSubnets.some((subnet) => subnet.split("/")[0] === address)) return true;
  for (const network of daemon.networks.byId.values()) {
    if (network.ipam.Config?.some(({ Gateway }) => Gateway === address)) return true;
  }
  return false;
}
