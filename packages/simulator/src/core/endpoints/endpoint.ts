// The two sides of a container's connection to a network. An `Endpoint` is what was asked for; the container
// keeps it while it is stopped. An `Attachment` exists while the container runs. `create.ts` and `connect.ts`
// make endpoints, `join.ts` makes attachments.

import type { EndpointIPAMConfig, EndpointSettings } from "@dryharbor/sdk/port";
import type { Container } from "../containers/container.js";
import type { Network } from "../networks/network.js";

/**
 * A container's settings for one of its networks, as a request asked for them. A stopped container keeps
 * them.
 */
export interface Endpoint {
  ipamConfig: EndpointIPAMConfig | null;
  links: string[] | null;
  aliases: string[] | null;
  /** The MAC address that container create asked for. Empty: the engine chooses one. */
  macAddress: string;
  driverOpts: Record<string, string> | null;
  gwPriority: number;
  /**
   * The network's id. Empty until the container is first attached; until then only the network's name is
   * known.
   */
  networkId: string;
  /** `DNSNames` as inspect shows it. `null` before the first attachment and on predefined networks. */
  dnsNames: string[] | null;
  /** The live connection; `null` unless the container runs and is on the network. */
  attachment: Attachment | null;
  /** What inspect shows while there is no attachment; `null` for nothing. */
  leftover: Leftover | null;
  /**
   * Whether the swarm has chosen the address in `ipamConfig`. Such an address is dropped when the endpoint is
   * detached.
   */
  assigned?: boolean;
}

/**
 * What inspect shows, until the next start, of an endpoint that is not attached: fields that a request gave
 * although the engine fills them in, or what a connect that failed late has left behind.
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

/** A live connection of a container to a network. libnetwork calls it an endpoint. */
export interface Attachment {
  readonly id: string;
  readonly network: Network;
  readonly container: Container;
  readonly endpoint: Endpoint;
  /** Empty on a network without addresses. */
  readonly mac: string;
  /** Without prefix length. Empty: no address. */
  readonly ipv4: string;
  /** Without prefix length. Empty: no address. */
  readonly ipv6: string;
  /** The number of its interface, as in `eth0`; `null` for none. Set by `interface-number.ts`. */
  interfaceNumber: number | null;
  /** The number by which the kernel knows its interface in the container; 0 for none. Set by `interface-number.ts`. */
  index: number;
  /** The number of the other end of its veth pair, on the host; 0 for none. */
  hostEnd: number;
  /**
   * The names that this attachment answers to on the network, in the order of `DNSNames`. Reverse lookups
   * give the first one. Empty on predefined networks. A rename replaces the list, together with
   * `network.names`.
   */
  names: readonly string[];
  /**
   * Whether a failed rename of the container has left a slash before the endpoint's name. Seen on 26.1 and
   * 28.5.
   */
  slashed?: boolean;
  /** The network's name for it, where that is not the name of its container. */
  ownName?: string;
}

/** Returns what the network calls an endpoint: usually the name of its container. */
export function nameOfEndpoint({ container, slashed, ownName }: Attachment): string {
  if (ownName !== undefined) return ownName;
  return slashed ? `/${container.name}` : container.name;
}
