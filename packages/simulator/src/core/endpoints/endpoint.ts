import type { EndpointIPAMConfig, EndpointSettings } from "@dryharbor/sdk/port";
import type { Container } from "../containers/container.js";
import type { Network } from "../networks/network.js";

/** A container's side of one of its networks: what was asked for, kept while the container does not run. */
export interface Endpoint {
  ipamConfig: EndpointIPAMConfig | null;
  links: string[] | null;
  aliases: string[] | null;
  /** As container create asked for it; empty for one of the engine's choice. */
  macAddress: string;
  driverOpts: Record<string, string> | null;
  gwPriority: number;
  /** Empty until the container is first attached: until then the network is known by name only. */
  networkId: string;
  /** What inspect shows as `DNSNames`; `null` before the first attachment and on predefined networks. */
  dnsNames: string[] | null;
  /** While the container runs and is on the network. */
  attachment: Attachment | null;
  leftover: Leftover | null;
  /** The swarm has chosen the address that it asks for: no longer asked for once it is detached. */
  assigned?: boolean;
}

/**
 * What inspect shows of an endpoint that is not attached, until the next start: what the request gave
 * in the fields that are the engine's, or what a connect that failed late has left behind.
 */
export type Leftover = Partial<
  Pick<
    EndpointSettings,
    | "EndpointID"
    | "Gateway"
    | "IPAddress"
    | "IPPrefixLen"
    | "GlobalIPv6Address"
    | "GlobalIPv6PrefixLen"
    | "MacAddress"
  >
>;

/** A live connection of a container to a network: what libnetwork calls an endpoint. */
export interface Attachment {
  readonly id: string;
  readonly network: Network;
  readonly container: Container;
  readonly endpoint: Endpoint;
  /** Empty on networks without addresses. */
  readonly mac: string;
  /** Without prefix length; empty for none. */
  readonly ipv4: string;
  readonly ipv6: string;
  /**
   * The names it answers to on this network, in the order of `DNSNames`; the first is what reverse
   * look-ups give. Empty on predefined networks. Replaced, together with `network.names`, by a rename.
   */
  names: readonly string[];
  /** A rename of the container that failed has left a slash before the endpoint's own name. Seen on 26.1 and 28.5. */
  slashed?: boolean;
  /** What the network calls it, where that is not the name of its container. */
  ownName?: string;
}

/** What the network calls an endpoint: the name of its container. */
export function nameOfEndpoint({ container, slashed, ownName }: Attachment): string {
  if (ownName !== undefined) return ownName;
  return slashed ? `/${container.name}` : container.name;
}
