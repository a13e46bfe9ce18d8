import { row, since26, since28 } from "./row.js";

const addressKeys = [
  "NetworkID",
  "EndpointID",
  "Gateway",
  "IPAddress",
  "IPPrefixLen",
  "IPv6Gateway",
  "GlobalIPv6Address",
  "GlobalIPv6PrefixLen",
] as const;

type EndpointKey =
  | (typeof addressKeys)[number]
  | "IPAMConfig"
  | "Links"
  | "Aliases"
  | "MacAddress"
  | "DriverOpts"
  | "GwPriority"
  | "DNSNames";

/** What differs between releases in endpoints. Each row says where it was seen. */
export const endpointsRows = {
  /** What an endpoint shows, in this order. Seen: inspect. */
  keys: row<readonly EndpointKey[]>(
    ["IPAMConfig", "Links", "Aliases", ...addressKeys, "MacAddress", "DriverOpts"],
    ["IPAMConfig", "Links", "Aliases", "MacAddress", ...addressKeys, "DriverOpts", "DNSNames"],
    ["IPAMConfig", "Links", "Aliases", "MacAddress", "DriverOpts", "GwPriority", ...addressKeys, "DNSNames"],
  ),

  /** The short id and the host name are added to the aliases themselves, and stay there; later they are names of their own. Seen: inspect after start and after connect. */
  addsOwnAliases: since26(true, false),

  /** An endpoint looked for by an empty name. Seen: disconnect with Force and no container. */
  namelessEndpoint: row(
    { status: 500, message: "invalid name: " },
    { status: 400, message: "invalid name: " },
    { status: 400, message: "invalid name: name is empty" },
  ),

  /** Clients of an API before 1.45 see them among the aliases all the same. Seen: inspect through /v1.43. */
  showsOwnAliasesBefore: since26<string | undefined>(undefined, "1.45"),

  /** Containers may be created with several endpoints, by clients of this API or newer. Seen: EndpointsConfig of two. */
  severalEndpointsSince: since26<string | undefined>(undefined, "1.44"),

  /** The MAC address of the whole container becomes that of the endpoint that the mode names; before, it is applied to that network at each start. Seen: Config.MacAddress. */
  movesMacToEndpoint: since26(false, true),

  /** Config.MacAddress without an endpoint to move it to. Seen: NetworkMode of another network than EndpointsConfig. */
  noEndpointForMac: since28(
    "if a container-wide MAC address is supplied, HostConfig.NetworkMode must match the identity of a network in NetworkSettings.Networks",
    "unable to migrate container-wide MAC address to a specific network: HostConfig.NetworkMode must match the identity of a network in NetworkSettings.Networks",
  ),

  /** GwPriority is read. Seen: inspect. */
  hasGatewayPriority: since28(false, true),

  /** A mode that is a prefix of an id becomes the whole id, when any other network is attached; it must exist then. Seen: NetworkMode of a prefix; of none, with an endpoint elsewhere. */
  completesMode: since26(false, true),

  /** A network that goes nowhere else than its containers still tells them a gateway. Seen: inspect on an internal network. */
  internalGateway: since26(true, false),

  /** How much IPv4 and IPv6 gateways weigh in the order of a container's networks. Seen in the source. */
  gatewayWeight: since28({ v4: 1, v6: 2 }, { v4: 1, v6: 1 }),

  /** A network of both families is the gateway before all others, whatever their priority. Seen: ports published after a connect with GwPriority. */
  prefersBothFamilies: since28(false, true),

  /** What is thrown while networks are attached at a start is told with this before it. Seen: start on a full network. */
  startErrorPrefix: since28("", "failed to set up container networking: "),

  /** The default bridge is attached first, in whatever order the others come. Seen in the source. */
  attachesBridgeFirst: since28(true, false),

  /** The namespace is made before the first network is looked at, so that a start that fails tells of leaving all networks. Seen: start on a full network. */
  makesNamespaceFirst: since28(false, true),

  /** A start looks again at whether host and private networks go together. Seen: endpoint `host` in mode `bridge`. */
  checksConflictsAtStart: since28(false, true),

  /** A running container without a namespace, because its networking is disabled, cannot be connected. Seen: NetworkDisabled. */
  connectNeedsNamespace: since28(false, true),

  /** Seen: connect to and disconnect from `host`. */
  hostConnectRefusal: since28(
    "container cannot be disconnected from host network or connected to host network",
    "cannot connect container to host network - container must be created in host network mode",
  ),
  hostDisconnectRefusal: since28(
    "container cannot be disconnected from host network or connected to host network",
    "cannot disconnect container from host network - container was created in host network mode",
  ),

  /** A container's addresses are told to its neighbours when it gets them. Seen: start with a MAC address of eight bytes, of which the kernel takes six. */
  advertisesAddresses: since28(false, true),

  /** A rename of a running container gives all its endpoints names, the default bridge's too; 20.10 gives that one the new name alone. Seen: inspect, and nslookup from a container on both. */
  renameNamesAll: since26(false, true),

  /** A container that the engine named is known by its aliases only, the first of which reverse look-ups give. Seen: nslookup. */
  generatedNamesInDns: since26(false, true),
};
