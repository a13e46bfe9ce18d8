// How many addresses of a network are in use, as an inspect of 29 shows it (moby: libnetwork/ipams/defaultipam).
import { formatPrefix } from "@dryharbor/kernel/host";
import type { IPAMStatus } from "@dryharbor/sdk/port";
import type { NetworkPools, Pool } from "./pool.js";

/** The counts of one subnet, by the names that the API has for them. Each is a number of 64 bits. */
export interface PoolCounts {
  readonly IPsInUse: bigint;
  readonly DynamicIPsAvailable: bigint;
}

/** Counts the addresses of a network, by subnet, in the order of the subnets' texts. */
export function poolCounts({ v4, v6 }: NetworkPools): readonly (readonly [subnet: string, PoolCounts])[] {
  return [...v4, ...v6]
    .map((pool) => [formatPrefix(pool.subnet), countsOf(pool)] as const)
    .sort(([one], [other]) => (one < other ? -1 : 1));
}

/** Shows the counts. JavaScript's numbers hold large ones only nearly. */
export function poolStatus(pools: NetworkPools): IPAMStatus {
  const counts = poolCounts(pools);
  if (counts.length === 0) return {};
  const shown = counts.map(([subnet, { IPsInUse, DynamicIPsAvailable }]) => [
    subnet,
    { IPsInUse: Number(IPsInUse), DynamicIPsAvailable: Number(DynamicIPsAvailable) },
  ]);
  return { Subnets: Object.fromEntries(shown) };
}

function countsOf({ addresses, range }: Pool): PoolCounts {
  const taken = BigInt(addresses.taken);
  const free = range
    ? range.last - range.first + 1n - addresses.takenIn(range.first, range.last)
    : addresses.size - taken;
  return {
    IPsInUse: taken,
    DynamicIPsAvailable: free > mostCounted ? mostCounted : free,
  };
}

/** The largest number that the engine counts to. */
const mostCounted = 2n ** 64n - 1n;
