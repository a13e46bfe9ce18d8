import type { EndpointIPAMConfig, IPAMPoolConfig } from "@dryharbor/sdk";
import type { Release } from "../releases/release.js";
import type { DaemonSettings } from "../settings.js";
import type { NetworkPools } from "./pool.js";

export type { NetworkPools, Pool } from "./pool.js";

/** The address management of one engine. */
export interface Ipam {
  readonly release: Release;
}

/** What of it a snapshot holds besides each network's {@link SavedPool}s: where 20.10 and 26.1 look for the next default pool. */
export interface SavedIpam {
  readonly localCursor: string;
  readonly globalCursor: string;
}

/** An engine's address management; `saved` where it comes out of a snapshot. */
export declare function createIpam(release: Release, settings: DaemonSettings, saved?: SavedIpam): Ipam;
export declare function saveIpam(ipam: Ipam): SavedIpam;

/** The pools that a create asks for, by family, in the order asked for. */
export interface IpamConfig {
  readonly v4: readonly IPAMPoolConfig[];
  readonly v6: readonly IPAMPoolConfig[];
}

/**
 * The checks that the daemon makes of `IPAM.Config` before anything else of a create (also of a
 * configuration network), and the entries by family. Throws what the release says.
 */
export declare function readIpamConfig(
  release: Release,
  config: readonly IPAMPoolConfig[] | null | undefined,
  enableIPv6: boolean,
): IpamConfig;

/** `IPAM.Config` of a network that allocates nothing: configuration networks, `host`, `none`. */
export declare function unallocatedConfig(release: Release, config: IpamConfig): IPAMPoolConfig[] | null;

/** What libnetwork asks of IPAM for a new network, after all other checks and before the driver's own. */
export interface PoolsRequest {
  readonly networkName: string;
  /** `global` takes its default pools from 10.0.0.0/8. */
  readonly scope: string;
  /** `default` or `null`. */
  readonly ipamDriver: string;
  readonly enableIPv4: boolean;
  readonly enableIPv6: boolean;
  readonly config: IpamConfig;
  /** Families that the network's driver wants no gateway for (28.5: `isolated` gateway mode, L3 ipvlan). */
  readonly withoutGateway?: { readonly v4?: boolean; readonly v6?: boolean };
}

export interface AllocatedPools {
  readonly pools: NetworkPools;
  /** `IPAM.Config` as inspect shows it. */
  readonly shown: IPAMPoolConfig[] | null;
  /**
   * Whether a pool went unchecked against others because its entry names an `IPRange`: the bridge
   * driver then compares with every other bridge network itself, see {@link overlappingFamily}.
   */
  readonly overlapUnchecked: boolean;
}

/** Takes the pools of a new network, with gateways and auxiliary addresses. A call that throws leaves no trace but the default-pool cursor of 20.10 and 26.1. */
export declare function allocatePools(ipam: Ipam, request: PoolsRequest): AllocatedPools;

/** Gives the pools of a network back: on removal, and where its driver refuses it. */
export declare function releasePools(ipam: Ipam, pools: NetworkPools): void;

/** What the default `bridge` network asks for on this engine. */
export declare function defaultBridgeConfig(ipam: Ipam): IpamConfig;

/** The first family in which two networks' subnets overlap, as the bridge driver words it. */
export declare function overlappingFamily(a: NetworkPools, b: NetworkPools): "IPv4" | "IPv6" | undefined;

/** A pool in a snapshot. The addresses of endpoints are claimed again by their endpoints. */
export interface SavedPool {
  readonly subnet: string;
  readonly range?: string;
  readonly gateway?: string;
  readonly auxiliary?: Record<string, string>;
  readonly automatic?: boolean;
}

export declare function savePools(pools: NetworkPools): SavedPool[];
export declare function restorePools(ipam: Ipam, saved: readonly SavedPool[]): NetworkPools;

/** The addresses of one endpoint; empty for none. */
export interface EndpointAddresses {
  readonly ipv4: string;
  readonly ipv6: string;
}

/** The network that addresses are wanted from. */
export interface AddressSource {
  readonly id: string;
  readonly name: string;
  readonly pools: NetworkPools;
}

/** The lowest free addresses, or those wanted. Both families or, with an error, none. */
export declare function allocateAddresses(
  release: Release,
  network: AddressSource,
  wanted: EndpointIPAMConfig | null,
): EndpointAddresses;

/** Takes exactly these addresses: for endpoints out of a snapshot. */
export declare function claimAddresses(release: Release, pools: NetworkPools, addresses: EndpointAddresses): void;

export declare function releaseAddresses(release: Release, pools: NetworkPools, addresses: EndpointAddresses): void;

/** What an endpoint shows of the pool that its address is from. */
export interface AddressPlace {
  /** Empty for none. */
  readonly gateway: string;
  readonly prefixLength: number;
}

/** The gateway and prefix length that go with an address; empty and 0 for the empty address. */
export declare function addressPlace(pools: NetworkPools, address: string): AddressPlace;
