// What a container's processes see on /proc and /sys.

import {
  contains,
  type GeneratedFiles,
  knownAddress,
  type NetworkInterface,
  type NetworkNamespace,
  type Prefix,
  procFiles,
  type SeenNetwork,
  sysFiles,
} from "@dryharbor/kernel/host";
import type { Daemon } from "../daemon.js";
import { idleTraffic, networkNamespace } from "../endpoints/namespace.js";
import { attachmentsSeen } from "../endpoints/order.js";
import { hostnameOf } from "../files/hostname.js";
import { isOrphaned, namespaceOwner } from "../files/namespace-owner.js";
import { macFromIPv4 } from "../ipam/ipam.js";
import { machine } from "../system/host.js";
import { hostInterfaces } from "../system/interfaces.js";
import type { Container } from "./container.js";
import { mountLines } from "./mount-lines.js";

/** Makes /proc of a container. */
export function procOf(
  daemon: Daemon,
  container: Container,
  network: () => SeenNetwork = () => quietNetwork(daemon, container),
): GeneratedFiles {
  const { state } = container;
  const sources = {
    machine,
    hostname: () => hostnameOf(daemon, container),
    network,
    mounts: () => mountLines(daemon, container),
    sysctls: () => sysctlsOf(namespaceOwner(daemon, container)),
    uptime: () => daemon.clock.now() - state.startedAt + upBefore,
    command: () => [container.path, ...container.args],
  };
  return procFiles(sources, state.startedAt);
}

/** The network of a container before it has processes, which would read /proc/net. */
function quietNetwork(daemon: Daemon, container: Container): SeenNetwork {
  return { namespace: () => namespaceSeen(daemon, container), directory: () => ({}) };
}

/** The host forwards packets, for its bridges. */
function sysctlsOf({ hostConfig }: Container): Record<string, string> {
  const ofHost = hostConfig.NetworkMode === "host" ? { "net.ipv4.ip_forward": "1" } : {};
  return { ...ofHost, ...(hostConfig.Sysctls as Record<string, string> | undefined) };
}

/** Makes /sys of a container. */
export function sysOf(
  daemon: Daemon,
  container: Container,
  network: () => SeenNetwork = () => quietNetwork(daemon, container),
): GeneratedFiles {
  return sysFiles(() => network().namespace(), container.state.startedAt);
}

/** The machine has been up since an hour before the container. */
const upBefore = 3_600_000_000_000n;

/** Returns the network namespace that a container's processes are in. */
export function namespaceSeen(daemon: Daemon, container: Container): NetworkNamespace {
  const owner = namespaceOwner(daemon, container);
  if (owner.hostConfig.NetworkMode === "host") return hostNamespace(daemon);
  if (isOrphaned(daemon, container)) return networkNamespace(daemon, []);
  return networkNamespace(daemon, attachmentsSeen(daemon, owner));
}

/** Returns the host's own network namespace. */
export function hostNamespace(daemon: Daemon): NetworkNamespace {
  const interfaces = hostInterfaces(daemon)
    .filter(({ name }) => name !== "lo")
    .map(({ name, number, addresses }): NetworkInterface => {
      const [first = "0.0.0.0"] = addresses.filter((address) => !address.includes(":"));
      return {
        name,
        mac: macFromIPv4(first),
        addresses: addresses.map((text) => ({
          address: knownAddress(text),
          subnet: subnetAround(daemon, text),
        })),
        index: number,
        mtu: 1500,
        ...idleTraffic,
      };
    });
  return { interfaces, routes: [], loopback6: true };
}

function subnetAround({ networks }: Daemon, text: string): Prefix {
  const address = knownAddress(text);
  for (const { pools } of networks.byId.values()) {
    const pool = [...pools.v4, ...pools.v6].find((each) => contains(each.subnet, address));
    if (pool) return pool.subnet;
  }
  return { address, bits: address.family === 4 ? 24 : 64 };
}
