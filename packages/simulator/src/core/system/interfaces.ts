import { formatAddress } from "@dryharbor/kernel/host";
import type { Daemon } from "../daemon.js";
import { bridgeName } from "../networks/bridge-options.js";

/** A network interface of the host, as far as a swarm can listen at it. */
export interface HostInterface {
  readonly name: string;
  readonly addresses: readonly string[];
  /** The host's own, and no loopback: what a swarm tells others of where nobody says. */
  readonly outward: boolean;
}

/** What the host has where the settings name no subnet of its own: an address that nobody has (RFC 5737). */
const nowhere = "192.0.2.10";

/** Loopback, the host's own interfaces (`eth0` and up), and the bridges of its networks. */
export function hostInterfaces({ settings, networks }: Daemon): HostInterface[] {
  const own = settings.hostSubnets.map((subnet) => subnet.replace(/\/.*/, ""));
  const bridges = [...networks.byId.values()].filter(({ driver }) => driver === "bridge");
  return [
    { name: "lo", addresses: ["127.0.0.1"], outward: false },
    ...(own.length > 0 ? own : [nowhere]).map((address, at) => ({
      name: `eth${at}`,
      addresses: [address],
      outward: true,
    })),
    ...bridges.map((network) => ({
      name: network.predefined ? "docker0" : bridgeName(network),
      addresses: [...network.pools.v4, ...network.pools.v6].flatMap(({ gateway }) =>
        gateway ? [formatAddress(gateway)] : [],
      ),
      outward: false,
    })),
  ];
}
