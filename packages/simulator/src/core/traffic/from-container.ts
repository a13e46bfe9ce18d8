import {
  type Address,
  contains,
  formatAddress,
  type Hop,
  loopbackHop,
  type NetworkNamespace,
  type NextHop,
  nextHop,
} from "@dryharbor/kernel/host";
import type { Container } from "../containers/container.js";
import type { Daemon } from "../daemon.js";
import type { Attachment } from "../endpoints/endpoint.js";
import { type AttachedInterface, networkNamespace } from "../endpoints/namespace.js";
import { attachmentsSeen } from "../endpoints/order.js";
import { isOrphaned, namespaceOwner } from "../files/namespace-owner.js";
import { readBridgeOptions } from "../networks/bridge-options.js";
import type { Network } from "../networks/network.js";
import { publishedAt } from "../ports/published.js";
import { hostInterfaces } from "../system/interfaces.js";
import {
  addressOf,
  bridgeAddress,
  bridgedNetworkAt,
  bridgeMac,
  hopFrom,
  hopFromHost,
  isOfHost,
  macOf,
} from "./bridges.js";
import { betweenNeighbours } from "./neighbours.js";
import { type Asked, hostPlace, impossible, outsidePlace, type Verdict } from "./place.js";
import { isBroadcast, isLoopbackAddress, isMulticast } from "./special.js";

/** The way that a packet takes out of a container's namespace. */
interface Exit {
  readonly attachment: Attachment;
  readonly local: string;
}

/** Decides about a packet of a container that has a network namespace of its own, or shares another container's. */
export function fromContainer(daemon: Daemon, asker: Container, packet: Asked, address: Address): Verdict {
  const { protocol, destination, source } = packet;
  const owner = namespaceOwner(daemon, asker);
  if (owner.hostConfig.NetworkMode === "host") return impossible("ENETUNREACH");
  const attachments = isOrphaned(daemon, asker) ? [] : attachmentsSeen(daemon, owner);
  const namespace = networkNamespace(daemon, attachments);
  const text = formatAddress(address);
  const { family } = address;
  if (isLoopbackAddress(address)) {
    if (family === 6 && !namespace.loopback6) return impossible("EADDRNOTAVAIL");
    return toItself(asker, source ?? (family === 4 ? "127.0.0.1" : "::1"), { ...destination, address: text });
  }
  if (family === 6 && !attachments.some(({ ipv6 }) => ipv6 !== "")) {
    return impossible(daemon.release.traffic.withoutIPv6);
  }
  const [usual] = attachments;
  if (isBroadcast(address, attachments.find(({ network }) => isBroadcast(address, network))?.network)) {
    return impossible(usual && protocol !== "tcp" ? "EACCES" : "ENETUNREACH");
  }
  if (isMulticast(address)) {
    if (!usual || protocol === "tcp") return impossible("ENETUNREACH");
    const out = hopFrom(usual, text, "");
    return { kind: "dropped", why: "multicast", local: addressOf(usual, family), out, routers: [] };
  }
  const hop = hopOf(namespace, address, packet.device);
  if (hop?.kind === "local") return toItself(asker, source ?? text, { ...destination, address: text });
  if (hop?.kind === "link") {
    const { attachment } = hop.interface;
    const exit = { attachment, local: source ?? addressOf(attachment, family) };
    return onLink(daemon, exit, packet, address, text);
  }
  if (hop?.kind === "gateway") {
    const through = namespace.interfaces.find(({ addresses }) =>
      addresses.some(({ subnet }) => contains(subnet, hop.gateway)),
    );
    if (through) return byGateway(daemon, through, packet, address, formatAddress(hop.gateway));
  }
  return impossible("ENETUNREACH");
}

/** Finds the next hop, by one interface alone where one is asked for. */
function hopOf(
  namespace: NetworkNamespace<AttachedInterface>,
  address: Address,
  device: string | undefined,
): NextHop<AttachedInterface> | undefined {
  const hop = nextHop(namespace, address);
  if (device === undefined || hop?.kind === "local") return hop;
  const wanted = namespace.interfaces.find(({ name }) => name === device);
  if (!wanted) return undefined;
  const isIts = (gateway: Address): boolean =>
    wanted.addresses.some(({ subnet }) => contains(subnet, gateway));
  if (hop?.kind === "gateway" && isIts(hop.gateway)) return hop;
  // Without a route by that interface Linux takes the address for a neighbour's.
  return { kind: "link", interface: wanted };
}

function toItself(container: Container, local: string, destination: Asked["destination"]): Verdict {
  return {
    kind: "delivered",
    local,
    out: loopbackHop,
    to: { kind: "container", container },
    source: local,
    destination,
    in: loopbackHop,
    routers: [],
  };
}

/** Decides about a packet to an address on one of the sender's own networks. */
function onLink(daemon: Daemon, exit: Exit, packet: Asked, address: Address, text: string): Verdict {
  const { attachment, local } = exit;
  const { network } = attachment;
  if (bridgeAddress(daemon, network, address.family) === text)
    return toHost(daemon, exit, packet, address, text);
  const peer = network.addresses.get(text);
  if (!peer)
    return { kind: "unresolved", why: "nobody", local, out: hopFrom(attachment, text, ""), routers: [] };
  const out = hopFrom(attachment, text, macOf(peer));
  const fate = betweenNeighbours(daemon, attachment, peer, packet, address.family);
  const why = "no-inter-container-communication";
  if (fate === "unresolved")
    return { kind: fate, why, local, out: hopFrom(attachment, text, ""), routers: [] };
  if (fate === "dropped") return { kind: fate, why, local, out, routers: [] };
  return {
    kind: "delivered",
    local,
    out,
    to: { kind: "container", container: peer.container },
    source: local,
    destination: { ...packet.destination, address: text },
    in: hopFrom(peer, local, macOf(attachment)),
    routers: [],
  };
}

/** Decides about a packet that the default gateway forwards. */
function byGateway(
  daemon: Daemon,
  { attachment }: AttachedInterface,
  packet: Asked,
  address: Address,
  gateway: string,
): Verdict {
  const { network } = attachment;
  const local = packet.source ?? addressOf(attachment, address.family);
  const exit = { attachment, local };
  if (bridgeAddress(daemon, network, address.family) !== gateway) {
    // The gateway is no bridge of the host: nobody has the address.
    return { kind: "unresolved", why: "nobody", local, out: hopFrom(attachment, gateway, ""), routers: [] };
  }
  const text = formatAddress(address);
  if (isOfHost(daemon, address)) return toHost(daemon, exit, packet, address, text);
  const other = bridgedNetworkAt(daemon, address);
  const out = hopFrom(attachment, gateway, bridgeMac(daemon, network));
  if (!other) return outside(daemon, exit, packet, text, out);
  const peer = other.addresses.get(text);
  const isRouted = peer !== undefined && isOpenToOthers(daemon, peer, packet, address.family);
  if (isKeptApart(daemon, address.family) && !isRouted) {
    return { kind: "dropped", why: "between-networks", local, out, routers: [gateway] };
  }
  if (!peer) return { kind: "unresolved", why: "nobody", local, out, routers: [gateway] };
  return {
    kind: "delivered",
    local,
    out,
    to: { kind: "container", container: peer.container },
    // The sender's network hides its addresses from routed ones, as from the outside.
    source: isRouted && masquerades(daemon, network) ? bridgeAddress(daemon, other, address.family) : local,
    destination: { ...packet.destination, address: text },
    in: hopFrom(peer, bridgeAddress(daemon, other, address.family), bridgeMac(daemon, other)),
    routers: [gateway],
  };
}

function masquerades({ release }: Daemon, { options, internal }: Network): boolean {
  return readBridgeOptions(release, options, internal).masquerades;
}

/**
 * Returns whether a container on a network in gateway mode `routed` is open to other networks: it answers pings,
 * and what it publishes is open at its own address.
 */
function isOpenToOthers(
  { release }: Daemon,
  { network, container }: Attachment,
  { protocol, destination }: Asked,
  family: 4 | 6,
): boolean {
  const { routed } = readBridgeOptions(release, network.options, network.internal);
  if (family === 4 ? !routed.v4 : !routed.v6) return false;
  if (protocol === "icmp") return true;
  const bindings = container.sandbox?.ports[`${destination.port}/${protocol}`] ?? [];
  return bindings.some(({ HostIp = "" }) => HostIp.includes(":") === (family === 6));
}

/** Returns whether the engine's filters drop what one bridge sends to another. */
function isKeptApart({ release }: Daemon, family: 4 | 6): boolean {
  return family === 4 || release.traffic.filtersIPv6;
}

/** Decides about a packet to one of the host's own addresses. */
function toHost(daemon: Daemon, exit: Exit, packet: Asked, address: Address, text: string): Verdict {
  const { attachment, local } = exit;
  const { network } = attachment;
  const gateway = bridgeAddress(daemon, network, address.family);
  const out = hopFrom(attachment, gateway, bridgeMac(daemon, network));
  if (isTranslatedAway(daemon, network, packet, address, text)) {
    return { kind: "dropped", why: "published-elsewhere", local, out, routers: [] };
  }
  return {
    kind: "delivered",
    local,
    out,
    to: hostPlace,
    source: local,
    destination: { ...packet.destination, address: text },
    in: hopFromHost(network, local, macOf(attachment)),
    routers: [],
  };
}

/**
 * Returns whether a packet to a published port is translated to the container's address and dropped then, since
 * that is on another network. Usually such packets go to the host's proxy; those of internal networks at their
 * own bridge do not, and neither do those of networks whose addresses are not hidden.
 */
function isTranslatedAway(
  daemon: Daemon,
  network: Network,
  { protocol, destination }: Asked,
  address: Address,
  text: string,
): boolean {
  if (address.family === 6 && !daemon.release.traffic.filtersIPv6) return false;
  const port = publishedAt(daemon.ports, protocol, address, destination.port);
  if (!port) return false;
  if (network.internal) return bridgeAddress(daemon, network, address.family) === text;
  return port.through.network !== network && !masquerades(daemon, network);
}

/** Decides about a packet to a machine outside, which the host forwards under its own address. */
function outside(
  daemon: Daemon,
  { attachment, local }: Exit,
  packet: Asked,
  text: string,
  out: Hop,
): Verdict {
  const from = attachment.network.internal ? "gateway-only" : "container";
  const routers = [out.address];
  switch (daemon.upstream.reaches({ ...packet.destination, address: text }, from)) {
    case "there": {
      const uplink = hostInterfaces(daemon).find(({ outward }) => outward);
      const source = uplink?.addresses[0] ?? local;
      return {
        kind: "delivered",
        local,
        out,
        to: outsidePlace,
        source,
        destination: { ...packet.destination, address: text },
        in: { device: "eth0", address: source, mac: "" },
        routers,
      };
    }
    case "silent":
      return { kind: "dropped", why: "outside-silent", local, out, routers };
    case "no-route":
      return {
        kind: "rejected",
        why: "outside-unreachable",
        local,
        out,
        routers,
        by: out.address,
        code: 0,
      };
  }
}
