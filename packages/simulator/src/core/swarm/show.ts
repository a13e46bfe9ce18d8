import type { SwarmInspect, SwarmNode } from "@dryharbor/sdk/port";
import { formatTime } from "../clock.js";
import type { Daemon } from "../daemon.js";
import { host } from "../system/host.js";
import { managedSwarm } from "./manager.js";
import type { Meta } from "./meta.js";
import { showSpec } from "./spec.js";
import type { Cluster, Swarm } from "./swarm.js";

/** Answers `GET /swarm`. @throws 503 */
export function showSwarm(daemon: Daemon): SwarmInspect {
  const { cluster } = managedSwarm(daemon);
  const JoinTokens = { Worker: cluster.workerToken, Manager: cluster.managerToken };
  return { ...showCluster(cluster), JoinTokens };
}

/** Answers `GET /swarm/unlockkey`, with an empty key while managers are not locked. @throws 503 */
export function showUnlockKey(daemon: Daemon): { UnlockKey: string } {
  return { UnlockKey: managedSwarm(daemon).cluster.unlockKey };
}

/** Returns a swarm without its join tokens. */
function showCluster(cluster: Cluster): Omit<SwarmInspect, "JoinTokens"> {
  return {
    ID: cluster.id,
    ...showMeta(cluster),
    Spec: showSpec(cluster.spec),
    TLSInfo: showTrust(cluster),
    RootRotationInProgress: false,
    DefaultAddrPool: cluster.defaultAddressPools.length > 0 ? [...cluster.defaultAddressPools] : null,
    SubnetSize: cluster.subnetSize,
    DataPathPort: cluster.dataPathPort,
  };
}

export function showMeta({ version, created, updated }: Meta) {
  return {
    Version: { Index: version },
    CreatedAt: formatTime(created),
    UpdatedAt: formatTime(updated),
  };
}

/** Returns the field `Swarm` of `GET /info`. */
export function showSwarmInfo(swarm: Swarm | null) {
  if (!swarm) {
    return {
      NodeID: "",
      NodeAddr: "",
      LocalNodeState: "inactive",
      ControlAvailable: false,
      Error: "",
      RemoteManagers: null,
    };
  }
  const { cluster, node } = swarm;
  return {
    NodeID: node.id,
    NodeAddr: node.address,
    LocalNodeState: "active",
    ControlAvailable: true,
    Error: "",
    RemoteManagers: [{ NodeID: node.id, Addr: node.managerAddress }],
    Nodes: 1,
    Managers: 1,
    Cluster: showCluster(cluster),
  };
}

/** Returns the swarm's only node. */
export function showNode({ settings, release }: Daemon, { node, cluster }: Swarm): SwarmNode {
  const plugins = (type: string, names: readonly string[]) => names.map((Name) => ({ Type: type, Name }));
  return {
    ID: node.id,
    ...showMeta(node),
    Spec: {
      ...(node.name && { Name: node.name }),
      Labels: { ...node.labels },
      Role: "manager",
      Availability: node.availability,
    },
    Description: {
      Hostname: settings.hostname,
      Platform: { Architecture: host.machine, OS: "linux" },
      Resources: { NanoCPUs: host.cpus * 1_000_000_000, MemoryBytes: host.memory },
      Engine: {
        EngineVersion: release.system.version,
        Plugins: [
          ...plugins("Log", release.system.logDrivers),
          ...plugins("Network", host.networkDrivers),
          ...plugins("Volume", ["local"]),
        ],
      },
      TLSInfo: showTrust(cluster),
    },
    Status: { State: "ready", Addr: node.address },
    ManagerStatus: { Leader: true, Reachability: "reachable", Addr: node.managerAddress },
  };
}

function showTrust({ root }: Cluster): SwarmInspect["TLSInfo"] {
  return { TrustRoot: root.pem, CertIssuerSubject: root.subject, CertIssuerPublicKey: root.publicKey };
}
