/** The pools for a swarm's subnets, unless the request names others. */
export const builtInPools: readonly string[] = ["10.0.0.0/8"];

/** Returns the settings of a swarm's address management. */
export function swarmIpamSettings({ defaultAddressPools, subnetSize }: AddressPools, hostId: string) {
  const bases = defaultAddressPools.length > 0 ? defaultAddressPools : builtInPools;
  return {
    hostId,
    hostSubnets: [],
    defaultAddressPools: bases.map((base) => ({ base, size: subnetSize })),
  };
}

/** The pools that a swarm's subnets are cut from. */
export interface AddressPools {
  /**
   * The pools of the request. An empty list stands for the built-in ones; the clients of 26.1 and 28.5 send
   * one.
   */
  readonly defaultAddressPools: readonly string[];
  readonly subnetSize: number;
}
