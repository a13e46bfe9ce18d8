import { formatAddress } from "@dryharbor/kernel/host";
import type { Daemon } from "../daemon.js";
import { loopbackNumber } from "../host/interface-numbers.js";
import { bridgeName } from "../networks/bridge-options.js";
import type { DaemonSettings } from "../settings.js";

/** A network interface of the host on which a swarm can listen. */
export interface HostInterface {
  readonly name: string;
  /** The number by which the kernel knows it. */
  readonly number: number;
  readonly addresses: readonly string[];
  /** It is one of the host's own and not loopback. A swarm advertises its address by default. */
  readonly outward: boolean;
}

/** Returns the addresses of the host's own interfaces, beside the loopback one. */
export function ownAddresses({ hostSubnets }: DaemonSettings): readonly string[] {
  return hostSubnets.length > 0 ? hostSubnets.map((subnet) => subnet.replace(/\/.*/, "")) : [nowhere];
}

/** The host's address when the settings name no subnet of the host: one for documentation (RFC 5737). */
const nowhere = "192.0.2.10";

/** Returns the host's interfaces: loopback, its own (`eth0` and up), and the bridges of its networks. */
export function hostInterfaces({ settings, networks }: Daemon): HostInterface[] {
  const bridges = [...networks.byId.values()].filter(({ driver }) => driver === "bridge");
  return [
    { name: "lo", number: loopbackNumber, addresses: ["127.0.0.1"], outward: false },
    ...ownAddresses(settings).map((address, at) => ({
      name: `eth${at}`,
      number: loopbackNumber + 1 + at,
      addresses: [address],
      outward: true,
    })),
    ...bridges.map((network) => ({
      name: network.predefined ? "docker0" : bridgeName(network),
      number: network.interfaceNumber,
      addresses: [...network.pools.v4, ...network.pools.v6].flatMap(({ gateway }) =>
        gateway ? [formatAddress(gateway)] : [],
      ),
      outward: false,
    })),
  ];
}
