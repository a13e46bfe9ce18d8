import type { IPAMPoolConfig } from "@dryharbor/sdk/port";
import type { IpamConfig, NetworkPools } from "../../ipam/ipam.js";
import type { Meta } from "../meta.js";

/**
 * A network of a swarm, as its managers keep it. A node has a network of the same id only while something is
 * attached to it there: see `instance.ts`.
 */
export interface SwarmNetwork extends Meta {
  readonly id: string;
  readonly name: string;
  readonly driver: string;
  readonly enableIPv6: boolean;
  readonly ipamDriver: string;
  readonly ipamOptions: Readonly<Record<string, string>> | null;
  /** The request says something of IPAM, if only that it leaves all to the swarm. */
  readonly ipamAsked: boolean;
  /** The pools as requested. */
  readonly ipam: IpamConfig;
  /** The requested subnets of both families, in the order in which they are shown. */
  readonly subnets: readonly string[];
  readonly internal: boolean;
  readonly attachable: boolean;
  readonly ingress: boolean;
  /** The name of the configuration network, or an empty text. */
  readonly configFrom: string;
  /** The driver options as requested. */
  readonly options: Readonly<Record<string, string>>;
  readonly labels: Readonly<Record<string, string>>;
  /** It stands for a node's own `bridge` or `host`, and is not listed. */
  readonly predefined: boolean;
  /** `null` while it waits for subnets, and for drivers other than overlay. */
  allocation: Allocation | null;
}

/** What a network has been allocated. */
export interface Allocation {
  readonly pools: NetworkPools;
  /** `IPAM.Config`, with all gateways. */
  readonly shown: readonly IPAMPoolConfig[];
  /** The VXLAN id of each subnet. */
  readonly vxlanIds: readonly number[];
  /**
   * The offset in the first subnet at which the search for the next address starts. It moves on even past
   * addresses that were released.
   */
  cursor: bigint;
}

/** Returns whether a network waits for its subnets. */
export function isWaiting({ driver, allocation }: SwarmNetwork): boolean {
  return driver === "overlay" && !allocation;
}

/** The option that lists a network's VXLAN ids. */
export const vxlanIdList = "com.docker.network.driver.overlay.vxlanid_list";
