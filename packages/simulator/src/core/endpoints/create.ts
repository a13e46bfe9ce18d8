// The networks of a container create: reads them from the request, checks them, and makes the new container's
// endpoints. `containers/create.ts` calls the three functions in this order, with other checks in between.

import { type ContainerCreateRequest, type EndpointConfig, engineError } from "@dryharbor/sdk/port";
import { isOlder } from "../api-version.js";
import type { Daemon } from "../daemon.js";
import { isMac, validateEndpointsOnCreate } from "../ipam/ipam.js";
import { networkIfAny } from "../networks/find.js";
import { isContainerMode, isUserDefinedMode } from "../networks/mode.js";
import type { Endpoint } from "./endpoint.js";
import { newEndpoint } from "./settings.js";

/** What a container create asks for about networks, as the engine understands it. */
export interface AskedNetworks {
  /** The network mode that the container keeps. */
  readonly mode: string;
  /**
   * The MAC address of the whole container, where the engine keeps it. Empty where it went to an endpoint.
   */
  readonly macAddress: string;
  /** Whether the container gets no network at all (`NetworkDisabled`). */
  readonly disabled: boolean;
  /**
   * The endpoints, by name, id or id prefix of the network. A value is `null` where the request says `null`.
   */
  readonly endpoints: ReadonlyMap<string, EndpointConfig | null>;
  readonly warnings: readonly string[];
}

/**
 * Reads the networks of a container create. It is the first thing that the engine does with the request.
 *
 * @param apiVersion the client's API version; `undefined` for the engine's newest
 * @throws 400 for several endpoints where only one is allowed, and for a MAC address without an endpoint
 */
export function readNetworks(
  daemon: Daemon,
  request: ContainerCreateRequest,
  apiVersion?: string,
): AskedNetworks {
  const rows = daemon.release.endpoints;
  const asked = request.HostConfig?.NetworkMode ?? "";
  const mode = asked === "" || asked === "default" ? daemon.release.containers.defaultNetworkMode : asked;
  const endpoints = new Map(Object.entries(request.NetworkingConfig?.EndpointsConfig ?? {}));
  const byDefault = endpoints.get("default");
  if (byDefault !== undefined && (asked === "" || asked === "default")) {
    endpoints.delete("default");
    endpoints.set("bridge", byDefault);
  }
  const since = rows.severalEndpointsSince;
  if (since !== undefined && isOlder(apiVersion, since) && endpoints.size > 1) {
    const names = [...endpoints.keys()].join(", ");
    throw engineError(400, `Container cannot be created with multiple network endpoints: ${names}`);
  }
  const disabled = request.NetworkDisabled ?? false;
  const macAddress = containerMac(daemon, request, apiVersion);
  if (!rows.movesMacToEndpoint) return { mode, macAddress, disabled, endpoints, warnings: [] };
  withoutPriorities(endpoints, apiVersion);
  const warnings = moveMac(daemon, endpoints, mode, macAddress, apiVersion);
  return { mode, macAddress: "", disabled, endpoints, warnings };
}

/** Returns the container-wide MAC address, as far as the engine reads it. */
function containerMac(
  { release }: Daemon,
  { MacAddress }: ContainerCreateRequest,
  apiVersion: string | undefined,
): string {
  const address = MacAddress ?? "";
  const until = release.endpoints.containerMacUntil;
  if (until === undefined) return address;
  return isOlder(apiVersion, until) && isMac(address) ? address : "";
}

/** Drops gateway priorities. Clients before API 1.48 do not know them. */
function withoutPriorities(
  endpoints: Map<string, EndpointConfig | null>,
  apiVersion: string | undefined,
): void {
  if (!isOlder(apiVersion, "1.48")) return;
  for (const [name, config] of endpoints) if (config) endpoints.set(name, { ...config, GwPriority: 0 });
}

/** Moves the MAC address of the whole container to the endpoint that the mode names. */
function moveMac(
  daemon: Daemon,
  endpoints: Map<string, EndpointConfig | null>,
  mode: string,
  macAddress: string,
  apiVersion: string | undefined,
): string[] {
  const old = isOlder(apiVersion, "1.44");
  if (macAddress === "") {
    if (!old) return [];
    for (const [name, config] of endpoints) if (config) endpoints.set(name, { ...config, MacAddress: "" });
    return [];
  }
  if (mode === "bridge" || isUserDefinedMode(mode)) {
    const name = old ? ([...endpoints.keys()][0] ?? mode) : mode;
    if (endpoints.size > 0 && !endpoints.has(name))
      throw engineError(400, daemon.release.endpoints.noEndpointForMac);
    const config = endpoints.get(name) ?? {};
    if (!old && config.MacAddress && config.MacAddress !== macAddress) {
      throw engineError(
        400,
        "the container-wide MAC address must match the endpoint-specific MAC address for the main network, or be left empty",
      );
    }
    endpoints.set(name, { ...config, MacAddress: macAddress });
  } else if (old) {
    throw engineError(400, "conflicting options: mac-address and the network mode");
  }
  if (old) return [];
  return [
    "The container-wide MacAddress field is now deprecated. It should be specified in EndpointsConfig instead.",
  ];
}

/** Checks the endpoints of a create. The engine does so after it has checked the host config. @throws 400 */
export function checkNetworks(daemon: Daemon, { endpoints }: AskedNetworks): void {
  validateEndpointsOnCreate(
    daemon.release,
    [...endpoints].map(([networkName, settings]) => {
      const network = networkIfAny(daemon, networkName);
      return {
        networkName,
        settings,
        userDefined: isUserDefinedMode(networkName),
        network: network && { config: network.ipam.Config, pools: network.pools },
      };
    }),
  );
}

/**
 * Makes the endpoints of a new container: those that the request names, whatever the container's mode, or one
 * for the mode's network. The network of the mode is kept by its name, every other one as the request spells
 * it.
 */
export function endpointsOf(daemon: Daemon, asked: AskedNetworks): Map<string, Endpoint> {
  const endpoints = new Map<string, Endpoint>();
  if (asked.disabled || isContainerMode(asked.mode)) return endpoints;
  const network = isUserDefinedMode(asked.mode) ? networkIfAny(daemon, asked.mode) : undefined;
  const name = network?.name ?? (asked.mode === "default" ? "bridge" : asked.mode);
  if (asked.endpoints.size === 0) endpoints.set(name, newEndpoint(daemon.release));
  for (const [spelled, config] of asked.endpoints) {
    const byName = spelled === network?.id && !asked.endpoints.has(name);
    endpoints.set(byName ? name : spelled, askedEndpoint(daemon, config ?? {}));
  }
  return endpoints;
}

function askedEndpoint(daemon: Daemon, config: EndpointConfig): Endpoint {
  const endpoint = newEndpoint(daemon.release, config);
  const { MacAddress = "" } = config;
  if (daemon.release.endpoints.movesMacToEndpoint && isMac(MacAddress)) endpoint.macAddress = MacAddress;
  return endpoint;
}
