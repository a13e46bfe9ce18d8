// What a container's processes see on /proc and /sys.

import {
  contains,
  type GeneratedFiles,
  knownAddress,
  type Member,
  type NetworkInterface,
  type NetworkNamespace,
  type Prefix,
  type ProcSources,
  procFiles,
  type SeenNetwork,
  sysFiles,
} from "@dryharbor/kernel/host";
import type { HostConfig } from "@dryharbor/sdk/port";
import type { Daemon } from "../daemon.js";
import { idleTraffic, networkNamespace } from "../endpoints/namespace.js";
import { attachmentsSeen } from "../endpoints/order.js";
import { hostnameOf } from "../files/hostname.js";
import { isOrphaned, namespaceOwner } from "../files/namespace-owner.js";
import { macFromIPv4 } from "../ipam/ipam.js";
import { machine } from "../system/host.js";
import { hostInterfaces } from "../system/interfaces.js";
import type { Container } from "./container.js";
import { controlGroups } from "./control-groups.js";
import { mountLines } from "./mount-lines.js";
import { limitsOf } from "./ulimits.js";

/** What /proc and /sys tell of the processes of a container and of their network. */
export interface SeenByProcesses {
  network(): SeenNetwork;
  processes(): readonly Member[];
  pipeNumber(pipe: object): number;
  /** Returns the absolute path of the file that a command names. */
  executable(command: string, environment: Readonly<Record<string, string>>): string | undefined;
}

/** Makes /proc of a container. @param seen default: no processes, and an empty /proc/net */
export function procOf(daemon: Daemon, container: Container, seen?: SeenByProcesses): GeneratedFiles {
  const { state, hostConfig } = container;
  const sources: ProcSources = {
    machine,
    hostname: () => hostnameOf(daemon, container),
    network: () => seen?.network() ?? quietNetwork(daemon, container),
    mounts: () => mountLines(daemon, container),
    sysctls: () => sysctlsOf(namespaceOwner(daemon, container)),
    uptime: () => daemon.clock.now() - state.startedAt + upBefore,
    now: () => daemon.clock.now(),
    processes: () => seen?.processes() ?? [],
    ofProcesses: {
      controlGroups: () => controlGroups(container),
      seccomp: () => (isUnconfined(hostConfig) ? 0 : 2),
      noNewPrivileges: () => hasOption(hostConfig, /^no-new-privileges([:=]true)?$/),
      limits: () => limitsOf(hostConfig),
      pipeNumber: (pipe) => seen?.pipeNumber(pipe) ?? 1,
      executable: (command, environment) => seen?.executable(command, environment),
    },
  };
  return procFiles(sources, state.startedAt);
}

function isUnconfined(hostConfig: HostConfig): boolean {
  return hostConfig.Privileged === true || hasOption(hostConfig, /^seccomp[:=]unconfined$/);
}

/** Returns whether an option is among those for security. */
function hasOption({ SecurityOpt }: HostConfig, wanted: RegExp): boolean {
  return ((SecurityOpt ?? []) as readonly string[]).some((option) => wanted.test(option));
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
export function sysOf(daemon: Daemon, container: Container, seen?: SeenByProcesses): GeneratedFiles {
  const network = () => seen?.network() ?? quietNetwork(daemon, container);
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
