import type { IPAM, NetworkContainer, NetworkInspect } from "@dryharbor/sdk/port";
import { formatTime } from "../clock.js";
import type { Daemon } from "../daemon.js";
import { type Attachment, nameOfEndpoint } from "../endpoints/endpoint.js";
import { sortedByKey } from "../go-order.js";
import { addressPlace, poolStatus } from "../ipam/ipam.js";
import { showSwarmNetwork } from "../swarm/networks/show.js";
import type { Swarm } from "../swarm/swarm.js";
import type { FoundNetwork } from "./find.js";
import type { Network } from "./network.js";
import { showServices } from "./services.js";
import { countedPools, showsStatus } from "./status.js";

/**
 * Shows any network as inspect does. `verbose` adds the attached endpoints of a swarm's network, by service.
 */
export function showAnyNetwork(
  daemon: Daemon,
  found: FoundNetwork,
  { verbose = false }: { readonly verbose?: boolean | undefined } = {},
  apiVersion?: string,
): NetworkInspect {
  const containers = true;
  const shown =
    found.kind === "here"
      ? showNetwork(daemon, found.network, { containers })
      : showSwarmNetwork(daemon, found.network, { containers });
  const Services = verbose && found.kind === "here" ? showServices(daemon, found.network) : undefined;
  return {
    ...shown,
    ...(Services && { Services }),
    ...(showsStatus(daemon, apiVersion) && { Status: { IPAM: poolStatus(countedPools(found)) } }),
  };
}

/** Shows a network as the API does. Lists are shown without the attached containers. */
export function showNetwork(
  daemon: Daemon,
  network: Network,
  { containers }: { readonly containers: boolean },
): NetworkInspect {
  const rows = daemon.release.networks;
  const Containers = containers ? showContainers(network) : {};
  return {
    Name: network.name,
    Id: network.id,
    Created: formatTime(network.created),
    Scope: network.scope,
    Driver: network.driver,
    ...(rows.hasEnableIPv4 && { EnableIPv4: network.enableIPv4 }),
    EnableIPv6: network.enableIPv6,
    IPAM: copyIpam(
      network.configOnly && !rows.showsTemplatePools ? { ...network.ipam, Config: null } : network.ipam,
    ),
    Internal: network.internal,
    Attachable: network.attachable,
    Ingress: network.ingress,
    ConfigFrom: { Network: network.configFrom },
    ConfigOnly: network.configOnly,
    ...(!rows.containersOnlyInspected && { Containers }),
    Options: sortedByKey(network.options),
    Labels: sortedByKey(network.labels),
    ...(daemon.swarm && network.driver === "overlay" && { Peers: [showPeer(daemon.swarm)] }),
    ...(rows.containersOnlyInspected && containers && { Containers }),
  };
}

function copyIpam({ Driver, Options, Config }: IPAM): IPAM {
  return {
    Driver,
    Options: Options && sortedByKey(Options),
    Config:
      Config?.map(({ AuxiliaryAddresses, ...pool }) => ({
        ...pool,
        ...(AuxiliaryAddresses && { AuxiliaryAddresses: { ...AuxiliaryAddresses } }),
      })) ?? null,
  };
}

function showContainers(network: Network): Record<string, NetworkContainer> {
  const shown: Record<string, NetworkContainer> = {};
  for (const id of [...network.attached.keys()].sort()) {
    shown[id] = showContainer(network, network.attached.get(id) as Attachment);
  }
  // The keys of engine endpoints are names, and come after all ids.
  for (const { sandbox, name, ...endpoint } of network.engineEndpoints) {
    shown[sandbox] = showEndpoint(network, name, { ipv6: "", ...endpoint });
  }
  return shown;
}

function showPeer({ peer, node }: Swarm): { Name: string; IP: string } {
  return { Name: peer, IP: node.address };
}

function showContainer(network: Network, attachment: Attachment): NetworkContainer {
  return showEndpoint(network, nameOfEndpoint(attachment), attachment);
}

function showEndpoint(
  network: Network,
  name: string,
  { id, mac, ipv4, ipv6 }: Pick<Attachment, "id" | "mac" | "ipv4" | "ipv6">,
): NetworkContainer {
  const withLength = (address: string) =>
    address === "" ? "" : `${address}/${addressPlace(network.pools, address).prefixLength}`;
  return {
    Name: name,
    EndpointID: id,
    MacAddress: mac,
    IPv4Address: withLength(ipv4),
    IPv6Address: withLength(ipv6),
  };
}
