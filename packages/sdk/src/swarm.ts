import type { CallOptions } from "./call.js";
import type {
  ConfigListFilters,
  NodeListFilters,
  SecretListFilters,
  ServiceListFilters,
  TaskListFilters,
} from "./filters.js";

/** What every object of a swarm has. Times are RFC 3339. */
export interface SwarmObject {
  ID: string;
  Version: { Index: number };
  CreatedAt: string;
  UpdatedAt: string;
}

/** `GET /swarm`. */
export interface SwarmInspect extends SwarmObject {
  Spec: Record<string, unknown>;
  TLSInfo: { TrustRoot: string; CertIssuerSubject: string; CertIssuerPublicKey: string };
  RootRotationInProgress: boolean;
  /** CIDR blocks; `null` for the default one. */
  DefaultAddrPool: string[] | null;
  SubnetSize: number;
  DataPathPort: number;
  JoinTokens: { Worker: string; Manager: string };
}

/** `GET /nodes/{id}`. */
export interface SwarmNode extends SwarmObject {
  Spec: { Name?: string; Labels: Record<string, string>; Role: string; Availability: string };
  Description: Record<string, unknown> & { Hostname: string };
  Status: { State: string; Addr: string };
  /** Managers only. */
  ManagerStatus?: { Leader?: boolean; Reachability: string; Addr: string };
}

/** `GET /services/{id}`. */
export interface SwarmService extends SwarmObject {
  Spec: Record<string, unknown> & { Name: string };
  readonly [field: string]: unknown;
}

/** `GET /tasks/{id}`. */
export interface SwarmTask extends SwarmObject {
  Labels: Record<string, string>;
  Spec: Record<string, unknown>;
  NodeID?: string;
  ServiceID?: string;
  Status: Record<string, unknown> & { State: string };
  DesiredState: string;
  readonly [field: string]: unknown;
}

/** `GET /secrets/{id}`. */
export interface SwarmSecret extends SwarmObject {
  Spec: { Name: string; Labels: Record<string, string> } & Record<string, unknown>;
}

/** `GET /configs/{id}`. */
export interface SwarmConfig extends SwarmObject {
  /** `Data` is in base64. */
  Spec: { Name: string; Labels: Record<string, string>; Data?: string } & Record<string, unknown>;
}

/**
 * The swarm that the engine is in: routes under `/swarm` (moby: `api/server/router/swarm`). The port reads swarms and
 * does not change them.
 *
 * Every method rejects with {@link UnavailableError} where the engine is no manager of a swarm.
 */
export interface Swarm {
  /**
   * `GET /swarm`: the swarm with its join tokens.
   * @example const { JoinTokens } = await engine.swarm.inspect();
   */
  inspect(options?: CallOptions): Promise<SwarmInspect>;
  /** `GET /swarm/unlockkey`: the key is empty while managers are not locked. */
  unlockKey(options?: CallOptions): Promise<{ UnlockKey: string }>;
}

/**
 * Machines of the swarm: routes under `/nodes`. A node is named by its id, its host name, `self`, or a prefix of its id.
 *
 * Every method rejects with {@link UnavailableError} where the engine is no manager of a swarm.
 */
export interface Nodes {
  /** `GET /nodes`. @throws {InvalidParameterError} a filter that there is not. */
  list(options?: CallOptions & { filters?: NodeListFilters }): Promise<SwarmNode[]>;
  /** `GET /nodes/{id}`. @throws {NotFoundError} no such node. */
  inspect(node: string, options?: CallOptions): Promise<SwarmNode>;
}

/**
 * Services of the swarm: routes under `/services`. A service is named by its id, its name, or a prefix of its id.
 *
 * Every method rejects with {@link UnavailableError} where the engine is no manager of a swarm.
 */
export interface Services {
  /** `GET /services`. `status`: also how many tasks run. @throws {InvalidParameterError} a filter that there is not. */
  list(options?: CallOptions & { filters?: ServiceListFilters; status?: boolean }): Promise<SwarmService[]>;
  /** `GET /services/{id}`. `insertDefaults`: with what was not given. @throws {NotFoundError} no such service. */
  inspect(service: string, options?: CallOptions & { insertDefaults?: boolean }): Promise<SwarmService>;
}

/**
 * Tasks of the swarm, which is what runs for its services: routes under `/tasks`. A task is named by its id.
 *
 * Every method rejects with {@link UnavailableError} where the engine is no manager of a swarm.
 */
export interface Tasks {
  /** `GET /tasks`. @throws {InvalidParameterError} a filter that there is not. */
  list(options?: CallOptions & { filters?: TaskListFilters }): Promise<SwarmTask[]>;
  /** `GET /tasks/{id}`. @throws {NotFoundError} no such task. */
  inspect(task: string, options?: CallOptions): Promise<SwarmTask>;
}

/**
 * Secrets of the swarm: routes under `/secrets`. A secret is named by its id, its name, or a prefix of its id. What is in
 * one is never told.
 *
 * Every method rejects with {@link UnavailableError} where the engine is no manager of a swarm.
 */
export interface Secrets {
  /** `GET /secrets`. @throws {InvalidParameterError} a filter that there is not. */
  list(options?: CallOptions & { filters?: SecretListFilters }): Promise<SwarmSecret[]>;
  /** `GET /secrets/{id}`. @throws {NotFoundError} no such secret. */
  inspect(secret: string, options?: CallOptions): Promise<SwarmSecret>;
}

/**
 * Configs of the swarm: routes under `/configs`. A config is named by its id, its name, or a prefix of its id.
 *
 * Every method rejects with {@link UnavailableError} where the engine is no manager of a swarm.
 */
export interface Configs {
  /** `GET /configs`. @throws {InvalidParameterError} a filter that there is not. */
  list(options?: CallOptions & { filters?: ConfigListFilters }): Promise<SwarmConfig[]>;
  /** `GET /configs/{id}`. @throws {NotFoundError} no such config. */
  inspect(config: string, options?: CallOptions): Promise<SwarmConfig>;
}
