import type { Container } from "../containers/container.js";
import type { Daemon } from "../daemon.js";
import { compareText } from "../go-order.js";
import type { Attachment } from "./endpoint.js";
import { gatewaysOf } from "./gateway.js";

/** Lists a container's attachments, in no particular order. */
export function attachmentsOf({ endpoints }: Container): Attachment[] {
  const attachments = new Set<Attachment>();
  for (const { attachment } of endpoints.values()) if (attachment) attachments.add(attachment);
  return [...attachments];
}

/**
 * Lists a container's attachments in the order in which names are looked up and a gateway is chosen: higher
 * gateway priority first, then networks that are not internal, then networks with more gateways, then by the
 * network's name in byte order.
 */
export function orderedAttachments(daemon: Daemon, container: Container): Attachment[] {
  const attachments = attachmentsOf(container);
  if (attachments.length < 2) return attachments;
  const { gatewayWeight } = daemon.release.endpoints;
  const weight = (attachment: Attachment) => {
    const { v4, v6 } = gatewaysOf(daemon, attachment);
    return (v4 ? gatewayWeight.v4 : 0) + (v6 ? gatewayWeight.v6 : 0);
  };
  const keyed = attachments.map((attachment) => ({ attachment, weight: weight(attachment) }));
  keyed.sort(
    (a, b) =>
      b.attachment.endpoint.gwPriority - a.attachment.endpoint.gwPriority ||
      Number(a.attachment.network.internal) - Number(b.attachment.network.internal) ||
      b.weight - a.weight ||
      compareText(a.attachment.network.name, b.attachment.network.name),
  );
  return keyed.map(({ attachment }) => attachment);
}

/**
 * Lists the attachments whose interfaces a container has, its networks first in the order of
 * {@link orderedAttachments}, then that on the gateway bridge of a swarm.
 */
export function attachmentsSeen(daemon: Daemon, container: Container): Attachment[] {
  const attachments = orderedAttachments(daemon, container);
  const gateway = container.sandbox?.gateway;
  return gateway ? [...attachments, gateway] : attachments;
}
