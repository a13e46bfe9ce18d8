import type { Daemon } from "../daemon.js";
import type { Attachment } from "../endpoints/endpoint.js";
import { parsePort } from "../ports/port.js";
import { parseBoolean } from "../strconv.js";
import type { Asked } from "./place.js";

const iccOption = "com.docker.network.bridge.enable_icc";

/**
 * Tells what becomes of a packet between two containers on one network. Without inter-container communication
 * (`enable_icc=false`) it arrives only where a legacy link opens a port of its target. Filters for IPv6 then
 * hide even who has an address.
 */
export function betweenNeighbours(
  { release }: Daemon,
  from: Attachment,
  to: Attachment,
  packet: Asked,
  family: 4 | 6,
): "arrives" | "dropped" | "unresolved" {
  if (communicates(from)) return "arrives";
  if (family === 6) return release.traffic.filtersIPv6 ? "unresolved" : "arrives";
  return packet.protocol === "arp" || opensPort(from, to, packet) ? "arrives" : "dropped";
}

function communicates({ network: { driver, options } }: Attachment): boolean {
  const value = options[iccOption];
  return driver !== "bridge" || value === undefined || parseBoolean(value);
}

/** Returns whether a link of the sender opens a port of the receiver: one that the receiver exposes. */
function opensPort(from: Attachment, to: Attachment, { protocol, destination }: Asked): boolean {
  const isLinked = (from.container.links ?? []).some(({ target }) => target === to.container);
  if (!isLinked || !from.network.predefined) return false;
  return Object.keys(to.container.config.ExposedPorts ?? {}).some((text) => {
    const port = parsePort(text);
    return port.number === destination.port && port.protocol === protocol;
  });
}
