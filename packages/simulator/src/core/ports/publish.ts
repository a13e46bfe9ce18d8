import { engineError, type PortBinding } from "@dryharbor/sdk/port";
import type { Container } from "../containers/container.js";
import type { Daemon } from "../daemon.js";
import { type Attachment, nameOfEndpoint } from "../endpoints/endpoint.js";
import { orderedAttachments } from "../endpoints/order.js";
import { compareText, sortedByKey } from "../go-order.js";
import { readBridgeOptions } from "../networks/bridge-options.js";
import { type BindingRequest, bindingRequests, inBindingOrder } from "./binding-order.js";
import { formatPort, parsePort } from "./port.js";

/** What publishing shows: ports as inspect has them. */
type Published = Record<string, PortBinding[] | null>;

/** One for all containers without any. */
export const noPorts: Published = Object.freeze({});

/**
 * The endpoint that gives a container its default gateway, if that is on a bridge: its ports are published through
 * it. Where several could, the first of both families is taken, or else of IPv4.
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
 * Publishes a container's ports anew where an endpoint that came has changed its gateway. Ephemeral ports
 * get new numbers then, as in the engine. Where a port cannot be had it throws, and the container has none
 * published.
 */
export function publishAfterJoin(daemon: Daemon, container: Container): void {
  const { sandbox } = container;
  const through = gatewayAttachment(daemon, container);
  if (!sandbox || through === sandbox.publishedThrough) return;
  if (through?.network.internal) {
    // The one before shows its ports from now on as exposed and not published.
    release(daemon, sandbox.ports);
    sandbox.ports = Object.fromEntries(Object.keys(sandbox.ports).map((port) => [port, null]));
  } else {
    publishThrough(daemon, container, through);
  }
}

/**
 * To be called when an endpoint has gone; where it was the gateway, the next one publishes the ports. On 20.10
 * that may be on an internal network, which a join does not publish through. Seen there.
 */
export function publishAfterLeave(
  daemon: Daemon,
  container: Container,
  gone: Attachment,
  wasGateway: boolean,
): void {
  if (wasGateway) publishThrough(daemon, container, gatewayAttachment(daemon, container));
  else if (container.sandbox?.publishedThrough === gone) unpublishPorts(daemon, container);
}

function publishThrough(daemon: Daemon, container: Container, through: Attachment | null): void {
  const { sandbox } = container;
  if (!sandbox) return;
  unpublishPorts(daemon, container);
  if (!through) return;
  sandbox.ports = publish(daemon, container, through);
  sandbox.publishedThrough = through;
}

/** Gives all of a container's ports back. */
export function unpublishPorts(daemon: Daemon, container: Container): void {
  const { sandbox } = container;
  if (!sandbox) return;
  release(daemon, sandbox.ports);
  sandbox.ports = noPorts;
  sandbox.publishedThrough = null;
}

/** Takes the ports that a container of a snapshot holds. */
export function retakePorts(daemon: Daemon, container: Container): void {
  for (const { address, protocol, port } of heldBy(container.sandbox?.ports ?? {})) {
    daemon.ports.take([address], protocol, { first: port, last: port }, false);
  }
}

function release(daemon: Daemon, ports: Published): void {
  for (const { address, protocol, port } of heldBy(ports)) daemon.ports.free(address, protocol, port);
}

/** The host's ports of what is published: all but those of routed networks, which need none. */
function heldBy(ports: Published): { address: string; protocol: string; port: number }[] {
  return Object.entries(ports).flatMap(([key, bindings]) =>
    (bindings ?? []).flatMap(({ HostIp: address = "", HostPort = "" }) =>
      HostPort === "" ? [] : { address, protocol: parsePort(key).protocol, port: Number(HostPort) },
    ),
  );
}

function publish(daemon: Daemon, container: Container, through: Attachment): Published {
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
    for (const together of boundTogether(
      daemon,
      inBindingOrder(daemon.release.containers.bindingOrder, requests),
    )) {
      const key = formatPort(together[0]!.port);
      const bound = bind(daemon, together, through);
      if (bound.length > 0) published[key] = [...(published[key] ?? []), ...bound];
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

/** Requests that differ only in the host's address are one where all addresses get the same port. */
function boundTogether(daemon: Daemon, requests: readonly BindingRequest[]): BindingRequest[][] {
  const groups: BindingRequest[][] = [];
  for (const request of requests) {
    const group = groups.at(-1);
    if (group && daemon.release.containers.portsOfAllAddressesTogether && areAlike(group[0]!, request)) {
      group.push(request);
    } else {
      groups.push([request]);
    }
  }
  return groups;
}

function areAlike(one: BindingRequest, other: BindingRequest): boolean {
  return (
    formatPort(one.port) === formatPort(other.port) &&
    one.range.first === other.range.first &&
    one.range.last === other.range.last
  );
}

function bind(daemon: Daemon, together: readonly BindingRequest[], through: Attachment): PortBinding[] {
  const [request] = together as [BindingRequest];
  const addresses = together.flatMap((each) => hostAddresses(daemon, each, through));
  const groups = daemon.release.containers.portsOfAllAddressesTogether
    ? [addresses]
    : addresses.map((address) => [address]);
  return groups.flatMap((group) => {
    const translated = group.filter(({ routed }) => !routed).map(({ address }) => address);
    const port = translated.length > 0 ? String(takePort(daemon, request, translated, through)) : "";
    return group.map(({ address, routed }) => ({ HostIp: address, HostPort: routed ? "" : port }));
  });
}

/** An address of the host to bind to. Where it is routed, the container's own port is open and the host's not held. */
interface HostAddress {
  readonly address: string;
  readonly routed: boolean;
}

/**
 * Both families, unless the binding or the network's default says one address. To IPv4 leads only an endpoint
 * that has it, and to IPv6 any one, as a proxy goes between.
 */
function hostAddresses(
  { release }: Daemon,
  { hostIp }: BindingRequest,
  { network, ipv4 }: Attachment,
): HostAddress[] {
  const { routed } = readBridgeOptions(release, network.options, network.internal);
  const byDefault = network.options["com.docker.network.bridge.host_binding_ipv4"] ?? "0.0.0.0";
  const wanted = hostIp || byDefault;
  const all = hostIp === "" && byDefault === "0.0.0.0" ? ["0.0.0.0", "::"] : [wanted];
  return all.flatMap((address) => {
    if (address.includes(":")) return { address: routed.v6 ? "::" : address, routed: routed.v6 };
    return ipv4 === "" ? [] : { address: routed.v4 ? "0.0.0.0" : address, routed: routed.v4 };
  });
}

/** The bridge driver tries that often to find an ephemeral port that can be bound. */
const attempts = 10;

function takePort(
  daemon: Daemon,
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
    const refusing = addresses.find((address) => !isOwnAddress(daemon, address));
    // Where all are taken together, whatever stands in the way has been found by now.
    const blocked = containers.portsOfAllAddressesTogether
      ? undefined
      : addresses.find((address) => daemon.ports.blocked(address, port.protocol, taken));
    const clashing = port.protocol === "tcp" && clash(addresses);
    if (refusing === undefined && blocked === undefined && !clashing) return taken;
    for (const address of addresses) daemon.ports.free(address, port.protocol, taken);
    reason =
      refusing !== undefined
        ? containers.unavailableHostAddress(refusing, taken, range, port, through.ipv4)
        : clashing
          ? // Seen on 28.5: the ports are free, and it is the second listener that is refused.
            "failed to listen on TCP socket: address already in use"
          : containers.blockedHostPort(blocked ?? "", taken, port);
    if (range.first !== 0) break;
  }
  throw new BindFailure(reason);
}

/** Whether two of the addresses are the same, or one stands for all of the other's family. */
function clash(addresses: readonly string[]): boolean {
  return addresses.some((one, at) =>
    addresses.some(
      (other, index) => index !== at && (one === other || one === (other.includes(":") ? "::" : "0.0.0.0")),
    ),
  );
}

/** Whether the host can listen at an address: loopback, everywhere, its own, and its bridges'. */
function isOwnAddress(daemon: Daemon, address: string): boolean {
  if (address.startsWith("127.") || ["0.0.0.0", "::", "::1"].includes(address)) return true;
  if (daemon.settings.hostSubnets.some((subnet) => subnet.split("/")[0] === address)) return true;
  for (const network of daemon.networks.byId.values()) {
    if (network.ipam.Config?.some(({ Gateway }) => Gateway === address)) return true;
  }
  return false;
}
