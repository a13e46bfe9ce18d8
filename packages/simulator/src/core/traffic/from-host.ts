import { type Address, formatAddress, loopbackHop } from "@dryharbor/kernel/host";
import type { Daemon } from "../daemon.js";
import type { Attachment } from "../endpoints/endpoint.js";
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
import { type Arrival, type Asked, hostPlace, impossible, outsidePlace, type Verdict } from "./place.js";
import { isBroadcast, isLoopbackAddress, isMulticast } from "./special.js";

/** Decides about a packet of the host's own network namespace. */
export function fromHost(daemon: Daemon, packet: Asked, address: Address): Verdict {
  const text = formatAddress(address);
  const { protocol, destination, source } = packet;
  if (isLoopbackAddress(address)) {
    return toHostItself(source ?? (address.family === 4 ? "127.0.0.1" : "::1"), {
      ...destination,
      address: text,
    });
  }
  const network = bridgedNetworkAt(daemon, address);
  if (isBroadcast(address, network)) return impossible(protocol === "tcp" ? "ENETUNREACH" : "EACCES");
  if (isMulticast(address)) return impossible("ENETUNREACH");
  if (isOfHost(daemon, address)) {
    // What the host sends to itself is translated before it leaves. IPv6 only where the engine filters it.
    const translated = address.family === 4 || daemon.release.traffic.filtersIPv6;
    const port = translated ? publishedAt(daemon.ports, protocol, address, destination.port) : undefined;
    const inner = port && addressOf(port.through, address.family);
    if (port && inner) {
      const own = bridgeAddress(daemon, port.through.network, address.family);
      return {
        ...toContainer(daemon, port.through, source ?? text, network ? own : text, inner, address.family),
        destination: { address: inner, port: port.containerPort },
      };
    }
    return toHostItself(source ?? text, { ...destination, address: text });
  }
  if (network) {
    const own = bridgeAddress(daemon, network, address.family);
    const attachment = network.addresses.get(text);
    if (own === "") return outside(daemon, packet, text);
    if (!attachment) {
      return {
        kind: "unresolved",
        why: "nobody",
        local: source ?? own,
        out: hopFromHost(network, text, ""),
        routers: [],
      };
    }
    return {
      ...toContainer(daemon, attachment, source ?? own, source ?? own, text, address.family),
      destination: { ...destination, address: text },
    };
  }
  return outside(daemon, packet, text);
}

function toHostItself(local: string, destination: Asked["destination"]): Arrival {
  return {
    kind: "delivered",
    local,
    out: loopbackHop,
    to: hostPlace,
    source: local,
    destination,
    in: loopbackHop,
    routers: [],
  };
}

function toContainer(
  daemon: Daemon,
  attachment: Attachment,
  local: string,
  source: string,
  address: string,
  family: 4 | 6,
): Omit<Arrival, "destination"> {
  const { network, container } = attachment;
  return {
    kind: "delivered",
    local,
    out: hopFromHost(network, address, macOf(attachment)),
    to: { kind: "container", container },
    source,
    in: hopFrom(attachment, bridgeAddress(daemon, network, family), bridgeMac(daemon, network)),
    routers: [],
  };
}

/** Decides about a packet of the host to a machine outside. */
function outside(daemon: Daemon, { source, destination }: Asked, text: string): Verdict {
  const uplink = hostInterfaces(daemon).find(({ outward }) => outward);
  const out = { device: uplink?.name ?? "eth0", address: "", mac: "" };
  const local = source ?? uplink?.addresses[0] ?? "";
  switch (daemon.upstream.reaches({ ...destination, address: text }, "host")) {
    case "there":
      return {
        kind: "delivered",
        local,
        out,
        to: outsidePlace,
        source: local,
        destination: { ...destination, address: text },
        in: out,
        routers: [],
      };
    case "silent":
      return { kind: "dropped", why: "outside-silent", local, out, routers: [] };
    case "no-route":
      return impossible("ENETUNREACH");
  }
}
