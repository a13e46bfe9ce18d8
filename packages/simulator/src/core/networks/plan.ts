// The plan of a new network: reads a create request into it, and makes the checks that need no other network.
// `create.ts` calls this first.

import { engineError, type NetworkCreateRequest } from "@dryharbor/sdk/port";
import { isOlder } from "../api-version.js";
import type { Daemon } from "../daemon.js";
import { type IpamConfig, readIpamConfig } from "../ipam/ipam.js";
import { parseBoolean } from "../strconv.js";
import { notAManager } from "../swarm/not-a-manager.js";
import type { NetworkProperties } from "./network.js";

/** What a create request asks for, with the engine's defaults filled in. */
export interface NetworkPlan {
  readonly name: string;
  readonly driver: string;
  /** Empty: the driver's own scope. */
  readonly scope: string;
  readonly enableIPv4: boolean;
  readonly enableIPv6: boolean;
  readonly ipamDriver: string;
  readonly ipamOptions: Record<string, string> | null;
  readonly ipam: IpamConfig;
  readonly internal: boolean;
  readonly attachable: boolean;
  readonly ingress: boolean;
  readonly configOnly: boolean;
  readonly configFrom: string;
  readonly options: Record<string, string>;
  readonly labels: Record<string, string>;
}

/**
 * Reads a create request.
 *
 * @throws 400, 403 (500 on 20.10) for mistakes that show without any other network
 */
export function readPlan(
  daemon: Daemon,
  request: NetworkCreateRequest,
  apiVersion: string | undefined,
): NetworkPlan {
  const { release } = daemon;
  const driver = request.Driver || "bridge";
  const { overlayOutsideSwarmStatus } = release.networks;
  const refusesOverlay = release.networks.refusesOverlayFirst && !daemon.swarm;
  if (driver === "overlay" && refusesOverlay) throw engineError(overlayOutsideSwarmStatus, notAManager);
  const options = { ...request.Options };
  const { enableIPv4, enableIPv6 } = release.networks.enablesFamiliesByOption
    ? {
        enableIPv4: takeFamily(
          options,
          "com.docker.network.enable_ipv4",
          isOlder(apiVersion, "1.48") ? undefined : request.EnableIPv4,
        ),
        enableIPv6: takeFamily(options, "com.docker.network.enable_ipv6", request.EnableIPv6),
      }
    : { enableIPv4: true, enableIPv6: request.EnableIPv6 };
  return {
    name: request.Name,
    driver,
    scope: request.Scope ?? "",
    enableIPv4: enableIPv4 ?? true,
    enableIPv6: enableIPv6 ?? false,
    ipamDriver: request.IPAM?.Driver || "default",
    ipamOptions: request.IPAM?.Options ? { ...request.IPAM.Options } : null,
    ipam: readIpamConfig(release, request.IPAM?.Config, enableIPv6 ?? false),
    internal: request.Internal ?? false,
    attachable: request.Attachable ?? false,
    ingress: request.Ingress ?? false,
    configOnly: request.ConfigOnly ?? false,
    configFrom: request.ConfigFrom?.Network ?? "",
    options,
    labels: { ...request.Labels },
  };
}

/**
 * Reads whether a family is enabled. The request's own field wins, and the option is then removed. Without
 * the field the option counts, and stays.
 */
function takeFamily(
  options: Record<string, string>,
  option: string,
  field: boolean | null | undefined,
): boolean | undefined {
  if (typeof field === "boolean") {
    delete options[option];
    return field;
  }
  const text = options[option];
  if (text === undefined) return undefined;
  try {
    return parseBoolean(text);
  } catch {
    throw engineError(400, `driver-opt "${option}" is not a valid bool`);
  }
}

/**
 * Checks that the plan's fields about configuration networks are compatible with its other fields.
 *
 * @throws 403
 */
export function checkConfiguration({ release }: Daemon, plan: NetworkPlan): void {
  if (plan.configOnly && (plan.ingress || plan.internal || plan.attachable || plan.scope !== "")) {
    throw engineError(
      403,
      "configuration network can only contain network specific fields. Network operator fields like [ ingress | internal | attachable | scope ] are not supported.",
    );
  }
  if (plan.configFrom === "") return;
  if (plan.configOnly) {
    throw engineError(403, "a configuration network cannot depend on another configuration network");
  }
  if (configures(plan)) {
    throw engineError(403, release.networks.configuredTwice);
  }
  if (Object.keys(plan.options).length > 0) {
    throw engineError(
      403,
      "network driver options are not supported if the network depends on a configuration network",
    );
  }
}

function configures(plan: NetworkPlan): boolean {
  return (
    plan.ipamDriver !== "default" ||
    !plan.enableIPv4 ||
    plan.enableIPv6 ||
    Object.keys(plan.labels).length > 0 ||
    Object.keys(plan.ipamOptions ?? {}).length > 0 ||
    plan.ipam.v4.length > 0 ||
    plan.ipam.v6.length > 0
  );
}

/** Returns the properties that a plan gives to its network, without IPAM, pools and interface. */
export function plannedProperties(
  daemon: Daemon,
  plan: NetworkPlan,
  id: string,
): Omit<NetworkProperties, "ipam" | "interfaceNumber" | "pools"> {
  return {
    id,
    name: plan.name,
    created: daemon.clock.now(),
    driver: plan.driver,
    scope: plan.scope || "local",
    enableIPv4: plan.enableIPv4,
    enableIPv6: plan.enableIPv6,
    internal: plan.internal,
    attachable: plan.attachable,
    ingress: plan.ingress,
    configOnly: plan.configOnly,
    configFrom: plan.configFrom,
    options: plan.options,
    labels: plan.labels,
    predefined: false,
  };
}
