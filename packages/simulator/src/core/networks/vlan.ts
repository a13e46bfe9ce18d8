import { engineError } from "@dryharbor/sdk/port";
import type { Daemon } from "../daemon.js";
import type { Release } from "../releases/release.js";
import { parseInteger } from "../strconv.js";
import { hostInterfaces } from "../system/interfaces.js";
import type { Network } from "./network.js";

/** The two drivers that connect containers to an interface of the host, its parent. */
export type VlanDriver = "macvlan" | "ipvlan";

export function isVlanDriver(driver: string): driver is VlanDriver {
  return driver === "macvlan" || driver === "ipvlan";
}

/** Those options of the two drivers that the simulator reads. */
export interface VlanOptions {
  /** The parent interface. Empty: the driver makes one of its own, which leads nowhere. */
  readonly parent: string;
  readonly mode: string;
  readonly internal: boolean;
}

/** Reads the options of a macvlan or ipvlan network. @throws 500 */
export function readVlanOptions(
  release: Release,
  driver: VlanDriver,
  options: Readonly<Record<string, string>>,
  internal: boolean,
): VlanOptions {
  const { ipvlanModes, ipvlanFlags, parentlessVlanIsInternal } = release.networks;
  const modes = driver === "macvlan" ? ["bridge", "private", "passthru", "vepa"] : ipvlanModes;
  const mode = options[`${driver}_mode`] || (modes[0] as string);
  if (!modes.includes(mode)) {
    throw engineError(
      500,
      `requested ${driver} mode '${mode}' is not valid, '${modes[0]}' mode is the ${driver} driver default`,
    );
  }
  const flag = driver === "ipvlan" ? options.ipvlan_flag : "";
  if (flag && ipvlanFlags && !ipvlanFlags.includes(flag)) {
    throw engineError(
      500,
      `requested ipvlan flag '${flag}' is not valid, 'bridge' is the ipvlan driver default`,
    );
  }
  const parent = options.parent ?? "";
  if (parent === "lo") throw engineError(500, `loopback interface is not a valid ${driver} parent link`);
  return { parent, mode, internal: internal || (parent === "" && parentlessVlanIsInternal) };
}

/**
 * Returns the families in which a network needs no gateway: both, where it works on layer 3 or has no way
 * outside, else neither.
 */
export function vlanGateways({ mode, internal }: VlanOptions): {
  readonly v4: boolean;
  readonly v6: boolean;
} {
  const without = internal || mode === "l3" || mode === "l3s";
  return { v4: without, v6: without };
}

/** Checks that the parent interface exists or can be made, and that no other network has it. @throws 500 */
export function checkParent(daemon: Daemon, driver: VlanDriver, { parent, mode }: VlanOptions): void {
  if (parent === "") return;
  const shares = driver === "macvlan" && daemon.release.networks.macvlanSharesParent;
  for (const other of daemon.networks.byId.values()) {
    if (other.driver !== driver || other.options.parent !== parent) continue;
    if (!shares) {
      const prefix = driver === "macvlan" ? "dm-" : "di-";
      throw engineError(
        500,
        `network ${prefix}${other.id.slice(0, 12)} is already using parent interface ${parent}`,
      );
    }
    if (mode === "passthru") {
      throw engineError(
        500,
        `cannot use mode passthru, macvlan network ${other.id} is already using parent interface ${parent}`,
      );
    }
    if (other.options.macvlan_mode === "passthru") {
      throw engineError(
        500,
        `macvlan network ${other.id} is already using parent interface ${parent} in mode passthru`,
      );
    }
  }
  if (!hasInterface(daemon, parent)) checkVlanLink(daemon, driver, parent);
}

/**
 * Checks the name of a parent that the driver makes. It must be a VLAN of an existing interface, e.g.
 * `eth0.10`.
 */
function checkVlanLink(daemon: Daemon, driver: VlanDriver, name: string): void {
  if (!name.includes(".")) {
    throw engineError(500, `invalid subinterface vlan name ${name}, example formatting is eth0.10`);
  }
  const [parent, id, ...rest] = name.split(".") as [string, string, ...string[]];
  if (rest.length > 0) {
    throw engineError(
      500,
      `required interface name format is: name.vlan_id, ex. eth0.10 for vlan 10, instead received ${name}`,
    );
  }
  const vlan = readVlanId(id);
  if (!hasInterface(daemon, parent)) {
    const missing =
      driver === "macvlan"
        ? daemon.release.networks.macvlanParentMissing(parent)
        : `-o parent interface was not found on the host: ${parent}`;
    throw engineError(500, missing);
  }
  if (vlan < 1 || vlan > 4094) {
    throw engineError(500, `vlan id must be between 1-4094, received: ${vlan}`);
  }
}

function readVlanId(text: string): number {
  try {
    return parseInteger(text);
  } catch {
    throw engineError(500, `unable to parse a valid vlan id from: ${text} (ex. eth0.10 for vlan 10)`);
  }
}

function hasInterface(daemon: Daemon, name: string): boolean {
  return hostInterfaces(daemon).some((each) => each.name === name);
}

/** Returns whether a driver makes an interface on the host for a new network: a bridge, or a parent that is not there. */
export function makesInterface(daemon: Daemon, driver: string, options: Network["options"]): boolean {
  if (driver === "bridge") return true;
  return isVlanDriver(driver) && !(options.parent && hasInterface(daemon, options.parent));
}

/** Returns the number of the host's interface to which a macvlan or ipvlan network connects; 0 where it has gone. */
export function numberOfParent(daemon: Daemon, { interfaceNumber, options }: Network): number {
  if (interfaceNumber !== 0) return interfaceNumber;
  return hostInterfaces(daemon).find(({ name }) => name === options.parent)?.number ?? 0;
}
