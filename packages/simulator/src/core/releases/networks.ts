import { formatPrefix, type Prefix } from "@dryharbor/kernel/host";
import { row, since26, since28, since29 } from "./row.js";

/** The way in which the bridge driver parses an option's value. */
export type OptionKind = "boolean" | "integer" | "address" | "gatewayMode";

const bridgeOptions20: Readonly<Record<string, OptionKind>> = {
  "com.docker.network.driver.mtu": "integer",
  "com.docker.network.enable_ipv6": "boolean",
  "com.docker.network.bridge.enable_ip_masquerade": "boolean",
  "com.docker.network.bridge.enable_icc": "boolean",
  "com.docker.network.bridge.inhibit_ipv4": "boolean",
  "com.docker.network.bridge.default_bridge": "boolean",
  "com.docker.network.bridge.host_binding_ipv4": "address",
  "com.docker.network.host_ipv4": "address",
};

const bridgeOptions26: typeof bridgeOptions20 = {
  ...bridgeOptions20,
  "com.docker.network.host_ipv6": "address",
};

const bridgeOptions28: typeof bridgeOptions20 = {
  ...bridgeOptions26,
  "com.docker.network.enable_ipv4": "boolean",
  "com.docker.network.bridge.gateway_mode_ipv4": "gatewayMode",
  "com.docker.network.bridge.gateway_mode_ipv6": "gatewayMode",
};

/**
 * Differences between releases in networks and their drivers. The comment of a boolean row describes `true`.
 * "Seen" names the request that showed the difference.
 */
export const networksRows = {
  /** The refusal of a network without a name. Seen: create with an empty and with a blank name. */
  nameless: row<{ status: number; message: (name: string) => string }>(
    { status: 500, message: (name) => `invalid name: ${name}` },
    { status: 400, message: (name) => `invalid name: ${name}` },
    { status: 400, message: () => "invalid name: name is empty" },
  ),

  /**
   * Two networks may share a name, with a warning, unless the request has CheckDuplicate. An empty name then
   * stands for the default network. Seen: create twice.
   */
  allowsDuplicateNames: since26(true, false),

  /**
   * The driver `overlay` is refused before anything else is checked, also for a configuration network. Seen:
   * overlay with a bad subnet.
   */
  refusesOverlayFirst: since26(false, true),

  /**
   * Outside a swarm, a network of a scope other than `local` is refused, since there is no store for it.
   * Seen: `Scope: global`, overlay.
   */
  refusesForeignScope: since26(true, false),

  /** Status of a create of an overlay network outside a swarm. Seen: create. */
  overlayOutsideSwarmStatus: since26(500, 403),

  /**
   * The bridge driver's options for IPv4 and IPv6 count as the request's own fields. Seen:
   * `com.docker.network.enable_ipv4`.
   */
  enablesFamiliesByOption: since28(false, true),

  /** `EnableIPv4` is read and shown. Seen: inspect. */
  hasEnableIPv4: since28(false, true),

  /**
   * Lists show no `Containers`, and an inspect shows them behind the labels. They are then empty, and not `null`, for a
   * network of a swarm that is not on the node. Seen: list, inspect.
   */
  containersOnlyInspected: since29(false, true),

  /**
   * The API version from which an inspect shows how many addresses are in use; `undefined` for none. Seen:
   * `Status` of an inspect.
   */
  statusSince: since29<string | undefined>(undefined, "1.52"),

  /**
   * The filter `dangling` looks at attached containers. Before, the engine filters before it looks at them, so every
   * user-defined network is dangling. Seen: list, with a running container attached.
   */
  danglingSeesContainers: since29(false, true),

  /** A configuration network shows the pools that it was given. Seen: inspect. */
  showsTemplatePools: since29(true, false),

  /** The message about a network with a configuration of its own and `ConfigFrom`. Seen: EnableIPv6 with it. */
  configuredTwice: since29(
    "user specified configurations are not supported if the network depends on a configuration network",
    "user-specified configurations are not supported if the network depends on a configuration network",
  ),

  /**
   * The configuration network is looked up before the scope is checked. Seen: ConfigFrom of an unknown
   * network, with `Scope: swarm`.
   */
  readsConfigFromFirst: since28(false, true),

  /**
   * The driver parses its options before pools are reserved. Seen: a bad option and an overlapping subnet.
   */
  readsOptionsBeforePools: since28(false, true),

  /** Status of driver options and pools that are invalid. Seen: `enable_icc=zz`, IPAM driver `null`. */
  badOptionStatus: since26(500, 400),

  /** Status of a macvlan or ipvlan network whose pool covers all addresses. Seen: IPAM driver `null`. */
  vlanPoolStatus: since28(500, 400),

  /** The options that the bridge driver parses; all others are stored unread. Seen: each with `zz`. */
  bridgeOptions: row(bridgeOptions20, bridgeOptions26, bridgeOptions28),

  /** A negative MTU is found before several subnets are. Seen: both at once. */
  checksMtuFirst: since26(true, false),

  /**
   * The MTU is set on the bridge at create, so that the kernel can refuse it. Seen: MTU of 67 and of 99999.
   */
  setsBridgeMtu: since26(false, true),

  /**
   * An internal network refuses the auxiliary address DefaultGatewayIPv4, which would send containers to a
   * gateway. Seen: both.
   */
  refusesInternalGateway: since26(false, true),

  /**
   * The refusal of a bridge name that is too long for the kernel. 20.10 finds it while it parses options
   * (`early`). Seen: 16 letters.
   */
  longBridgeName: since26(
    { early: true, message: "failed to check bridge interface existence: numerical result out of range" },
    { early: false, message: "numerical result out of range" },
  ),

  /**
   * The default bridge is removed when a new network conflicts with it. Read in the source (a stale default
   * network).
   */
  defaultBridgeGivesWay: since26(true, false),

  /**
   * Returns the message about an IPv6 subnet that overlaps fe80::/64 or consists of multicast addresses;
   * `undefined` when it is not checked. Read in the source.
   */
  linkLocalClash: row<((subnet: string) => string) | undefined>(
    undefined,
    () => "clash with the Link-Local prefix 'fe80::/64'",
    (subnet) => `'${subnet}' clashes with the Link-Local prefix 'fe80::/64'`,
  ),
  /**
   * The driver checks for multicast subnets. Before, the kernel refuses the bridge's address after all other
   * checks. Seen: subnet `ff02::/64`.
   */
  refusesMulticast: since28(false, true),

  /**
   * The modes of ipvlan, and its flags; `undefined` when flags are not read. Seen: `ipvlan_mode=l3s`,
   * `ipvlan_flag=zz`.
   */
  ipvlanModes: since26(["l2", "l3"], ["l2", "l3", "l3s"]),
  ipvlanFlags: since26<readonly string[] | undefined>(undefined, ["bridge", "private", "vepa"]),

  /** Several macvlan networks may share a parent interface. Read in the source. */
  macvlanSharesParent: since28(false, true),

  /** A macvlan or ipvlan network without a parent interface is internal. Read in the source. */
  parentlessVlanIsInternal: since26(false, true),

  /** The message about a VLAN whose parent interface does not exist. Seen: `parent=zz.5`. */
  macvlanParentMissing: since26(
    (parent: string) => `-o parent interface does was not found on the host: ${parent}`,
    (parent: string) => `-o parent interface was not found on the host: ${parent}`,
  ),

  /**
   * Why a bridge cannot have an IPv4-mapped subnet. 20.10 asks the packet filter of IPv6, where its chains are not;
   * on 26.1 the kernel refuses the address. Seen: create with ::ffff:10.1.0.0/112.
   */
  mappedBridge: row<(bridge: MappedBridge) => string | undefined>(
    ({ name, subnet, internal, masquerades }) => {
      // The four bytes of the address are read as the first of sixteen.
      const address = { family: 6, value: subnet.address.value << 96n } as const;
      const misread = formatPrefix({ address, bits: subnet.bits + 96 });
      const [rule, command] = internal
        ? ["DROP INCOMING", `-I DOCKER-ISOLATION-STAGE-1 -i ${name} ! -d ${misread} -j DROP`]
        : ["SKIP DNAT", `-t nat -I DOCKER -i ${name} -j RETURN`];
      if (!internal && !masquerades) return undefined;
      return `Failed to Setup IP tables: Unable to enable ${rule} rule:  (iptables failed: ip6tables --wait ${command}: ip6tables: No chain/target/match by that name.\n (exit status 1))`;
    },
    ({ address }) => `failed to add IPv4 address ${address} to bridge: invalid argument`,
    () => undefined,
  ),

  /** The message about a removal of a network with running containers. Seen: such a removal. */
  activeEndpoints: since28(
    ({ name, id }: ActiveNetwork) => `network ${name} id ${id} has active endpoints`,
    ({ name, endpoints }: ActiveNetwork) => {
      const list = endpoints.map((endpoint) => `name:"${endpoint.name}" id:"${endpoint.id.slice(0, 12)}"`);
      return `network ${name} has active endpoints (${list.join(", ")})`;
    },
  ),
};

interface MappedBridge {
  readonly name: string;
  readonly subnet: Prefix;
  /** The bridge's own, with the length of the subnet's prefix. */
  readonly address: string;
  readonly internal: boolean;
  readonly masquerades: boolean;
}

interface ActiveNetwork {
  readonly name: string;
  readonly id: string;
  readonly endpoints: readonly { readonly name: string; readonly id: string }[];
}
