// The struct that `docker info --format` sees.
import type { Release } from "../../releases.js";
import { declareTypes } from "../../templates/declare-types.js";
import { networkTypes } from "../../templates/network-types.js";
import type { GoType } from "../../templates/types.js";

const types = `
plugins = system.PluginsInfo { Volume []string; Network []string; Authorization []string; Log []string }
commit = system.Commit { ID string; 28.5- Expected string; 28.5+29- Expected? string }
orchestration = swarm.OrchestrationConfig { TaskHistoryRetentionLimit? *int64 }
raft = swarm.RaftConfig {
  SnapshotInterval? uint64; KeepOldSnapshots? *uint64; LogEntriesForSlowFollowers? uint64; ElectionTick int
  HeartbeatTick int
}
dispatcher = swarm.DispatcherConfig { HeartbeatPeriod? duration }
caConfig = swarm.CAConfig {
  NodeCertExpiry? duration; ExternalCAs? []any; SigningCACert? string; SigningCAKey? string; ForceRotate? uint64
}
encryption = swarm.EncryptionConfig { AutoLockManagers bool }
spec = swarm.Spec {
  Name? string; Labels map[string]string; Orchestration? orchestration; Raft? raft; Dispatcher? dispatcher
  CAConfig? caConfig; TaskDefaults? answer; EncryptionConfig? encryption
}
version = swarm.Version { Index? uint64 }
tlsInfo = swarm.TLSInfo { TrustRoot? string; CertIssuerSubject? string; CertIssuerPublicKey? string }
cluster = swarm.ClusterInfo {
  ID string; Version? version; CreatedAt? time; UpdatedAt? time; Spec spec; TLSInfo tlsInfo; RootRotationInProgress bool
  DefaultAddrPool []prefix; SubnetSize uint32; DataPathPort uint32
}
peer = swarm.Peer { NodeID string; Addr string }
swarm = swarm.Info {
  NodeID string; NodeAddr string; LocalNodeState string; ControlAvailable bool; Error string; RemoteManagers []peer
  Nodes? int; Managers? int; Cluster? *cluster; Warnings? []string
}
client = system.clientInfo {
  Debug bool; 26.1+ Platform? *answer; 26.1+ Version? string; 28.5+ DefaultAPIVersion? string; 26.1+ GitCommit? string
  26.1+ GoVersion? string; 26.1+ Os? string; 26.1+ Arch? string; 26.1+ BuildTime? string; Context string
  Plugins []any; Warnings []string
}
indexInfo = registry.IndexInfo { Name string; Mirrors []string; Secure bool; Official bool }
registryConfig = registry.ServiceConfig {
  InsecureRegistryCIDRs []prefix; IndexConfigs map[string]*indexInfo; Mirrors []string
}
firewall = system.FirewallInfo { Driver string; Info? [][]string }
info = system.dockerInfo {
  ID string; Containers int; ContainersRunning int; ContainersPaused int; ContainersStopped int; Images int; Driver string
  DriverStatus [][]string; SystemStatus? [][]string; Plugins plugins; MemoryLimit bool; SwapLimit bool
  26.1- KernelMemory bool; 26.1+29- KernelMemory? bool; 26.1- KernelMemoryTCP bool
  26.1+29- KernelMemoryTCP? bool
  CPUCfsPeriod:CpuCfsPeriod bool; CPUCfsQuota:CpuCfsQuota bool; CPUShares bool; CPUSet bool; PidsLimit bool
  IPv4Forwarding bool; 28.5- BridgeNfIptables bool; 28.5- BridgeNfIP6tables:BridgeNfIp6tables bool; Debug bool; NFd int
  OomKillDisable bool; NGoroutines int; SystemTime string; LoggingDriver string; CgroupDriver string
  CgroupVersion? string; NEventsListener int; KernelVersion string; OperatingSystem string; OSVersion string; OSType string
  Architecture string; IndexServerAddress string; 28.5- RegistryConfig answer
  28.5+29- RegistryConfig sorted; 29+ RegistryConfig *registryConfig; NCPU int; MemTotal int64
  GenericResources []any; DockerRootDir string; HTTPProxy:HttpProxy string; HTTPSProxy:HttpsProxy string; NoProxy string
  Name string; Labels []string; ExperimentalBuild bool; ServerVersion string; ClusterStore? string; ClusterAdvertise? string
  Runtimes map[string]answer; DefaultRuntime string; Swarm swarm; LiveRestoreEnabled bool; Isolation string
  InitBinary string; ContainerdCommit commit; RuncCommit commit; InitCommit commit; SecurityOptions []string
  ProductLicense? string; DefaultAddressPools? []answer; 28.5+ FirewallBackend? *firewall; 26.1+ CDISpecDirs []string
  28.5+ DiscoveredDevices? []answer; 29+ NRI? answer; 28.5+ Containerd? answer; Warnings []string; ServerErrors? []string
  ClientInfo? *client; ClientErrors? []string
}
`;

export function infoType(release: Release): GoType {
  const type = declareTypes(types, release, networkTypes(release)).info!;
  return release.name === "20.10" ? { ...type, name: "system.info" } : type;
}
