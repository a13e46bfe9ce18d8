import type { CallOptions } from "./call.js";
import type { NetworkListFilters, NetworkPruneFilters } from "./filters.js";

/** One pool of a network, as asked for or as shown: only the keys that were given are present. */
export interface IPAMPoolConfig {
  /** CIDR block, e.g. `10.1.0.0/24`. */
  Subnet?: string;
  /** The part of the subnet that containers get their addresses from, as a CIDR block. */
  IPRange?: string;
  Gateway?: string;
  /**
   * Addresses that no container may get, by a name of the user's choice. API name `AuxiliaryAddresses`.
   * @example { router: "10.1.0.254" }
   */
  AuxiliaryAddresses?: Record<string, string>;
}

/** Address management of a network. `Config` is `null` where the engine says so (`host` and `none` from 26.1 on). */
export interface IPAM {
  Driver: string;
  Options: Record<string, string> | null;
  Config: IPAMPoolConfig[] | null;
}

/** Body of `POST /networks/create`. */
export interface NetworkCreateRequest {
  Name: string;
  /** 20.10 refuses a second network of the same name only where this is true; later engines always do. */
  CheckDuplicate?: boolean;
  /** Default: `bridge`. */
  Driver?: string;
  Scope?: string;
  /** API 1.48 and up; older engines ignore it. */
  EnableIPv4?: boolean;
  EnableIPv6?: boolean;
  IPAM?: Partial<IPAM> | null;
  /** No way out of the network, and no gateway for its containers (20.10 still shows one). */
  Internal?: boolean;
  Attachable?: boolean;
  Ingress?: boolean;
  ConfigOnly?: boolean;
  ConfigFrom?: { Network: string } | null;
  Options?: Record<string, string> | null;
  Labels?: Record<string, string> | null;
}

/** Answer of `POST /networks/create`. */
export interface NetworkCreateResponse {
  Id: string;
  /** Empty, or 20.10's note that another network has this name. */
  Warning: string;
}

/** One attached container as its network shows it. */
export interface NetworkContainer {
  Name: string;
  EndpointID: string;
  MacAddress: string;
  /** With prefix length, e.g. `10.0.0.2/24`; empty for `host` and `none`. */
  IPv4Address: string;
  IPv6Address: string;
}

/** A network as `GET /networks` and `GET /networks/{id}` show it. */
export interface NetworkInspect {
  Name: string;
  Id: string;
  /** RFC 3339 with nanoseconds, trailing zeros dropped. */
  Created: string;
  Scope: string;
  Driver: string;
  /** 28.5 and up. */
  EnableIPv4?: boolean;
  EnableIPv6: boolean;
  IPAM: IPAM;
  Internal: boolean;
  Attachable: boolean;
  Ingress: boolean;
  ConfigFrom: { Network: string };
  ConfigOnly: boolean;
  /**
   * By container id. Empty in a list, and not there in a list of 29; in an inspect only running containers. For a
   * network of a swarm that nothing on this node is attached to, `null` before 29, as options and labels may be.
   */
  Containers?: Record<string, NetworkContainer> | null;
  Options: Record<string, string> | null;
  Labels: Record<string, string> | null;
  /** The nodes that have something attached to a network of a swarm. */
  Peers?: { Name: string; IP: string }[];
  /**
   * Who is attached to a network of a swarm, by the name of their service, where a verbose inspect asks for it.
   * Containers that are of no service are under the empty name. moby: libnetwork/agent.go.
   */
  Services?: Record<string, NetworkService>;
  /** How many addresses are in use: in an inspect of 29, from API 1.52 on. */
  Status?: { IPAM: IPAMStatus };
}

/** How many addresses of a network are in use, by subnet. No `Subnets` where the network has none. */
export interface IPAMStatus {
  Subnets?: Record<string, { IPsInUse: number; DynamicIPsAvailable: number }>;
}

/** A service on a network of a swarm. */
export interface NetworkService {
  /** The service's virtual address. For none it is empty on 29, and `<nil>` before. */
  VIP: string;
  Ports: string[];
  LocalLBIndex: number;
  Tasks: NetworkTask[];
}

/** What runs for a service, or a container of none. */
export interface NetworkTask {
  Name: string;
  EndpointID: string;
  EndpointIP: string;
  Info: Record<string, string>;
}

/** What a container asks of one of its networks: part of create and of connect. */
export interface EndpointConfig {
  IPAMConfig?: EndpointIPAMConfig | null;
  /** `target:alias` or `target`. The alias resolves for this container only. */
  Links?: string[] | null;
  /** Further names of this container on this network. */
  Aliases?: string[] | null;
  /** Applied by container create from 26.1 on; connect checks its form only. */
  MacAddress?: string;
  DriverOpts?: Record<string, string> | null;
  /** API 1.48 and up: the endpoint with the highest number gives the container its default gateway. */
  GwPriority?: number;
  NetworkID?: string;
  EndpointID?: string;
  Gateway?: string;
  IPAddress?: string;
}

/** Static addresses of an endpoint. */
export interface EndpointIPAMConfig {
  IPv4Address?: string;
  IPv6Address?: string;
  LinkLocalIPs?: string[];
}

/** One of a container's networks, as inspect shows it. */
export interface EndpointSettings {
  IPAMConfig: EndpointIPAMConfig | null;
  Links: string[] | null;
  Aliases: string[] | null;
  MacAddress: string;
  DriverOpts: Record<string, string> | null;
  /** 28.5 and up. */
  GwPriority?: number;
  NetworkID: string;
  EndpointID: string;
  Gateway: string;
  IPAddress: string;
  IPPrefixLen: number;
  IPv6Gateway: string;
  GlobalIPv6Address: string;
  GlobalIPv6PrefixLen: number;
  /** 26.1 and up: the names that the embedded DNS knows this endpoint by. */
  DNSNames?: string[] | null;
}

/** Body of `POST /networks/{id}/connect`. */
export interface NetworkConnectRequest {
  /** Name, id or id prefix. */
  Container: string;
  EndpointConfig?: EndpointConfig | null;
}

/** Body of `POST /networks/{id}/disconnect`. */
export interface NetworkDisconnectRequest {
  Container: string;
  Force?: boolean;
}

/** Answer of `POST /networks/prune`: names, in no order; `null` where there was nothing to remove. */
export interface NetworkPruneResponse {
  NetworksDeleted: string[] | null;
}

/**
 * Networks: routes under `/networks` (moby: `api/server/router/network`, `daemon/network.go`, `libnetwork/`). A network
 * is named by its id, its name, or a unique prefix of its id.
 */
export interface Networks {
  /**
   * `POST /networks/create`.
   * @throws {ConflictError} the name is taken (20.10: only with `CheckDuplicate`).
   * @throws {ForbiddenError} a predefined name, an overlapping subnet, a second `host` network.
   * @throws {InvalidParameterError} no name, a bad subnet, gateway, range or option (20.10: {@link ServerError}); from
   *   28.5 on, no subnet left in the default pools.
   * @throws {NotFoundError} an unknown driver or configuration network; up to 26.1, no subnet left.
   * @throws {ServerError} an address is taken, as a gateway that is the subnet's first or last one.
   */
  create(request: NetworkCreateRequest, options?: CallOptions): Promise<NetworkCreateResponse>;
  /** `GET /networks`, in no particular order, without the attached containers. */
  list(options?: CallOptions & { filters?: NetworkListFilters }): Promise<NetworkInspect[]>;
  /**
   * `GET /networks/{id}`.
   * @throws {NotFoundError} no such network.
   * @throws {InvalidParameterError} several networks match.
   */
  inspect(
    network: string,
    options?: CallOptions & { verbose?: boolean; scope?: string },
  ): Promise<NetworkInspect>;
  /**
   * `DELETE /networks/{id}`. Containers that do not run do not keep a network; their next start fails.
   * @throws {NotFoundError} no such network.
   * @throws {InvalidParameterError} several networks match.
   * @throws {ForbiddenError} predefined, or a running container is attached, or other networks are configured from it.
   */
  remove(network: string, options?: CallOptions): Promise<void>;
  /**
   * `POST /networks/prune`: removes every user-defined network that no running container is attached to.
   * @throws {InvalidParameterError} a filter that there is not, or that makes no sense (20.10: {@link ServerError}).
   */
  prune(options?: CallOptions & { filters?: NetworkPruneFilters }): Promise<NetworkPruneResponse>;
  /**
   * `POST /networks/{id}/connect`. A container that does not run is attached when it starts.
   * @throws {NotFoundError} no such container, or, for one that runs, no such network.
   * @throws {ForbiddenError} already connected, or the address is in use.
   * @throws {InvalidParameterError} the endpoint configuration does not fit the network (20.10: some are
   *   {@link ServerError}), or the container's network mode allows no other network.
   * @throws {ServerError} the network has no address left.
   */
  connect(network: string, request: NetworkConnectRequest, options?: CallOptions): Promise<void>;
  /**
   * `POST /networks/{id}/disconnect`.
   * @throws {NotFoundError} no such network or container.
   * @throws {ServerError} the container is not connected to it.
   * @throws {InvalidParameterError} a container in `host` mode, from `host`.
   */
  disconnect(network: string, request: NetworkDisconnectRequest, options?: CallOptions): Promise<void>;
}
