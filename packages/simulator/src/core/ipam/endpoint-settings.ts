import type { EndpointConfig, IPAMPoolConfig } from "@dryharbor/sdk";
import type { Release } from "../releases/release.js";
import type { NetworkPools } from "./pool.js";

/** What of a network the checks of an endpoint's settings look at. */
export interface EndpointNetwork {
  /** `IPAM.Config` as inspect shows it. */
  readonly config: readonly IPAMPoolConfig[] | null;
  readonly pools: NetworkPools;
}

/**
 * The checks on connect, also to a container that does not run, and again on start: whether the
 * settings make sense and fit the network. `userDefined`: the name that the network was called by
 * is none of `default`, `bridge`, `host`, `none`. `network` is `undefined` where there is none of that name.
 */
export declare function validateEndpoint(
  release: Release,
  settings: EndpointConfig,
  userDefined: boolean,
  network: EndpointNetwork | undefined,
): void;

/** The checks on container create: 20.10 looks at the form of the addresses only, later releases do as on connect and name the network. */
export declare function validateEndpointOnCreate(
  release: Release,
  networkName: string,
  settings: EndpointConfig,
  userDefined: boolean,
  network: EndpointNetwork | undefined,
): void;
