// What the engine does with a running container that has lost a legacy link: it leaves all its networks and joins them
// again, with the same addresses, and no event tells of it.

import type { Container } from "../containers/container.js";
import type { Daemon } from "../daemon.js";
import { bridgeAttachment } from "../files/hosts.js";
import { writeFilesAnew } from "../files/write.js";
import { numberInterface, returnInterface } from "./interface-number.js";
import { orderedAttachments } from "./order.js";

/** Makes interfaces and files of a running container anew, if it is on the default bridge. Seen on all three. */
export function refreshNetworks(daemon: Daemon, container: Container): void {
  const bridge = bridgeAttachment(container);
  if (!bridge) return;
  const others = orderedAttachments(daemon, container).filter((other) => other !== bridge);
  const attachments = [bridge, ...others] as const;
  for (const attachment of attachments) returnInterface(daemon, attachment);
  for (const attachment of attachments) numberInterface(daemon, container, attachment);
  writeFilesAnew(daemon, container, attachments);
}
