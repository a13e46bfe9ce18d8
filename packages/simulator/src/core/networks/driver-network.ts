import { isMappedBlock } from "@dryharbor/kernel/host";
import { engineError, type IPAM } from "@dryharbor/sdk/port";
import type { Daemon } from "../daemon.js";
import { newId } from "../id.js";
import { type AllocatedPools, allocatePools, readIpamConfig, releasePools } from "../ipam/ipam.js";
import { quotedText } from "../quote.js";
import { parseInteger } from "../strconv.js";
import { notAManager } from "../swarm/not-a-manager.js";
import { checkBridge } from "./bridge.js";
import { type BridgeOptions, readBridgeOptions } from "./bridge-options.js";
import { type Network, newNetwork } from "./network.js";
import { type NetworkPlan, plannedProperties } from "./plan.js";
import {
  checkParent,
  isVlanDriver,
  makesInterface,
  readVlanOptions,
  type VlanOptions,
  vlanGateways,
} from "./vlan.js";

const drivers: readonly string[] = ["bridge", "host", "ipvlan", "macvlan", "null", "overlay"];
const ipamDrivers: readonly string[] = ["default", "null"];

/** Makes a network that has a driver: takes its pools and asks the driver. @throws 400, 403, 404, 500 */
export function driverNetwork(daemon: Daemon, plan: NetworkPlan): Network {
  const rows = daemon.release.networks;
  let options = rows.readsOptionsBeforePools ? readOptions(daemon, plan) : undefined;
  if (!ipamDrivers.includes(plan.ipamDriver)) throw pluginNotFound(plan.ipamDriver);
  const scope = plan.driver === "overlay" ? "global" : plan.scope;
  const allocated = allocatePools(daemon.ipam, {
    networkName: plan.name,
    scope,
    ipamDriver: plan.ipamDriver,
    enableIPv4: plan.enableIPv4,
    enableIPv6: plan.enableIPv6,
    config: plan.ipam,
    ...(options && { withoutGateway: options.withoutGateway }),
  });
  const id = newId(daemon.random);
  try {
    checkPools(daemon, plan);
    // Only 20.10 gets this far with an overlay network outside of a swarm.
    if (plan.driver === "overlay") {
      checkOverlayOptions(plan.options);
      throw outsideSwarm(daemon);
    }
    options ??= readOptions(daemon, plan);
    askDriver(daemon, plan, id, options, allocated);
    if (rows.refusesForeignScope && plan.scope !== "" && plan.scope !== "local") throw outsideSwarm(daemon);
  } catch (error) {
    releasePools(daemon.ipam, scope, allocated.pools);
    throw error;
  }
  const ipam: IPAM = { Driver: plan.ipamDriver, Options: plan.ipamOptions, Config: allocated.shown };
  const interfaceNumber = makesInterface(daemon, plan.driver, plan.options) ? daemon.interfaces.take() : 0;
  return newNetwork({
    ...plannedProperties(daemon, plan, id),
    ipam,
    interfaceNumber,
    pools: allocated.pools,
  });
}

/** Returns whether a planned network is the swarm's, where there is a swarm. */
export function belongsToSwarm({ driver, scope, configOnly }: NetworkPlan): boolean {
  return !configOnly && (driver === "overlay" || scope === "swarm");
}

/**
 * Checks driver and scope before anything is taken. Returns the plan with the values that its configuration
 * network gives.
 */
export function checkDriver(daemon: Daemon, asked: NetworkPlan): NetworkPlan {
  const { driver, scope } = asked;
  if (!drivers.includes(driver)) throw pluginNotFound(driver);
  if (driver === "overlay" && scope === "local") {
    throw engineError(403, "cannot downgrade network scope for overlay networks");
  }
  if (asked.ingress && driver !== "overlay") {
    throw engineError(403, "Ingress network can only be global scope network");
  }
  const early = daemon.release.networks.readsConfigFromFirst;
  const filledIn = early ? configured(daemon, asked) : asked;
  // On a network of the swarm, each node looks up the configuration network for itself.
  if (daemon.swarm && belongsToSwarm(asked)) return asked;
  let plan = filledIn;
  if (scope === "swarm") {
    throw engineError(403, "cannot create a swarm scoped network when swarm is not active");
  }
  if (!early) plan = configured(daemon, plan);
  if (driver === "host" || driver === "null") {
    throw engineError(403, `only one instance of "${driver}" network is allowed`);
  }
  return plan;
}

function pluginNotFound(name: string): Error {
  return engineError(404, `plugin ${quotedText(name)} not found`);
}

function outsideSwarm(daemon: Daemon): Error {
  return engineError(daemon.release.networks.overlayOutsideSwarmStatus, notAManager);
}

function checkOverlayOptions(options: Readonly<Record<string, string>>): void {
  const mtu = options["com.docker.network.driver.mtu"];
  if (mtu === undefined) return;
  let value: number;
  try {
    value = parseInteger(mtu);
  } catch (error) {
    throw engineError(500, `failed to parse ${mtu}: ${(error as Error).message}`);
  }
  if (value < 0) throw engineError(500, `invalid MTU value: ${value}`);
}

function configured(daemon: Daemon, plan: NetworkPlan): NetworkPlan {
  if (plan.configFrom === "") return plan;
  const source = daemon.networks.named(plan.configFrom).find(({ configOnly }) => configOnly);
  if (!source) throw engineError(404, `configuration network "${plan.configFrom}" does not exist`);
  return {
    ...plan,
    enableIPv4: source.enableIPv4,
    enableIPv6: source.enableIPv6,
    ipamDriver: source.ipam.Driver,
    ipamOptions: configuredIpamOptions(plan, source.ipam.Options),
    ipam: readIpamConfig(daemon.release, source.ipam.Config, source.enableIPv6),
    options: source.options,
    labels: source.labels,
  };
}

/** Options of IPAM are copied if there are some. Else the network keeps its own, `null` or none. Seen on all three. */
function configuredIpamOptions(
  { ipamOptions }: NetworkPlan,
  copied: Readonly<Record<string, string>> | null,
): Record<string, string> | null {
  return copied && Object.keys(copied).length > 0 ? { ...copied } : ipamOptions;
}

/** Those options of a driver that the simulator reads. */
type DriverOptions =
  | (BridgeOptions & { readonly driver: "bridge" })
  | (VlanOptions & {
      readonly driver: "macvlan" | "ipvlan";
      readonly withoutGateway: { readonly v4: boolean; readonly v6: boolean };
    });

function readOptions(daemon: Daemon, { driver, options, internal }: NetworkPlan): DriverOptions {
  if (!isVlanDriver(driver)) {
    return { driver: "bridge", ...readBridgeOptions(daemon.release, options, internal) };
  }
  const read = readVlanOptions(daemon.release, driver, options, internal);
  return { driver, ...read, withoutGateway: vlanGateways(read) };
}

/**
 * Checks that there are pools. IPAM's `null` driver gives the whole address space, which network drivers
 * refuse.
 */
function checkPools(daemon: Daemon, { driver, ipamDriver, enableIPv4, enableIPv6 }: NetworkPlan): void {
  const { badOptionStatus, vlanPoolStatus } = daemon.release.networks;
  const status = driver === "bridge" ? badOptionStatus : vlanPoolStatus;
  if (driver === "bridge" && !enableIPv4 && !enableIPv6) {
    throw engineError(status, "IPv4 or IPv6 must be enabled");
  }
  if (ipamDriver !== "null") return;
  if (enableIPv4) throw engineError(status, "ipv4 pool is empty");
  if (enableIPv6) throw engineError(status, "ipv6 pool is empty");
}

function askDriver(
  daemon: Daemon,
  plan: NetworkPlan,
  id: string,
  read: DriverOptions,
  { pools, mayOverlap }: AllocatedPools,
): void {
  if (read.driver === "bridge") {
    checkBridge(daemon, {
      id,
      options: plan.options,
      read,
      internal: plan.internal,
      pools,
      isMapped: isMappedBlock(plan.ipam.v4[0]?.Subnet ?? ""),
      mayOverlap,
    });
  } else {
    checkParent(daemon, read.driver, read);
  }
}
