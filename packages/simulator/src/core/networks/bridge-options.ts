import { parseIP } from "@dryharbor/kernel/host";
import { engineError } from "@dryharbor/sdk/port";
import type { OptionKind } from "../releases/networks.js";
import type { Release } from "../releases/release.js";
import { InvalidNumber, parseBoolean, parseInteger } from "../strconv.js";

/** Those options of the bridge driver that the simulator reads. */
export interface BridgeOptions {
  /** The bridge's name as given. Empty: the name is made from the network's id. */
  readonly bridgeName: string;
  /** In bytes. 0 where it is not given. */
  readonly mtu: number;
  /** Containers reach the outside at an address of the host. */
  readonly masquerades: boolean;
  /** Whether the bridge has no address, by family. */
  readonly withoutGateway: { readonly v4: boolean; readonly v6: boolean };
  /** Whether containers are reached at their own addresses, without any port of the host, by family. */
  readonly routed: { readonly v4: boolean; readonly v6: boolean };
}

/**
 * Reads the options of a bridge network.
 *
 * @throws 400 (500 on 20.10), and 500 for `isolated` on a network that is not internal
 */
export function readBridgeOptions(
  release: Release,
  options: Readonly<Record<string, string>>,
  internal: boolean,
): BridgeOptions {
  const kinds = release.networks.bridgeOptions;
  const gatewayModes = { v4: "", v6: "" };
  let mtu = 0;
  let masquerades = true;
  let inhibitIPv4 = false;
  for (const [option, value] of Object.entries(options)) {
    const kind = Object.hasOwn(kinds, option) ? kinds[option] : undefined;
    if (!kind) continue;
    const read = readValue(release, option, kind, value);
    if (option === "com.docker.network.driver.mtu") mtu = Number(read);
    if (option === "com.docker.network.bridge.enable_ip_masquerade") masquerades = read === true;
    if (option === "com.docker.network.bridge.inhibit_ipv4") inhibitIPv4 = read === true;
    if (option === "com.docker.network.bridge.gateway_mode_ipv4") gatewayModes.v4 = value;
    if (option === "com.docker.network.bridge.gateway_mode_ipv6") gatewayModes.v6 = value;
  }
  const isolated = { v4: gatewayModes.v4 === "isolated", v6: gatewayModes.v6 === "isolated" };
  if ((isolated.v4 || isolated.v6) && !internal) {
    throw engineError(500, "gateway mode 'isolated' can only be used for an internal network");
  }
  const spared = release.networks.readsOptionsBeforePools && inhibitIPv4 && internal;
  return {
    bridgeName: options["com.docker.network.bridge.name"] ?? "",
    mtu,
    masquerades,
    withoutGateway: { v4: isolated.v4 || spared, v6: isolated.v6 },
    routed: { v4: gatewayModes.v4 === "routed", v6: gatewayModes.v6 === "routed" },
  };
}

function readValue(
  release: Release,
  option: string,
  kind: OptionKind,
  value: string,
): boolean | number | string {
  try {
    return readers[kind](value);
  } catch (error) {
    if (!(error instanceof InvalidNumber)) throw error;
    throw engineError(
      release.networks.badOptionStatus,
      `failed to parse ${option} value: ${value} (${error.message})`,
    );
  }
}

const gatewayModes = ["nat", "nat-unprotected", "routed", "isolated"];

const readers: Readonly<Record<OptionKind, (value: string) => boolean | number | string>> = {
  boolean: parseBoolean,
  integer: parseInteger,
  address(value) {
    if (!parseIP(value)) throw new InvalidNumber("nil ip");
    return value;
  },
  gatewayMode(value) {
    if (!gatewayModes.includes(value)) throw new InvalidNumber(`unknown gateway mode ${value}`);
    return value;
  },
};

/** Returns the name of a network's bridge on the host. */
export function bridgeName({
  id,
  options,
}: {
  readonly id: string;
  readonly options: Readonly<Record<string, string>>;
}): string {
  return options["com.docker.network.bridge.name"] || `br-${id.slice(0, 12)}`;
}
