// The structs that the docker command reads answers into. Templates see their fields.
import type { Release, ReleaseName } from "../releases.js";
import { declareTypes } from "../templates/declare-types.js";
import { networkTypes } from "../templates/network-types.js";
import type { GoType } from "../templates/types.js";

const networks = `
ipamConfig = network.IPAMConfig { Subnet? prefix; IPRange? prefix; Gateway? ip; AuxAddress:AuxiliaryAddresses? map[string]ip }
ipam = network.IPAM { Driver string; Options map[string]string; Config []ipamConfig }
configReference = network.ConfigReference { Network string }
endpointResource = network.EndpointResource { Name string; EndpointID string; MacAddress mac; IPv4Address prefix; IPv6Address prefix }
peerInfo = network.PeerInfo { Name string; IP ip }
networkTask = network.Task { Name string; EndpointID string; EndpointIP ip; Info map[string]string }
serviceInfo = network.ServiceInfo { VIP ip; Ports []string; LocalLBIndex int; Tasks []networkTask }
subnetStatus = network.SubnetStatus { IPsInUse uint64; DynamicIPsAvailable uint64 }
ipamStatus = network.IPAMStatus { Subnets? map[prefix]subnetStatus }
networkStatus = network.Status { IPAM ipamStatus }
network = network.Inspect {
  Name string; ID:Id string; Created time; Scope string; Driver string; 28.5+ EnableIPv4 bool; EnableIPv6 bool; IPAM ipam
  Internal bool; Attachable bool; Ingress bool; ConfigFrom configReference; ConfigOnly bool
  29- Containers map[string]endpointResource; Options map[string]string; Labels map[string]string; Peers? []peerInfo
  29+ Containers map[string]endpointResource; Services? map[string]serviceInfo; 29+ Status? *networkStatus
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
platform = v1.Platform {
  Architecture:architecture string; OS:os string; OSVersion:os.version? string; OSFeatures:os.features? []string
  Variant:variant? string
}
descriptor = v1.Descriptor {
  MediaType:mediaType string; Digest:digest string; Size:size int64; URLs:urls? []string
  Annotations:annotations? map[string]string; Data:data? string; Platform:platform? *platform
  ArtifactType:artifactType? string
}
empty = struct { }
portBinding = nat.PortBinding { HostIP:HostIp ip; HostPort string }
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
  ExposedPorts? map[port]empty; Tty bool; OpenStdin bool; StdinOnce bool; Env []string; Cmd []string
  Healthcheck? *healthConfig; ArgsEscaped? bool; Image string; Volumes map[string]empty; WorkingDir string
  Entrypoint []string; NetworkDisabled? bool; 29- MacAddress? string; 29- OnBuild []string; 29+ OnBuild? []string; Labels map[string]string
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
bindOptions = mount.BindOptions {
  Propagation? string; NonRecursive? bool; 26.1+ CreateMountpoint? bool
  26.1+ ReadOnlyNonRecursive? bool; 26.1+ ReadOnlyForceRecursive? bool
}
imageOptions = mount.ImageOptions { Subpath? string }
driver = mount.Driver { Name? string; Options? map[string]string }
volumeOptions = mount.VolumeOptions { NoCopy? bool; Labels? map[string]string; 26.1+ Subpath? string; DriverConfig? *driver }
tmpfsOptions = mount.TmpfsOptions { SizeBytes? int64; Mode? uint32 }
mount = mount.Mount {
  Type? string; Source? string; Target? string; ReadOnly? bool; Consistency? string; BindOptions? *bindOptions
  VolumeOptions? *volumeOptions; 28.5+ ImageOptions? *imageOptions; TmpfsOptions? *tmpfsOptions
}
resources = container.Resources {
  CPUShares:CpuShares int64; Memory int64; NanoCPUs:NanoCpus int64; CgroupParent string; BlkioWeight uint16
  BlkioWeightDevice []*weightDevice; BlkioDeviceReadBps []*throttleDevice; BlkioDeviceWriteBps []*throttleDevice
  BlkioDeviceReadIOps []*throttleDevice; BlkioDeviceWriteIOps []*throttleDevice; CPUPeriod:CpuPeriod int64
  CPUQuota:CpuQuota int64; CPURealtimePeriod:CpuRealtimePeriod int64; CPURealtimeRuntime:CpuRealtimeRuntime int64
  CpusetCpus string; CpusetMems string; Devices []deviceMapping; DeviceCgroupRules []string
  DeviceRequests []deviceRequest; 26.1- KernelMemory int64; 26.1- KernelMemoryTCP int64; 26.1+29- KernelMemory? int64
  26.1+29- KernelMemoryTCP? int64; MemoryReservation int64; MemorySwap int64; MemorySwappiness *int64; OomKillDisable *bool
  PidsLimit *int64; Ulimits []*ulimit; CPUCount:CpuCount int64; CPUPercent:CpuPercent int64; IOMaximumIOps uint64
  IOMaximumBandwidth uint64
}
hostConfig = container.HostConfig {
  Binds []string; ContainerIDFile string; LogConfig logConfig; NetworkMode string; PortBindings map[port][]portBinding
  RestartPolicy restartPolicy; AutoRemove bool; VolumeDriver string; VolumesFrom []string; 26.1+ ConsoleSize []uint
  26.1+ Annotations? map[string]string; CapAdd []string; CapDrop []string; CgroupnsMode string; DNS:Dns []ip
  DNSOptions:DnsOptions []string; DNSSearch:DnsSearch []string; ExtraHosts []string; GroupAdd []string; IpcMode string
  Cgroup string; Links []string; OomScoreAdj int; PidMode string; Privileged bool; PublishAllPorts bool
  ReadonlyRootfs bool; SecurityOpt []string; StorageOpt? map[string]string; Tmpfs? map[string]string; UTSMode string
  UsernsMode string; ShmSize int64; Sysctls? map[string]string; Runtime? string; 26.1- ConsoleSize []uint
  Isolation string; +resources; Mounts? []mount; MaskedPaths []string; ReadonlyPaths []string; Init? *bool
}
graphDriver = types.GraphDriverData { 26.1+ Data map[string]string; 26.1- Data map[string]string; Name string }
endpointIpam = network.EndpointIPAMConfig { IPv4Address? ip; IPv6Address? ip; LinkLocalIPs? []ip }
endpoint = network.EndpointSettings {
  IPAMConfig *endpointIpam; Links []string; Aliases []string; 26.1+29- MacAddress string
  28.5+ DriverOpts map[string]string; 28.5+ GwPriority int; NetworkID string; EndpointID string; Gateway ip; IPAddress ip
  29+ MacAddress mac; IPPrefixLen int; IPv6Gateway ip; GlobalIPv6Address ip; GlobalIPv6PrefixLen int; 26.1- MacAddress string
  28.5- DriverOpts map[string]string; 26.1+ DNSNames []string
}
snapshot = storage.RootFSStorageSnapshot { Name? string }
rootStorage = storage.RootFSStorage { Snapshot? *snapshot }
storage = storage.Storage { RootFS? *rootStorage }
address = network.Address { Addr string; PrefixLen int }
settingsBase = types.NetworkSettingsBase {
  29- Bridge string; SandboxID string; 26.1+ SandboxKey string; 26.1+ Ports map[port][]portBinding; 29- HairpinMode bool
  29- LinkLocalIPv6Address string; 29- LinkLocalIPv6PrefixLen int; 26.1- Ports map[port][]portBinding
  26.1- SandboxKey string; 29- SecondaryIPAddresses []address; 29- SecondaryIPv6Addresses []address
}
settingsDefault = types.DefaultNetworkSettings {
  EndpointID string; Gateway string; GlobalIPv6Address string; GlobalIPv6PrefixLen int; IPAddress string; IPPrefixLen int
  IPv6Gateway string; MacAddress string
}
networkSettings = types.NetworkSettings { +settingsBase; 29- +settingsDefault; Networks map[string]*endpoint }
containerBase = types.ContainerJSONBase {
  ID:Id string; Created string; Path string; Args []string; State *state; Image string; ResolvConfPath string
  HostnamePath string; HostsPath string; LogPath string; Name string; RestartCount int; Driver string; Platform string
  MountLabel string; ProcessLabel string; AppArmorProfile string; ExecIDs []string; HostConfig *hostConfig
  29- GraphDriver graphDriver; 29+ GraphDriver? *graphDriver; 29+ Storage? *storage; SizeRw? *int64; SizeRootFs? *int64
}
container = types.ContainerJSON {
  +*containerBase; Mounts []mountPoint; Config *config; NetworkSettings *networkSettings
  28.5+ ImageManifestDescriptor? *descriptor
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
  ID:Id string; RepoTags []string; RepoDigests []string; 29- Parent string; 29- Comment string; 29+ Comment? string
  26.1- Created string; 26.1+ Created? string; 26.1- Container string; 26.1- ContainerConfig *config
  29- DockerVersion string; 29- Author string; 29+ Author? string
  28.5- Config *config; 28.5+ Config *ociConfig; Architecture string; Variant? string; Os string; OsVersion? string
  Size int64; 26.1- VirtualSize int64; 26.1+29- VirtualSize? int64; 29- GraphDriver graphDriver
  29+ GraphDriver? *graphDriver; RootFS rootFs; Metadata imageMetadata; 28.5+ Descriptor? *descriptor; 29+ Manifests? []answer
  29+ Identity? *answer
}
`;

const known = new Map<ReleaseName, Readonly<Record<string, GoType>>>();

/** The struct of a name in this file, e.g. `network`. */
export function goType(name: string, release: Release): GoType {
  let types = known.get(release.name);
  if (!types) {
    types = declareTypes(networks + volumes + containers + images, release, networkTypes(release));
    known.set(release.name, types);
  }
  const type = types[name];
  if (!type) throw new TypeError(`there is no type "${name}"`);
  return type;
}
