import type { Address } from "./address.js";
import type { AddressSet } from "./address-set.js";
import type { Prefix } from "./prefix.js";

/** A subnet that a network has taken, and where in it its endpoints get their addresses from. */
export interface Pool {
  /** Without host bits. */
  readonly subnet: Prefix;
  /** The part of the subnet that addresses are picked from; `null` for the whole of it. */
  readonly range: Prefix | null;
  /** `null` where the network's driver wants none. */
  readonly gateway: Address | null;
  /** What containers are told as their gateway where it is not the pool's: the auxiliary address `DefaultGatewayIPv4`. */
  readonly auxiliary: Readonly<Record<string, Address>>;
  /** Whether the engine picked the subnet: static addresses are then refused. */
  readonly automatic: boolean;
  /** What is taken in the subnet. Shared by all pools of one subnet, which only ranges make possible. */
  readonly addresses: AddressSet;
}

/** The pools of one network. Empty lists for `host`, `none` and configuration networks; a bridge has at most one a family. */
export interface NetworkPools {
  readonly v4: readonly Pool[];
  readonly v6: readonly Pool[];
}
