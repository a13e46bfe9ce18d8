import type { EndpointSettings } from "@dryharbor/sdk/port";
import { isOlder } from "../api-version.js";
import type { Container } from "../containers/container.js";
import type { Daemon } from "../daemon.js";
import { sortedByKey } from "../go-order.js";
import { shortId } from "../id.js";
import { addressPlace } from "../ipam/ipam.js";
import { isUserDefinedMode } from "../networks/mode.js";
import type { Endpoint } from "./endpoint.js";
import { gatewaysOf } from "./gateway.js";
import { copyIpamConfig } from "./settings.js";

/**
 * Shows one of a container's networks as inspect does.
 *
 * @param name the container's name for the network
 * @param apiVersion the client's API version; `undefined` for the engine's newest
 */
export function showEndpoint(
  daemon: Daemon,
  container: Container,
  name: string,
  endpoint: Endpoint,
  apiVersion?: string,
): EndpointSettings {
  const { ipamConfig, links, driverOpts, gwPriority, dnsNames } = endpoint;
  return pickKeys(daemon, {
    ...address(daemon, endpoint),
    IPAMConfig: ipamConfig && copyIpamConfig(ipamConfig),
    Links: links && [...links],
    Aliases: shownAliases(daemon, container, name, endpoint, apiVersion),
    DriverOpts: driverOpts && sortedByKey(driverOpts),
    GwPriority: gwPriority,
    DNSNames: dnsNames && [...dnsNames],
  });
}

/** Shows one of a container's networks as lists do: without the fields that only inspect has. */
export function listEndpoint(daemon: Daemon, endpoint: Endpoint): EndpointSettings {
  const { LinkLocalIPs: _, ...addresses } = endpoint.ipamConfig ?? {};
  return pickKeys(daemon, {
    ...address(daemon, endpoint),
    IPAMConfig: endpoint.ipamConfig && addresses,
    Links: null,
    Aliases: null,
    DriverOpts: null,
    GwPriority: endpoint.gwPriority,
    DNSNames: null,
  });
}

type Address = Omit<
  EndpointSettings,
  "IPAMConfig" | "Links" | "Aliases" | "DriverOpts" | "GwPriority" | "DNSNames"
>;

const noAddress: Omit<Address, "NetworkID"> = {
  MacAddress: "",
  EndpointID: "",
  Gateway: "",
  IPAddress: "",
  IPPrefixLen: 0,
  IPv6Gateway: "",
  GlobalIPv6Address: "",
  GlobalIPv6PrefixLen: 0,
};

function address(daemon: Daemon, { networkId, attachment, leftover }: Endpoint): Address {
  if (!attachment) return { ...noAddress, NetworkID: networkId, ...leftover };
  const { pools } = attachment.network;
  const gateways = gatewaysOf(daemon, attachment);
  return {
    NetworkID: networkId,
    EndpointID: attachment.id,
    MacAddress: attachment.mac,
    Gateway: gateways.v4,
    IPAddress: attachment.ipv4,
    IPPrefixLen: addressPlace(pools, attachment.ipv4).prefixLength,
    IPv6Gateway: gateways.v6,
    GlobalIPv6Address: attachment.ipv6,
    GlobalIPv6PrefixLen: addressPlace(pools, attachment.ipv6).prefixLength,
  };
}

function shownAliases(
  daemon: Daemon,
  { id, config }: Container,
  name: string,
  { aliases }: Endpoint,
  apiVersion: string | undefined,
): string[] | null {
  const before = daemon.release.endpoints.showsOwnAliasesBefore;
  if (before === undefined || !isOlder(apiVersion, before) || !isUserDefinedMode(name)) {
    return aliases && [...aliases];
  }
  return [...new Set([...(aliases ?? []), shortId(id), config.Hostname])];
}

function pickKeys(daemon: Daemon, all: EndpointSettings): EndpointSettings {
  return Object.fromEntries(
    daemon.release.endpoints.keys.map((key) => [key, all[key]]),
  ) as unknown as EndpointSettings;
}
