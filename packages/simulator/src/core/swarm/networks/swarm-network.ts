import type { IPAMPoolConfig } from "@dryharbor/sdk/port";
import type { IpamConfig, NetworkPools } from "../../ipam/ipam.js";
import type { Meta } from "../meta.js";

/**
 * A network of a swarm, as its managers keep it. On a node there is a network of the same id only while
 * something there is attached to it: see `instance.ts`.
 */
export interface SwarmNetwork extends Meta {
  readonly id: string;
  readonly name: string;
  readonly driver: string;
  readonly enableIPv6: boolean;
  readonly ipamDriver: string;
  readonly ipamOptions: Readonly<Record<string, string>> | null;
  /** As asked for. */
  readonly ipam: IpamConfig;
  /** Those that are asked for, of both families, in the order in which they are shown. */
  readonly subnets: readonly string[];
  readonly internal: boolean;
  readonly attachable: boolean;
  readonly ingress: boolean;
  /** Empty for none. */
  readonly configFrom: string;
  /** As asked for. */
  readonly options: Readonly<Record<string, string>>;
  readonly labels: Readonly<Record<string, string>>;
  /** Stands for a node's own `bridge` or `host`, and is not listed. */
  readonly predefined: boolean;
  /** `null` while it waits for subnets, and for drivers other than overlay. */
  allocation: Allocation | null;
}

/** What a network has been given. */
export interface Allocation {
  readonly pools: NetworkPools;
  /** `IPAM.Config`: with all gateways. */
  readonly shown: readonly IPAMPoolConfig[];
  /** One for a subnet. */
  readonly vxlanIds: readonly number[];
  /** Where in its first subnet the next address is looked for: one after the other, whatever was given back. */
  cursor: bigint;
}

/** Option that lists a network's VXLAN ids. */
export const vxlanIdList = "com.docker.network.driver.overlay.vxlanid_list";
