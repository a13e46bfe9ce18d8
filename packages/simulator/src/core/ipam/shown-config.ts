import { formatAddress, formatPrefix } from "@dryharbor/kernel/host";
import type { IPAMPoolConfig } from "@dryharbor/sdk/port";
import { sortedByKey } from "../go-order.js";
import type { Release } from "../releases/release.js";
import type { IpamConfig } from "./network-config.js";
import type { NetworkPools, Pool } from "./pool.js";

/** Shows `IPAM.Config` of a network that takes no pools: `host`, `none` or a configuration network. */
export function unallocatedConfig(release: Release, config: IpamConfig): IPAMPoolConfig[] | null {
  const shown = [...config.v4, ...config.v6];
  return shown.length === 0 && release.ipam.showsEmptyConfigAsNull ? null : shown;
}

/**
 * Shows `IPAM.Config` of a network with pools: the entries as they were given, and the pools that the engine
 * picked.
 */
export function shownConfig(
  release: Release,
  config: IpamConfig,
  pools: NetworkPools,
): IPAMPoolConfig[] | null {
  if (release.ipam.showsTakenPools) return takenConfig(config, pools);
  const asked = { v4: [...config.v4], v6: [...config.v6] };
  const picked = {
    v4: pools.v4.filter((pool) => pool.automatic).map((pool) => shownPick(release, pool)),
    v6: pools.v6.filter((pool) => pool.automatic).map((pool) => shownPick(release, pool)),
  };
  const shown = release.ipam.showsPickedPoolsLast
    ? [...asked.v4, ...asked.v6, ...picked.v4, ...picked.v6]
    : [...asked.v4, ...picked.v4, ...asked.v6, ...picked.v6];
  return shown.length > 0 ? shown : unallocatedConfig(release, config);
}

/** Shows pools as they were taken. Where a family's entries name a subnet, those without one are left out. */
function takenConfig(config: IpamConfig, { v4, v6 }: NetworkPools): IPAMPoolConfig[] | null {
  const named = (entries: readonly IPAMPoolConfig[], taken: readonly Pool[]) =>
    taken.flatMap((pool, place) => {
      const { Subnet, IPRange } = entries[place] ?? {};
      return Subnet === undefined ? [] : [shownPool(pool, IPRange)];
    });
  const shown4 = named(config.v4, v4);
  const shown6 = named(config.v6, v6);
  const shown = [
    ...shown4,
    ...shown6,
    ...(shown4.length > 0 ? [] : v4.map((pool) => shownPool(pool))),
    ...(shown6.length > 0 ? [] : v6.map((pool) => shownPool(pool))),
  ];
  return shown.length > 0 ? shown : null;
}

function shownPool({ subnet, gateway, auxiliary }: Pool, IPRange?: string): IPAMPoolConfig {
  const addresses = [...auxiliary].map(([name, address]) => [name, formatAddress(address)]);
  return {
    Subnet: formatPrefix(subnet),
    ...(IPRange && { IPRange }),
    ...(gateway && { Gateway: formatAddress(gateway) }),
    ...(addresses.length > 0 && { AuxiliaryAddresses: sortedByKey(Object.fromEntries(addresses)) }),
  };
}

function shownPick(release: Release, { subnet, gateway }: Pool): IPAMPoolConfig {
  const Subnet = formatPrefix(subnet);
  if (!gateway) return { Subnet };
  const asBlock = subnet.address.family === 6 && release.ipam.showsPickedIPv6GatewayAsBlock;
  return { Subnet, Gateway: formatAddress(gateway) + (asBlock ? `/${subnet.bits}` : "") };
}
