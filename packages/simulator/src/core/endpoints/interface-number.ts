// The numbers of a container's interfaces: `eth0`, `eth1` and so on.

import type { Container } from "../containers/container.js";
import type { Daemon } from "../daemon.js";
import type { Attachment } from "./endpoint.js";
import { attachmentsOf } from "./order.js";

/** Numbers the interface that an attachment has just got in the container's namespace, if it has one. */
export function numberInterface({ release }: Daemon, container: Container, attachment: Attachment): void {
  const { sandbox } = container;
  if (attachment.mac === "" || !sandbox) return;
  attachment.interfaceNumber = release.endpoints.reusesInterfaceNumbers
    ? lowestFree(container, attachment)
    : sandbox.nextInterface++;
}

function lowestFree(container: Container, attachment: Attachment): number {
  const gateway = container.sandbox?.gateway;
  const others = [...attachmentsOf(container), ...(gateway ? [gateway] : [])];
  const taken = others.filter((other) => other !== attachment).map((other) => other.interfaceNumber);
  let number = 0;
  while (taken.includes(number)) number++;
  return number;
}
