import type { IPAM } from "@dryharbor/sdk/port";
import type { Attachment } from "../endpoints/endpoint.js";
import type { EngineEndpoint } from "../endpoints/engine-endpoint.js";
import type { NetworkPools } from "../ipam/ipam.js";
import { isUserDefinedMode } from "./mode.js";

/** A network as the daemon keeps it. */
export interface Network {
  readonly id: string;
  readonly name: string;
  /** Nanoseconds. */
  readonly created: bigint;
  readonly driver: string;
  readonly scope: string;
  readonly enableIPv4: boolean;
  readonly enableIPv6: boolean;
  /** As inspect shows it. */
  readonly ipam: IPAM;
  readonly internal: boolean;
  readonly attachable: boolean;
  readonly ingress: boolean;
  readonly configOnly: boolean;
  /** Name of the configuration network that this one was made from; empty for none. */
  readonly configFrom: string;
  readonly options: Record<string, string>;
  readonly labels: Record<string, string>;
  /** One of `bridge`, `host`, `none`: always there, never removed. */
  readonly predefined: boolean;
  /** Where its endpoints get their addresses. Both `null` for `host`, `none` and configuration networks. */
  readonly pools: NetworkPools;
  /** The running containers that are attached, by container id. */
  readonly attached: Map<string, Attachment>;
  /** Who is attached beside containers. */
  readonly engineEndpoints: EngineEndpoint[];
  /** Who answers to a name here, by the name in lower case. Kept in step by `endpoints/`, read by `dns/`. */
  readonly names: Map<string, Attachment[]>;
  /** Who has an address here, by IPv4 and by IPv6 address as {@link Attachment} spells them. For reverse look-ups. */
  readonly addresses: Map<string, Attachment>;
}

/** `bridge`, the network of containers that name none: no DNS, no aliases, no static addresses. */
export function isDefaultBridge(network: Network): boolean {
  return network.predefined && network.name === "bridge";
}

/** Whether containers get the embedded DNS here. The name decides, as in the engine: one like `container:x` is not the user's. */
export function isUserDefined(network: Network): boolean {
  return isUserDefinedMode(network.name);
}

/** A network but for who is attached to it. */
export type NetworkProperties = Omit<Network, "attached" | "engineEndpoints" | "names" | "addresses">;

/** A network that nobody is attached to yet. */
export function newNetwork(properties: NetworkProperties): Network {
  return { ...properties, attached: new Map(), engineEndpoints: [], names: new Map(), addresses: new Map() };
}
