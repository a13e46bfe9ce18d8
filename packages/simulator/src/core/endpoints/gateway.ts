import type { Daemon } from "../daemon.js";
import { addressPlace } from "../ipam/ipam.js";
import { isVlanDriver, readVlanOptions, vlanGateways } from "../networks/vlan.js";
import type { Attachment } from "./endpoint.js";

/** Where an endpoint's container sends what is for elsewhere; empty for nowhere. */
export interface Gateways {
  readonly v4: string;
  readonly v6: string;
}

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
  // Its containers reach the outside over the gateway bridge.
  if (driver === "overlay") return { v4: "", v6: "" };
  if (internal && !release.endpoints.internalGateway) return { v4: "", v6: "" };
  return { v4: addressPlace(pools, ipv4).gateway, v6: addressPlace(pools, ipv6).gateway };
}
