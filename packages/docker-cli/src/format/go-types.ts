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

const known = new Map<ReleaseName, Readonly<Record<string, GoType>>>();

/** The struct of a name in this file, e.g. `network`. */
export function goType(name: string, release: Release): GoType {
  let types = known.get(release.name);
  if (!types) {
    types = declareTypes(networks + volumes, release);
    known.set(release.name, types);
  }
  const type = types[name];
  if (!type) throw new TypeError(`there is no type "${name}"`);
  return type;
}
