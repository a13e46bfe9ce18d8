import type { EndpointConfig, EndpointIPAMConfig } from "@dryharbor/sdk/port";
import type { Release } from "../releases/release.js";
import type { Endpoint, Leftover } from "./endpoint.js";

/**
 * Makes an endpoint as a request asks for it. The engine keeps even the fields that it does not read, and
 * shows them until the next start.
 */
export function newEndpoint(release: Release, config: EndpointConfig = {}): Endpoint {
  return {
    ipamConfig: config.IPAMConfig ? copyIpamConfig(config.IPAMConfig) : null,
    links: config.Links ? [...config.Links] : null,
    aliases: config.Aliases ? [...config.Aliases] : null,
    macAddress: "",
    driverOpts: config.DriverOpts ? { ...config.DriverOpts } : null,
    gwPriority: release.endpoints.hasGatewayPriority ? (config.GwPriority ?? 0) : 0,
    networkId: config.NetworkID ?? "",
    dnsNames: null,
    attachment: null,
    leftover: givenFields(config),
  };
}

function givenFields({ EndpointID, Gateway, IPAddress, MacAddress }: EndpointConfig): Leftover | null {
  const given: Leftover = {
    ...(EndpointID && { EndpointID }),
    ...(Gateway && { Gateway }),
    ...(IPAddress && { IPAddress }),
    ...(MacAddress && { MacAddress }),
  };
  return Object.keys(given).length > 0 ? given : null;
}

/** Copies only those fields that were given, as the engine shows them. */
export function copyIpamConfig({
  IPv4Address,
  IPv6Address,
  LinkLocalIPs,
}: EndpointIPAMConfig): EndpointIPAMConfig {
  return {
    ...(IPv4Address && { IPv4Address }),
    ...(IPv6Address && { IPv6Address }),
    ...(LinkLocalIPs && LinkLocalIPs.length > 0 && { LinkLocalIPs: [...LinkLocalIPs] }),
  };
}

/** Returns the settings of an endpoint that the engine checks on connect and again at a start. */
export function endpointConfig({ ipamConfig, aliases, driverOpts, leftover }: Endpoint): EndpointConfig {
  return {
    IPAMConfig: ipamConfig,
    Aliases: aliases,
    DriverOpts: driverOpts,
    MacAddress: leftover?.MacAddress ?? "",
  };
}
