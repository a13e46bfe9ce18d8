// The structs that the docker command reads answers into. Templates see their fields.
import type { Release, ReleaseName } from "../releases.js";
import { declareTypes } from "../templates/declare-types.js";
import type { GoType } from "../templates/types.js";

const networks = `
ipamConfig = network.IPAMConfig { Subnet? string; IPRange? string; Gateway? string; AuxAddress:AuxiliaryAddresses? map[string]string }
ipam = network.IPAM { Driver string; Options map[string]string; Config []ipamConfig }
configReference = network.ConfigReference { Network string }
endpointResource = network.EndpointResource { Name string; EndpointID string; MacAddress string; IPv4Address string; IPv6Address string }
peerInfo = network.PeerInfo { Name string; IP string }
networkTask = network.Task { Name string; EndpointID string; EndpointIP string; Info map[string]string }
serviceInfo = network.ServiceInfo { VIP string; Ports []string; LocalLBIndex int; Tasks []networkTask }
network = network.Inspect {
  Name string; ID:Id string; Created time; Scope string; Driver string; 28.5+ EnableIPv4 bool; EnableIPv6 bool; IPAM ipam
  Internal bool; Attachable bool; Ingress bool; ConfigFrom configReference; ConfigOnly bool
  Containers map[string]endpointResource; Options map[string]string; Labels map[string]string; Peers? []peerInfo
  Services? map[string]serviceInfo
}
`;

const volumes = `
volumeUsage = volume.UsageData { RefCount int64; Size int64 }
volume = volume.Volume {
  26.1+ ClusterVolume? *volumeUsage; CreatedAt? string; Driver string; Labels map[string]string; Mountpoint string; Name string
  Options map[string]string; Scope string; Status? map[string]any; UsageData? *volumeUsage
}
`;

const containers = `
empty = struct { }
portBinding = nat.PortBinding { HostIP:HostIp string; HostPort string }
healthResult = types.HealthcheckResult { Start time; End time; ExitCode int; Output string }
health = types.Health { Status string; FailingStreak int; Log []*healthResult }
state = types.ContainerState {
  Status string; Running bool; Paused bool; Restarting bool; OOMKilled bool; Dead bool; Pid int; ExitCode int; Error string
  StartedAt string; FinishedAt string; Health? *health
}
mountPoint = types.MountPoint {
  Type? string; Name? string; Source string; Destination string; Driver? string; Mode string; RW bool; Propagation string
}
healthConfig = container.HealthConfig {
  Test? []string; Interval? duration; Timeout? duration; StartPeriod? duration; 26.1+ StartInterval? duration; Retries? int
}
config = container.Config {
  Hostname string; Domainname string; User string; AttachStdin bool; AttachStdout bool; AttachStderr bool
  ExposedPorts? map[string]empty; Tty bool; OpenStdin bool; StdinOnce bool; Env []string; Cmd []string
  Healthcheck? *healthConfig; ArgsEscaped? bool; Image string; Volumes map[string]empty; WorkingDir string
  Entrypoint []string; NetworkDisabled? bool; MacAddress? string; OnBuild []string; Labels map[string]string
  StopSignal? string; StopTimeout? *int; Shell? []string
}
logConfig = container.LogConfig { Type string; Config map[string]string }
restartPolicy = container.RestartPolicy { Name string; MaximumRetryCount int }
weightDevice = blkiodev.WeightDevice { Path string; Weight uint16 }
throttleDevice = blkiodev.ThrottleDevice { Path string; Rate uint64 }
deviceMapping = container.DeviceMapping { PathOnHost string; PathInContainer string; CgroupPermissions string }
deviceRequest = container.DeviceRequest {
  Driver string; Count int; DeviceIDs []string; Capabilities [][]string; Options map[string]string
}
ulimit = units.Ulimit { Name string; Hard int64; Soft int64 }
bindOptions = mount.BindOptions { Propagation? string; NonRecursive? bool; 26.1+ CreateMountpoint? bool }
driver = mount.Driver { Name? string; Options? map[string]string }
volumeOptions = mount.VolumeOptions { NoCopy? bool; Labels? map[string]string; 26.1+ Subpath? string; DriverConfig? *driver }
tmpfsOptions = mount.TmpfsOptions { SizeBytes? int64; Mode? uint32 }
mount = mount.Mount {
  Type? string; Source? string; Target? string; ReadOnly? bool; Consistency? string; BindOptions? *bindOptions
  VolumeOptions? *volumeOptions; TmpfsOptions? *tmpfsOptions
}
resources = container.Resources {
  CPUShares:CpuShares int64; Memory int64; NanoCPUs:NanoCpus int64; CgroupParent string; BlkioWeight uint16
  BlkioWeightDevice []*weightDevice; BlkioDeviceReadBps []*throttleDevice; BlkioDeviceWriteBps []*throttleDevice
  BlkioDeviceReadIOps []*throttleDevice; BlkioDeviceWriteIOps []*throttleDevice; CPUPeriod:CpuPeriod int64
  CPUQuota:CpuQuota int64; CPURealtimePeriod:CpuRealtimePeriod int64; CPURealtimeRuntime:CpuRealtimeRuntime int64
  CpusetCpus string; CpusetMems string; Devices []deviceMapping; DeviceCgroupRules []string
  DeviceRequests []deviceRequest; 26.1- KernelMemory int64; 26.1- KernelMemoryTCP int64; 26.1+ KernelMemory? int64
  26.1+ KernelMemoryTCP? int64; MemoryReservation int64; MemorySwap int64; MemorySwappiness *int64; OomKillDisable *bool
  PidsLimit *int64; Ulimits []*ulimit; CPUCount:CpuCount int64; CPUPercent:CpuPercent int64; IOMaximumIOps uint64
  IOMaximumBandwidth uint64
}
hostConfig = container.HostConfig {
  Binds []string; ContainerIDFile string; LogConfig logConfig; NetworkMode string; PortBindings map[string][]portBinding
  RestartPolicy restartPolicy; AutoRemove bool; VolumeDriver string; VolumesFrom []string; 26.1+ ConsoleSize []uint
  26.1+ Annotations? map[string]string; CapAdd []string; CapDrop []string; CgroupnsMode string; DNS:Dns []string
  DNSOptions:DnsOptions []string; DNSSearch:DnsSearch []string; ExtraHosts []string; GroupAdd []string; IpcMode string
  Cgroup string; Links []string; OomScoreAdj int; PidMode string; Privileged bool; PublishAllPorts bool
  ReadonlyRootfs bool; SecurityOpt []string; StorageOpt? map[string]string; Tmpfs? map[string]string; UTSMode string
  UsernsMode string; ShmSize int64; Sysctls? map[string]string; Runtime? string; 26.1- ConsoleSize []uint
  Isolation string; +resources; Mounts? []mount; MaskedPaths []string; ReadonlyPaths []string; Init? *bool
}
graphDriver = types.GraphDriverData { 26.1+ Data map[string]string; 26.1- Data map[string]string; Name string }
endpointIpam = network.EndpointIPAMConfig { IPv4Address? string; IPv6Address? string; LinkLocalIPs? []string }
endpoint = network.EndpointSettings {
  IPAMConfig *endpointIpam; Links []string; Aliases []string; 26.1+ MacAddress string; 28.5+ DriverOpts map[string]string
  28.5+ GwPriority int; NetworkID string; EndpointID string; Gateway string; IPAddress string; IPPrefixLen int
  IPv6Gateway string; GlobalIPv6Address string; GlobalIPv6PrefixLen int; 26.1- MacAddress string
  28.5- DriverOpts map[string]string; 26.1+ DNSNames []string
}
address = network.Address { Addr string; PrefixLen int }
settingsBase = types.NetworkSettingsBase {
  Bridge string; SandboxID string; 26.1+ SandboxKey string; 26.1+ Ports map[string][]portBinding; HairpinMode bool
  LinkLocalIPv6Address string; LinkLocalIPv6PrefixLen int; 26.1- Ports map[string][]portBinding; 26.1- SandboxKey string
  SecondaryIPAddresses []address; SecondaryIPv6Addresses []address
}
settingsDefault = types.DefaultNetworkSettings {
  EndpointID string; Gateway string; GlobalIPv6Address string; GlobalIPv6PrefixLen int; IPAddress string; IPPrefixLen int
  IPv6Gateway string; MacAddress string
}
networkSettings = types.NetworkSettings { +settingsBase; +settingsDefault; Networks map[string]*endpoint }
containerBase = types.ContainerJSONBase {
  ID:Id string; Created string; Path string; Args []string; State *state; Image string; ResolvConfPath string
  HostnamePath string; HostsPath string; LogPath string; Name string; RestartCount int; Driver string; Platform string
  MountLabel string; ProcessLabel string; AppArmorProfile string; ExecIDs []string; HostConfig *hostConfig
  GraphDriver graphDriver; SizeRw? *int64; SizeRootFs? *int64
}
container = types.ContainerJSON {
  +*containerBase; Mounts []mountPoint; Config *config; NetworkSettings *networkSettings
  28.5+ ImageManifestDescriptor? *any
}
`;

const images = `
rootFs = types.RootFS { Type string; Layers? []string }
imageMetadata = image.Metadata { LastTagTime? time }
ociConfig = v1.DockerOCIImageConfig {
  User? string; ExposedPorts? map[string]empty; Env? []string; Entrypoint? []string; Cmd? []string
  Volumes? map[string]empty; WorkingDir? string; Labels? map[string]string; StopSignal? string; ArgsEscaped? bool
  Healthcheck? *healthConfig; OnBuild? []string; Shell? []string
}
image = image.InspectResponse {
  ID:Id string; RepoTags []string; RepoDigests []string; Parent string; Comment string; 26.1- Created string
  26.1+ Created? string; 26.1- Container string; 26.1- ContainerConfig *config; DockerVersion string; Author string
  28.5- Config *config; 28.5+ Config *ociConfig; Architecture string; Variant? string; Os string; OsVersion? string
  Size int64; 26.1- VirtualSize int64; 26.1+ VirtualSize? int64; GraphDriver graphDriver; RootFS rootFs
  Metadata imageMetadata; 28.5+ Descriptor? *any
}
`;

const known = new Map<ReleaseName, Readonly<Record<string, GoType>>>();

/** The struct of a name in this file, e.g. `network`. */
export function goType(name: string, release: Release): GoType {
  let types = known.get(release.name);
  if (!types) {
    types = declareTypes(networks + volumes + containers + images, release);
    known.set(release.name, types);
  }
  const type = types[name];
  if (!type) throw new TypeError(`there is no type "${name}"`);
  return type;
}
