// The bridge driver's checks of a new network, in the driver's order. `driver-network.ts` calls them when the
// network has its pools.

import { contains, formatAddress, overlaps, type Prefix, parsePrefix } from "@dryharbor/kernel/host";
import { engineError } from "@dryharbor/sdk/port";
import type { Daemon } from "../daemon.js";
import { type NetworkPools, overlappingFamily } from "../ipam/ipam.js";
import type { Pool } from "../ipam/pool.js";
import { type BridgeOptions, bridgeName } from "./bridge-options.js";
import type { Network } from "./network.js";

/** A bridge network that is being created. */
export interface NewBridge {
  readonly id: string;
  readonly options: Readonly<Record<string, string>>;
  /** What {@link BridgeOptions} says of the options. */
  readonly read: BridgeOptions;
  readonly internal: boolean;
  readonly pools: NetworkPools;
  /** Its IPv4 subnet is written as an IPv4-mapped IPv6 one. */
  readonly isMapped: boolean;
  /**
   * Whether IPAM may have given subnets that overlap those of other networks. The driver then compares them
   * itself.
   */
  readonly mayOverlap: boolean;
}

/** Checks a new bridge network as the bridge driver does. @throws 400 (500 on 20.10), 403, 500 */
export function checkBridge(daemon: Daemon, bridge: NewBridge): void {
  const rows = daemon.release.networks;
  if (rows.checksMtuFirst) checkMtu(daemon, bridge);
  const name = bridgeName({ id: bridge.id, options: { ...bridge.options } });
  if (rows.longBridgeName.early) checkNameLength(daemon, name);
  if (bridge.pools.v4.length > 1 || bridge.pools.v6.length > 1) {
    throw engineError(403, "bridge driver doesn't support multiple subnets");
  }
  if (!rows.checksMtuFirst) checkMtu(daemon, bridge);
  checkIPv6Subnet(daemon, bridge.pools);
  checkConflicts(daemon, bridge, name);
  if (name === "lo" || name === "eth0") throw engineError(500, `existing interface ${name} is not a bridge`);
  checkNameLength(daemon, name);
  if (!/^[^\s/:]+$/.test(name) || name === "." || name === "..") throw engineError(500, "invalid argument");
  // The kernel's limits for a bridge's MTU. IPv4 needs at least 68 bytes.
  const { mtu } = bridge.read;
  if (rows.setsBridgeMtu && mtu !== 0 && (mtu < 68 || mtu > 65_535))
    throw engineError(500, "invalid argument");
  const [pool] = bridge.pools.v6;
  if (pool && isMulticast(pool)) {
    throw engineError(
      500,
      `failed to add IPv6 address ${bridgeAddress(pool)} to bridge: cannot assign requested address`,
    );
  }
  checkMapped(daemon, bridge, name);
  if (rows.refusesInternalGateway && bridge.internal && hasGatewayOfItsOwn(bridge.pools)) {
    throw engineError(400, "no gateway can be set on an internal bridge network");
  }
}

/** The kernel does not take the address of an IPv4-mapped subnet for one of IPv4, nor do its packet filters. */
function checkMapped(daemon: Daemon, { isMapped, internal, read, pools }: NewBridge, name: string): void {
  const [pool] = pools.v4;
  if (!isMapped || !pool) return;
  const problem = daemon.release.networks.mappedBridge({
    name,
    subnet: pool.subnet,
    address: bridgeAddress(pool),
    internal,
    masquerades: read.masquerades,
  });
  if (problem) throw engineError(500, problem);
}

/** Returns whether a gateway other than the bridge is given for IPv4. The engine allows one for IPv6. */
function hasGatewayOfItsOwn({ v4 }: NetworkPools): boolean {
  return v4.some(({ auxiliary }) => auxiliary.has("DefaultGatewayIPv4"));
}

function checkMtu(daemon: Daemon, { read: { mtu } }: NewBridge): void {
  if (mtu < 0) throw engineError(daemon.release.networks.badOptionStatus, `invalid MTU number: ${mtu}`);
}

/** Checks the name's length. Linux allows at most 15 bytes for an interface's name. */
function checkNameLength(daemon: Daemon, name: string): void {
  if (name.length > 15) throw engineError(500, daemon.release.networks.longBridgeName.message);
}

const linkLocal = parsePrefix("fe80::/64") as Prefix;
const multicast = parsePrefix("ff00::/8") as Prefix;

function checkIPv6Subnet(daemon: Daemon, pools: NetworkPools): void {
  const { linkLocalClash, refusesMulticast } = daemon.release.networks;
  const [pool] = pools.v6;
  if (!pool) return;
  const shown = bridgeAddress(pool);
  if (refusesMulticast && isMulticast(pool)) {
    throw engineError(400, `multicast subnet '${shown}' is not allowed`);
  }
  if (linkLocalClash && overlaps(pool.subnet, linkLocal) && pool.subnet.bits !== linkLocal.bits) {
    throw engineError(400, linkLocalClash(shown));
  }
}

function isMulticast({ subnet }: Pool): boolean {
  return contains(multicast, subnet.address);
}

function bridgeAddress({ gateway, subnet }: Pool): string {
  return `${formatAddress(gateway ?? subnet.address)}/${subnet.bits}`;
}

function checkConflicts(daemon: Daemon, bridge: NewBridge, name: string): void {
  const { byId, onBridge } = daemon.networks;
  for (const other of bridge.mayOverlap ? byId.values() : onBridge(name)) {
    if (other.driver !== "bridge") continue;
    if (other.predefined && daemon.release.networks.defaultBridgeGivesWay) continue;
    const reason = conflict(other, bridge, name);
    if (reason) {
      throw engineError(
        403,
        `cannot create network ${bridge.id} (${name}): conflicts with network ${other.id} (${bridgeName(other)}): ${reason}`,
      );
    }
  }
}

function conflict(other: Network, bridge: NewBridge, name: string): string | undefined {
  if (bridgeName(other) === name) return "networks have same bridge name";
  const family = bridge.mayOverlap && overlappingFamily(bridge.pools, other.pools);
  return family ? `networks have overlapping ${family}` : undefined;
}
