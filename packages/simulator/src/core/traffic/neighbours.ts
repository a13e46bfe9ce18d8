import type { Attachment } from "../endpoints/endpoint.js";
import { parsePort } from "../ports/port.js";
import { parseBoolean } from "../strconv.js";
import type { Asked } from "./place.js";

const iccOption = "com.docker.network.bridge.enable_icc";

/**
 * Returns whether two containers on one network reach each other. Without inter-container communication
 * (`enable_icc=false`) they do so only where a legacy link opens a port of its target.
 */
export function mayTalk(from: Attachment, to: Attachment, packet: Asked): boolean {
  if (packet.protocol === "arp" || communicates(from)) return true;
  return opensPort(from, to, packet);
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
