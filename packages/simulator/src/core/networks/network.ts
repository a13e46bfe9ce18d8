// A network as the daemon keeps it. `create.ts` and `predefined.ts` make networks, `table.ts` holds them,
// `endpoints/` attaches containers to them, and `dns/` looks up names in them.

import type { IPAM } from "@dryharbor/sdk/port";
import type { Attachment } from "../endpoints/endpoint.js";
import type { EngineEndpoint } from "../endpoints/engine-endpoint.js";
import type { NetworkPools } from "../ipam/ipam.js";
import { isUserDefinedMode } from "./mode.js";

/** A network as the daemon keeps it. */
export interface Network {
  readonly id: string;
  readonly name: string;
  /** The time of creation, in nanoseconds since 1970. */
  readonly created: bigint;
  readonly driver: string;
  readonly scope: string;
  readonly enableIPv4: boolean;
  readonly enableIPv6: boolean;
  /** `IPAM` as inspect shows it. */
  readonly ipam: IPAM;
  /** The number of the interface that the host has for it: its bridge, or a parent of its own; 0 for none. */
  readonly interfaceNumber: number;
  readonly internal: boolean;
  readonly attachable: boolean;
  readonly ingress: boolean;
  readonly configOnly: boolean;
  /** Name of the configuration network from which this network was made. Empty: none. */
  readonly configFrom: string;
  readonly options: Record<string, string>;
  readonly labels: Record<string, string>;
  /** Whether it is one of `bridge`, `host` and `none`, which always exist. */
  readonly predefined: boolean;
  /**
   * The pools from which endpoints get their addresses. Empty for `host`, `none` and configuration networks.
   */
  readonly pools: NetworkPools;
  /** The attachments of running containers, by container id. */
  readonly attached: Map<string, Attachment>;
  /** The attached endpoints that are not a container's. */
  readonly engineEndpoints: EngineEndpoint[];
  /**
   * The attachments that answer to a name, by the name in lower case. `endpoints/` keeps it, `dns/` reads it.
   */
  readonly names: Map<string, Attachment[]>;
  /** The attachments by IPv4 and by IPv6 address, spelled as in {@link Attachment}. For reverse lookups. */
  readonly addresses: Map<string, Attachment>;
}

/**
 * Returns whether this is `bridge`, the network of containers that name none. It has no DNS, aliases or
 * static addresses.
 */
export function isDefaultBridge(network: Network): boolean {
  return network.predefined && network.name === "bridge";
}

/**
 * Returns whether containers get the embedded DNS on this network. Its name decides, as in the engine: a
 * network named like `container:x` does not count as user-defined.
 */
export function isUserDefined(network: Network): boolean {
  return isUserDefinedMode(network.name);
}

/** A network without the record of what is attached to it. */
export type NetworkProperties = Omit<Network, "attached" | "engineEndpoints" | "names" | "addresses">;

/** Makes a network with nothing attached. */
export function newNetwork(properties: NetworkProperties): Network {
  return { ...properties, attached: new Map(), engineEndpoints: [], names: new Map(), addresses: new Map() };
}
