// The numbers of a container's interfaces: in their names, `eth0`, `eth1` and so on, and those by which kernels know
// them.

import type { Container } from "../containers/container.js";
import type { Daemon } from "../daemon.js";
import { type InterfaceNumbers, loopbackNumber } from "../host/interface-numbers.js";
import { isVlanDriver } from "../networks/vlan.js";
import type { Attachment } from "./endpoint.js";
import { attachmentsOf } from "./order.js";

/** Makes the interface of an attachment that has addresses: the host numbers it, or its end of a veth pair. */
export function makeInterface(daemon: Daemon, attachment: Attachment): void {
  const { interfaces, release } = daemon;
  const isPair = !isVlanDriver(attachment.network.driver);
  if (!isPair || release.endpoints.hostNumbersBothEnds) attachment.index = passingNumber(interfaces);
  if (isPair) attachment.hostEnd = interfaces.take();
}

/** Numbers the interface that an attachment has just got in the container's namespace, if it has one. */
export function numberInterface({ release }: Daemon, container: Container, attachment: Attachment): void {
  const { sandbox } = container;
  if (attachment.mac === "" || !sandbox) return;
  const count = sandbox.nextInterface++;
  attachment.interfaceNumber = release.endpoints.reusesInterfaceNumbers
    ? lowestFree(container, attachment)
    : count;
  if (attachment.index === 0) attachment.index = loopbackNumber + 1 + count;
}

/**
 * Takes the interface of an attachment out of the container's namespace and back to the host. The host gives it
 * another number if it has an interface of that number.
 */
export function returnInterface({ interfaces }: Daemon, attachment: Attachment): void {
  if (attachment.interfaceNumber === null) return;
  attachment.interfaceNumber = null;
  if (interfaces.has(attachment.index)) attachment.index = passingNumber(interfaces);
}

/** Takes a number for an interface that leaves the host at once, and keeps its number where it goes. */
function passingNumber(interfaces: InterfaceNumbers): number {
  const number = interfaces.take();
  interfaces.free(number);
  return number;
}

function lowestFree(container: Container, attachment: Attachment): number {
  const gateway = container.sandbox?.gateway;
  const others = [...attachmentsOf(container), ...(gateway ? [gateway] : [])];
  const taken = others.filter((other) => other !== attachment).map((other) => other.interfaceNumber);
  let number = 0;
  while (taken.includes(number)) number++;
  return number;
}
