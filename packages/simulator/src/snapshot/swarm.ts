import type { Daemon } from "../core/daemon.js";
import {
  createIpam,
  restorePools,
  type SavedIpam,
  type SavedPool,
  saveIpam,
  savePools,
} from "../core/ipam/ipam.js";
import { swarmIpamSettings } from "../core/swarm/address-pools.js";
import type { Meta } from "../core/swarm/meta.js";
import type { NetworkTask } from "../core/swarm/networks/network-task.js";
import type { Allocation, SwarmNetwork } from "../core/swarm/networks/swarm-network.js";
import type { SwarmObject } from "../core/swarm/objects/object.js";
import type { Cluster, Swarm, SwarmNode } from "../core/swarm/swarm.js";

/** An object whose times are nanoseconds, as text. */
type Timed<T extends Meta> = Omit<T, "created" | "updated"> & {
  readonly created: string;
  readonly updated: string;
};

/** A swarm in a snapshot. */
export interface SavedSwarm {
  readonly cluster: Timed<Cluster>;
  readonly node: Timed<SwarmNode>;
  readonly peer: string;
  readonly ipam: SavedIpam;
  readonly networks: readonly (Omit<Timed<SwarmNetwork>, "allocation"> & {
    readonly allocation: SavedAllocation | null;
  })[];
  readonly tasks: readonly Timed<NetworkTask>[];
  readonly secrets: readonly Timed<SwarmObject>[];
  readonly configs: readonly Timed<SwarmObject>[];
  readonly index: number;
  readonly nextVxlanId: number;
}

type SavedAllocation = Omit<Allocation, "pools" | "cursor"> & {
  readonly pools: readonly SavedPool[];
  readonly cursor: string;
};

export function saveSwarm(swarm: Swarm | null): SavedSwarm | null {
  if (!swarm) return null;
  const { cluster, node, peer, ipam, index, nextVxlanId } = swarm;
  return {
    cluster: timed(cluster),
    node: timed(node),
    peer,
    ipam: saveIpam(ipam),
    networks: Array.from(swarm.networks.values(), ({ allocation, ...network }) => ({
      ...timed(network),
      allocation: allocation && {
        ...allocation,
        pools: savePools(allocation.pools),
        cursor: String(allocation.cursor),
      },
    })),
    tasks: Array.from(swarm.tasks.values(), timed),
    secrets: Array.from(swarm.secrets.values(), timed),
    configs: Array.from(swarm.configs.values(), timed),
    index,
    nextVxlanId,
  };
}

export function restoreSwarm({ release, settings }: Daemon, saved: SavedSwarm | null): Swarm | null {
  if (!saved) return null;
  const { peer, index, nextVxlanId } = saved;
  const cluster: Cluster = untimed(saved.cluster);
  const ipam = createIpam(release, swarmIpamSettings(cluster, settings.hostId), saved.ipam);
  const networks = saved.networks.map(
    ({ allocation, ...network }): SwarmNetwork => ({
      ...untimed(network),
      allocation: allocation && {
        ...allocation,
        pools: restorePools(ipam, "local", allocation.pools),
        cursor: BigInt(allocation.cursor),
      },
    }),
  );
  return {
    cluster,
    node: untimed(saved.node),
    peer,
    ipam,
    networks: keyed(networks),
    tasks: keyed(saved.tasks.map(untimed)),
    secrets: keyed(saved.secrets.map(untimed)),
    configs: keyed(saved.configs.map(untimed)),
    index,
    nextVxlanId,
  };
}

function timed<T extends Meta>(thing: T): Timed<T> {
  return { ...thing, created: String(thing.created), updated: String(thing.updated) };
}

type Untimed<T> = Omit<T, "created" | "updated"> & Pick<Meta, "created" | "updated">;

function untimed<T extends { readonly created: string; readonly updated: string }>(thing: T): Untimed<T> {
  return { ...thing, created: BigInt(thing.created), updated: BigInt(thing.updated) };
}

function keyed<T extends { readonly id: string }>(things: readonly T[]): Map<string, T> {
  return new Map(things.map((thing) => [thing.id, thing]));
}
