import { row, since26, since28, since29 } from "./row.js";

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

/**
 * Differences between releases in endpoints, the settings of a container on a network. The comment of a
 * boolean row describes `true`. "Seen" names the request that showed the difference.
 */
export const endpointsRows = {
  /** The keys that an endpoint shows, in order. Seen: inspect. */
  keys: row<readonly EndpointKey[]>(
    ["IPAMConfig", "Links", "Aliases", ...addressKeys, "MacAddress", "DriverOpts"],
    ["IPAMConfig", "Links", "Aliases", "MacAddress", ...addressKeys, "DriverOpts", "DNSNames"],
    ["IPAMConfig", "Links", "Aliases", "MacAddress", "DriverOpts", "GwPriority", ...addressKeys, "DNSNames"],
    [
      ...(["IPAMConfig", "Links", "Aliases", "DriverOpts", "GwPriority"] as const),
      ...addressKeys.flatMap((key): EndpointKey[] => (key === "IPAddress" ? [key, "MacAddress"] : [key])),
      "DNSNames",
    ],
  ),

  /**
   * The short id and the host name are added to the aliases and stay there. Later releases keep them as names
   * apart from the aliases. Seen: inspect after start and after connect.
   */
  addsOwnAliases: since26(true, false),

  /**
   * The refusal when an endpoint is looked up by an empty name. Seen: disconnect with Force and no container.
   */
  namelessEndpoint: row(
    { status: 500, message: "invalid name: " },
    { status: 400, message: "invalid name: " },
    { status: 400, message: "invalid name: name is empty" },
  ),

  /**
   * Clients of API versions before this one see the short id and the host name among the aliases. Seen:
   * inspect through /v1.43.
   */
  showsOwnAliasesBefore: since26<string | undefined>(undefined, "1.45"),

  /**
   * The API version from which a create may ask for several endpoints; `undefined` for none. Seen:
   * EndpointsConfig of two.
   */
  severalEndpointsSince: since26<string | undefined>(undefined, "1.44"),

  /**
   * A create moves the container's MAC address to the endpoint on the network that NetworkMode names. Before,
   * each start applies it to that network. Seen: Config.MacAddress.
   */
  movesMacToEndpoint: since26(false, true),

  /**
   * The message about a Config.MacAddress with no endpoint to move it to. Seen: NetworkMode of another
   * network than EndpointsConfig.
   */
  noEndpointForMac: since28(
    "if a container-wide MAC address is supplied, HostConfig.NetworkMode must match the identity of a network in NetworkSettings.Networks",
    "unable to migrate container-wide MAC address to a specific network: HostConfig.NetworkMode must match the identity of a network in NetworkSettings.Networks",
  ),

  /**
   * The API version from which a create does not read the container-wide MAC address; `undefined` for none. Before, 29
   * ignores one that is no MAC address. Seen: `MacAddress` of `02:42:ac:11:00:09` and of `zz`.
   */
  containerMacUntil: since29<string | undefined>(undefined, "1.52"),

  /**
   * The API version from which a connect reads the endpoint's MAC address; `undefined` for none. Seen: connect.
   */
  connectReadsMacSince: since29<string | undefined>(undefined, "1.54"),

  /**
   * A container that fails to join a network, once it has its address there, is no longer on that network: its next
   * start goes without. Before, it stays among its networks. Seen: a start with a port that is taken, links that cannot
   * be read.
   */
  failedJoinLosesNetwork: since29(false, true),

  /** GwPriority is read and shown. Seen: inspect. */
  hasGatewayPriority: since28(false, true),

  /**
   * A NetworkMode that is the prefix of an id is replaced by the whole id, as soon as another network is
   * attached; the network must exist then. Seen: NetworkMode of a prefix; of an unknown network, with an
   * endpoint elsewhere.
   */
  completesMode: since26(false, true),

  /** An internal network shows its containers a gateway. Seen: inspect on an internal network. */
  internalGateway: since26(true, false),

  /**
   * The weights of an IPv4 and an IPv6 gateway in the order of a container's networks. Read in the source.
   */
  gatewayWeight: since28({ v4: 1, v6: 2 }, { v4: 1, v6: 1 }),

  /**
   * A network of both families is preferred as gateway over all others, whatever their priority. Seen: ports
   * published after a connect with GwPriority.
   */
  prefersBothFamilies: since28(false, true),

  /** The prefix of an error while a start attaches networks. Seen: start on a full network. */
  startErrorPrefix: since28("", "failed to set up container networking: "),

  /**
   * The default bridge is attached first, before the order of the other networks counts. Read in the source.
   */
  attachesBridgeFirst: since28(true, false),

  /**
   * The namespace is made before the first network is looked up, so that a start that fails reports a
   * disconnect from all networks. Seen: start on a full network.
   */
  makesNamespaceFirst: since28(false, true),

  /**
   * A start checks again that host and private networks are not combined. Seen: endpoint `host` in mode
   * `bridge`.
   */
  checksConflictsAtStart: since28(false, true),

  /**
   * A running container with networking disabled has no namespace and cannot be connected. Seen:
   * NetworkDisabled.
   */
  connectNeedsNamespace: since28(false, true),

  /**
   * The message about a connect to the network `host`; `hostDisconnectRefusal` is about a disconnect from it.
   * Seen: both.
   */
  hostConnectRefusal: since28(
    "container cannot be disconnected from host network or connected to host network",
    "cannot connect container to host network - container must be created in host network mode",
  ),
  hostDisconnectRefusal: since28(
    "container cannot be disconnected from host network or connected to host network",
    "cannot disconnect container from host network - container was created in host network mode",
  ),

  /** A new interface gets the lowest free number; else the next one, and none twice in a run. Seen: disconnect and connect. */
  reusesInterfaceNumbers: since28(false, true),

  /**
   * The host numbers both ends of a container's veth pair, the container's end first. Later, a container's namespace
   * numbers that end, which gets a number of the host's when it comes back and its own is taken there. Seen: `ip link`.
   */
  hostNumbersBothEnds: since28(true, false),

  /** The loopback interface has the address ::1 on IPv4 networks, too. Seen: /proc/net/if_inet6. */
  loopbackHasIPv6: since26(false, true),

  /** A container's addresses are told to its neighbours when it gets them. Seen: start with a MAC address of eight bytes, of which the kernel takes six. */
  advertisesAddresses: row(false, false, true, false),

  /**
   * A rename of a running container keeps all names of all its endpoints up to date, on the default bridge
   * too. 20.10 gives the endpoint on the default bridge the new name alone. Seen: inspect, and nslookup from
   * a container on both.
   */
  renameNamesAll: since26(false, true),

  /**
   * A name that the engine generated resolves. 20.10 knows such a container by its aliases only, the first of
   * which answers reverse look-ups. Seen: nslookup.
   */
  generatedNamesInDns: since26(false, true),
};
