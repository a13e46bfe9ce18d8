import type { Daemon } from "../daemon.js";
import { addressPlace } from "../ipam/ipam.js";
import { isVlanDriver, readVlanOptions, vlanGateways } from "../networks/vlan.js";
import type { Attachment } from "./endpoint.js";

/** The gateways to which an endpoint's container sends packets for other networks. Empty: no gateway. */
export interface Gateways {
  readonly v4: string;
  readonly v6: string;
}

/** Returns the gateways of an attachment, as its network's driver and the release set them. */
export function gatewaysOf(daemon: Daemon, { network, ipv4, ipv6 }: Attachment): Gateways {
  const { release } = daemon;
  const { driver, internal, options, pools } = network;
  if (isVlanDriver(driver)) {
    const without = vlanGateways(readVlanOptions(release, driver, options, internal));
    return {
      v4: without.v4 ? "" : addressPlace(pools, ipv4).gateway,
      v6: without.v6 ? "" : addressPlace(pools, ipv6).gateway,
    };
  }
  // Containers of an overlay network reach the outside over the gateway bridge.
  if (driver === "overlay") return { v4: "", v6: "" };
  if (internal && !release.endpoints.internalGateway) return { v4: "", v6: "" };
  return { v4: addressPlace(pools, ipv4).gateway, v6: addressPlace(pools, ipv6).gateway };
}
