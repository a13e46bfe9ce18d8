import { formatAddress, formatPrefix } from "@dryharbor/kernel/host";
import { EngineError, type IPAMPoolConfig } from "@dryharbor/sdk/port";
import type { Daemon } from "../../daemon.js";
import { type AddressPool, allocatePools, releasePools, takeNext } from "../../ipam/ipam.js";
import { emitSwarmEvent } from "../events.js";
import { touch } from "../meta.js";
import type { Swarm } from "../swarm.js";
import { type Allocation, isWaiting, type SwarmNetwork, vxlanIdList } from "./swarm-network.js";

/** The first VXLAN id that a swarm picks. Lower ids are left for users. */
export const firstVxlanId = 4096;
const lastVxlanId = 0xff_ffff;

/** The address scope of all pools of a swarm. */
const scope = "local";

/**
 * Allocates a network's subnets and emits an update unless `silent`. If that is impossible, the network waits
 * without subnets.
 */
export function allocate(daemon: Daemon, swarm: Swarm, network: SwarmNetwork, { silent = false } = {}): void {
  if (network.driver === "overlay") {
    network.allocation = allocation(daemon, swarm, network);
    if (!network.allocation) return;
  }
  touch(swarm, network, daemon.clock.now());
  if (!silent) emitSwarmEvent(daemon, "network", "update", network.id, { name: network.name });
}

function allocation(daemon: Daemon, swarm: Swarm, network: SwarmNetwork): Allocation | null {
  const { v4, v6 } = network.ipam;
  if (v6.length > 0 && !daemon.release.swarm.allocatesIPv6) return null;
  try {
    const { pools } = allocatePools(swarm.ipam, {
      networkName: network.name,
      scope,
      ipamDriver: "default",
      enableIPv4: v4.length > 0 || v6.length === 0,
      enableIPv6: v6.length > 0,
      config: { v4: v4.map(withoutAuxiliary), v6: v6.map(withoutAuxiliary) },
    });
    const all = [...pools.v4, ...pools.v6];
    const vxlanIds = takeVxlanIds(swarm, network, all.length);
    if (!vxlanIds) {
      releasePools(swarm.ipam, scope, pools);
      return null;
    }
    const asked = [...v4, ...v6];
    const shown = all.map(({ subnet, gateway }, at) => ({
      Subnet: asked[at]?.Subnet ?? formatPrefix(subnet),
      ...(asked[at]?.IPRange && { IPRange: asked[at].IPRange }),
      Gateway: gateway ? formatAddress(gateway) : "",
    }));
    const place = ({ Subnet }: { readonly Subnet: string }) => network.subnets.indexOf(Subnet);
    return { pools, shown: shown.sort((a, b) => place(a) - place(b)), vxlanIds, cursor: 0n };
  } catch (error) {
    if (error instanceof EngineError) return null;
    throw error;
  }
}

function withoutAuxiliary({ AuxiliaryAddresses: _, ...config }: IPAMPoolConfig): IPAMPoolConfig {
  return config;
}

/**
 * Takes the VXLAN ids that the options name, then the next free ones. Returns `undefined` if that is
 * impossible.
 */
function takeVxlanIds(swarm: Swarm, network: SwarmNetwork, count: number): number[] | undefined {
  const used = new Set([...swarm.networks.values()].flatMap(({ allocation }) => allocation?.vxlanIds ?? []));
  const named = network.options[vxlanIdList]?.split(",") ?? [];
  if (named.some((id) => !/^\d+$/.test(id))) return undefined;
  const ids: number[] = [];
  for (let at = 0; at < count; at++) {
    const wanted = named[at];
    const id = wanted === undefined ? nextVxlanId(swarm, used) : Number(wanted);
    if (id === undefined || used.has(id) || id > lastVxlanId) return undefined;
    used.add(id);
    ids.push(id);
  }
  return ids;
}

/** Returns the next VXLAN id. Ids that were released come back only after the last one. */
function nextVxlanId(swarm: Swarm, used: ReadonlySet<number>): number | undefined {
  for (let tried = firstVxlanId; tried <= lastVxlanId; tried++) {
    const id = swarm.nextVxlanId;
    swarm.nextVxlanId = id === lastVxlanId ? firstVxlanId : id + 1;
    if (!used.has(id)) return id;
  }
  return undefined;
}

/** Releases a network's subnets. Networks that wait for some then get theirs. */
export function deallocate(daemon: Daemon, swarm: Swarm, network: SwarmNetwork): void {
  if (!network.allocation) return;
  releasePools(swarm.ipam, scope, network.allocation.pools);
  network.allocation = null;
  for (const waiting of swarm.networks.values()) {
    if (isWaiting(waiting)) allocate(daemon, swarm, waiting);
  }
}

/**
 * Returns the next address of a network, or an empty text. Addresses go upwards and wrap around at the end.
 */
export function nextAddress(allocation: Allocation): string {
  const pool = poolOf(allocation);
  const taken = pool && takeNext(pool, allocation.cursor);
  if (!taken) return "";
  allocation.cursor = taken.offset + 1n;
  return formatAddress(taken.address);
}

function poolOf({ pools }: Allocation): AddressPool | undefined {
  return pools.v4[0] ?? pools.v6[0];
}
