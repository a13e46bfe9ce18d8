import {
  addressBits,
  defaultRoute,
  type InterfaceAddress,
  knownAddress,
  type NetworkInterface,
  type NetworkNamespace,
} from "@dryharbor/kernel/host";
import type { Daemon } from "../daemon.js";
import { ethernetAddress, subnetOf } from "../ipam/ipam.js";
import { numberOfParent } from "../networks/vlan.js";
import type { Attachment } from "./endpoint.js";
import { gatewaysOf } from "./gateway.js";

/** An interface in a container's namespace, with the attachment that it belongs to. */
export interface AttachedInterface extends NetworkInterface {
  readonly attachment: Attachment;
}

/**
 * Returns the network namespace that the engine has made for a container: an interface for each attachment
 * with an address, and for each family a default route by the first gateway, or by the first network that has one
 * for both families.
 */
export function networkNamespace(
  daemon: Daemon,
  attachments: readonly Attachment[],
): NetworkNamespace<AttachedInterface> {
  const gateways = attachments.map((attachment) => gatewaysOf(daemon, attachment));
  const both = daemon.release.endpoints.prefersBothFamilies
    ? gateways.find((each) => each.v4 !== "" && each.v6 !== "")
    : undefined;
  const v4 = (both ?? gateways.find((each) => each.v4 !== ""))?.v4;
  const v6 = (both ?? gateways.find((each) => each.v6 !== ""))?.v6;
  return {
    interfaces: attachments
      .filter(({ interfaceNumber }) => interfaceNumber !== null)
      .map((attachment) => interfaceOf(daemon, attachment)),
    routes: [v4, v6].flatMap((gateway) =>
      gateway === undefined ? [] : [defaultRoute(knownAddress(gateway))],
    ),
    loopback6: daemon.release.endpoints.loopbackHasIPv6 || attachments.some(({ ipv6 }) => ipv6 !== ""),
  };
}

function interfaceOf(daemon: Daemon, attachment: Attachment): AttachedInterface {
  const { mac, ipv4, ipv6 } = attachment;
  const addresses = [ipv4, ipv6].filter((text) => text !== "").map((text) => addressOf(attachment, text));
  return {
    name: interfaceName(attachment),
    mac: ethernetAddress(mac),
    addresses,
    index: attachment.index,
    peer: attachment.hostEnd || numberOfParent(daemon, attachment.network),
    mtu: Number(attachment.network.options["com.docker.network.driver.mtu"] ?? 0) || 1500,
    ...idleTraffic,
    attachment,
  };
}

/** What has gone through an interface whose container does nothing: its neighbours have made themselves known. */
export const idleTraffic = {
  received: { bytes: 736, packets: 8 },
  sent: { bytes: 0, packets: 0 },
} as const satisfies Pick<NetworkInterface, "received" | "sent">;

/** Returns the name of an attachment's interface. */
export function interfaceName({ interfaceNumber }: Pick<Attachment, "interfaceNumber">): string {
  return `eth${interfaceNumber}`;
}

function addressOf({ network }: Attachment, text: string): InterfaceAddress {
  const address = knownAddress(text);
  const subnet = subnetOf(network.pools, address) ?? { address, bits: addressBits[address.family] };
  return { address, subnet };
}
