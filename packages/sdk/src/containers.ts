import type { CallOptions } from "./call.js";
import type { ContainerListFilters, ContainerPruneFilters } from "./filters.js";
import type { EndpointConfig, EndpointSettings } from "./networks.js";
import type { OutputChunk } from "./output.js";

/** Where a published port is bound on the host. An empty or `0` `HostPort` is chosen by the engine. */
export interface PortBinding {
  HostIp?: string;
  HostPort?: string;
}

/** Ports by `number/protocol`, e.g. `80/tcp`. `null`: exposed, not published. */
export type PortMap = Record<string, PortBinding[] | null>;

/** What is to happen when the container's process ends. */
export interface RestartPolicy {
  /** Empty or `no`, `always`, `unless-stopped`, `on-failure`. */
  Name?: string;
  /** For `on-failure`: how often at most; 0 is without end. */
  MaximumRetryCount?: number;
}

/** The host's side of a container: how it is wired and what it may use. */
export interface HostConfig {
  /** `bridge` (or `default`, or empty), `host`, `none`, `container:NAME`, or a network. */
  NetworkMode?: string;
  /** Takes effect only for ports that are in {@link ContainerConfig.ExposedPorts}. */
  PortBindings?: Record<string, PortBinding[] | null> | null;
  PublishAllPorts?: boolean;
  RestartPolicy?: RestartPolicy;
  AutoRemove?: boolean;
  /** Links of the default bridge, `target:alias`; for user-defined networks see {@link EndpointConfig.Links}. */
  Links?: string[] | null;
  Dns?: string[] | null;
  DnsOptions?: string[] | null;
  DnsSearch?: string[] | null;
  /** `name:address`; `host-gateway` stands for the default bridge's gateway. */
  ExtraHosts?: string[] | null;
  Binds?: string[] | null;
  CapAdd?: string[] | null;
  CapDrop?: string[] | null;
  Init?: boolean | null;
  Memory?: number;
  NanoCpus?: number;
  Privileged?: boolean;
  LogConfig?: { Type?: string; Config?: Record<string, string> | null };
  /** What the port has no name for goes to the engine as it is. */
  readonly [field: string]: unknown;
}

/** The container's side: its process, names and ports. */
export interface ContainerConfig {
  Image: string;
  /** Default: the first 12 digits of the container's id. */
  Hostname?: string;
  Domainname?: string;
  User?: string;
  AttachStdin?: boolean;
  AttachStdout?: boolean;
  AttachStderr?: boolean;
  Tty?: boolean;
  OpenStdin?: boolean;
  StdinOnce?: boolean;
  /** `NAME=value`. */
  Env?: string[] | null;
  Cmd?: string[] | string | null;
  Entrypoint?: string[] | string | null;
  ExposedPorts?: Record<string, Record<string, never>> | null;
  Labels?: Record<string, string> | null;
  WorkingDir?: string;
  /** Deprecated from 26.1 on, in favour of {@link EndpointConfig.MacAddress}. */
  MacAddress?: string;
  NetworkDisabled?: boolean;
  StopSignal?: string;
  /** Seconds that a stop waits before it kills. */
  StopTimeout?: number | null;
  Volumes?: Record<string, Record<string, never>> | null;
  Healthcheck?: Healthcheck | null;
}

/** How the engine finds out whether a container is well. Times are nanoseconds, 0 for the engine's own. */
export interface Healthcheck {
  /** `["CMD", …]`, `["CMD-SHELL", "…"]`, or `["NONE"]` for none; without it the image's. */
  Test?: string[] | null;
  /** Between the end of a check and the next one, and before the first. Default: 30 s. */
  Interval?: number;
  /** A check that takes longer has failed. Default: 30 s. */
  Timeout?: number;
  /** While the container starts for so long, failed checks do not count. */
  StartPeriod?: number;
  /** The interval while it starts. From 26.1 on (API 1.44). Default: `Interval` in 26.1, 5 s in 28.5. */
  StartInterval?: number;
  /** So many failures in a row, and it is unhealthy. Default: 3. */
  Retries?: number;
}

/** Body of `POST /containers/create`. */
export interface ContainerCreateRequest extends ContainerConfig {
  HostConfig?: HostConfig | null;
  NetworkingConfig?: { EndpointsConfig?: Record<string, EndpointConfig | null> | null } | null;
}

/** Answer of `POST /containers/create`. */
export interface ContainerCreateResponse {
  Id: string;
  Warnings: string[];
}

/** Where a container is in its life. */
export type ContainerStatus =
  | "created"
  | "running"
  | "paused"
  | "restarting"
  | "removing"
  | "exited"
  | "dead";

/** `State` of `GET /containers/{id}/json`. */
export interface ContainerState {
  Status: ContainerStatus;
  Running: boolean;
  Paused: boolean;
  Restarting: boolean;
  OOMKilled: boolean;
  Dead: boolean;
  /** 0 unless running. */
  Pid: number;
  ExitCode: number;
  /** Why the last start failed, in the engine's words; empty otherwise. */
  Error: string;
  /** RFC 3339 with nanoseconds; `0001-01-01T00:00:00Z` for never. */
  StartedAt: string;
  FinishedAt: string;
  /** Absent without a health check, and before the first start. */
  Health?: Health;
}

/** What the health checks of a container have found. */
export interface Health {
  /** `unhealthy` also while nobody checks: in a container that is paused or has ended. */
  Status: "starting" | "healthy" | "unhealthy";
  /** Failures in a row. */
  FailingStreak: number;
  /** The last five checks, oldest first. */
  Log: HealthcheckResult[];
}

export interface HealthcheckResult {
  /** RFC 3339 with nanoseconds. */
  Start: string;
  End: string;
  /** 0 for healthy; -1 where the check could not be started or took too long. */
  ExitCode: number;
  /** Standard output and standard error, or what went wrong; cut off after 4 KiB. */
  Output: string;
}

/** `NetworkSettings` of `GET /containers/{id}/json`. The addresses at the top are the default bridge's. */
export interface NetworkSettings {
  Bridge: string;
  SandboxID: string;
  SandboxKey: string;
  Ports: PortMap;
  HairpinMode: boolean;
  LinkLocalIPv6Address: string;
  LinkLocalIPv6PrefixLen: number;
  SecondaryIPAddresses: null;
  SecondaryIPv6Addresses: null;
  EndpointID: string;
  Gateway: string;
  GlobalIPv6Address: string;
  GlobalIPv6PrefixLen: number;
  IPAddress: string;
  IPPrefixLen: number;
  IPv6Gateway: string;
  MacAddress: string;
  /** By network name. */
  Networks: Record<string, EndpointSettings>;
}

/** `GET /containers/{id}/json`. What is not declared here is passed on as the engine gave it. */
export interface ContainerInspect {
  Id: string;
  Created: string;
  Path: string;
  Args: string[];
  State: ContainerState;
  /** Id of the image. */
  Image: string;
  ResolvConfPath: string;
  HostnamePath: string;
  HostsPath: string;
  LogPath: string;
  /** With a leading slash. */
  Name: string;
  RestartCount: number;
  Driver: string;
  Platform: string;
  ExecIDs: string[] | null;
  HostConfig: HostConfig & { NetworkMode: string };
  Mounts: unknown[];
  Config: ContainerConfig & { Hostname: string; Labels: Record<string, string> };
  NetworkSettings: NetworkSettings;
  readonly [field: string]: unknown;
}

/** One port of a listed container. `IP` and `PublicPort` are absent unless published. */
export interface ContainerPort {
  IP?: string;
  PrivatePort: number;
  PublicPort?: number;
  Type: string;
}

/** A container as `GET /containers/json` shows it. */
export interface ContainerSummary {
  Id: string;
  /** With a leading slash; legacy links add `/linking/alias`. */
  Names: string[];
  Image: string;
  ImageID: string;
  Command: string;
  /** Unix seconds. */
  Created: number;
  Ports: ContainerPort[];
  Labels: Record<string, string>;
  State: string;
  /** For people, e.g. `Up 5 minutes`. */
  Status: string;
  HostConfig: { NetworkMode?: string };
  NetworkSettings: { Networks: Record<string, EndpointSettings> };
  Mounts: unknown[];
}

/** `GET /containers/{id}/top`. */
export interface ContainerTop {
  Titles: string[];
  Processes: string[][];
}

/** Answer of `POST /containers/prune`. */
export interface ContainerPruneResponse {
  ContainersDeleted: string[] | null;
  /** Bytes. */
  SpaceReclaimed: number;
}

/** `POST /containers/{id}/wait`. */
export interface ContainerWaitResponse {
  StatusCode: number;
  /** 20.10 always shows it, as `null` where nothing went wrong. */
  Error?: { Message: string } | null;
}

/** What to wait for; default `not-running`. */
export type WaitCondition = "not-running" | "next-exit" | "removed";

/** What {@link Containers.logs} takes. */
export interface LogsOptions extends CallOptions {
  /** Default for both: true. The engine refuses a call with neither. */
  stdout?: boolean;
  stderr?: boolean;
  /** Go on until the container ends. */
  follow?: boolean;
  /** Unix seconds, as a number or as `seconds.nanoseconds`. */
  since?: string | number;
  until?: string | number;
  timestamps?: boolean;
  /** The last so many lines, or `all` (default). */
  tail?: number | "all";
}

/** Containers: routes under `/containers`. A container is named by its id, its name, or a unique prefix of its id. */
export interface Containers {
  /**
   * `POST /containers/create`.
   * @throws {NotFoundError} no such image.
   * @throws {ConflictError} the name is taken.
   * @throws {InvalidParameterError} no command, a bad name, options that exclude each other.
   */
  create(
    request: ContainerCreateRequest,
    options?: CallOptions & { name?: string },
  ): Promise<ContainerCreateResponse>;
  /**
   * `POST /containers/{id}/start`. Resolves to false where the container already ran (304).
   * @throws {ConflictError} paused.
   * @throws {NotFoundError} one of its networks is gone.
   */
  start(container: string, options?: CallOptions): Promise<boolean>;
  /**
   * `POST /containers/{id}/stop`. Resolves to false where the container did not run (304).
   * `t`: seconds to wait before the process is killed; default the container's own, else 10.
   * `signalName`: sent first, instead of the container's stop signal (API 1.42 and up).
   */
  stop(container: string, options?: CallOptions & { t?: number; signalName?: string }): Promise<boolean>;
  /** `POST /containers/{id}/restart`. A container that does not run is started. */
  restart(container: string, options?: CallOptions & { t?: number }): Promise<void>;
  /**
   * `POST /containers/{id}/kill`. `signalName`: e.g. `SIGHUP`, `HUP`, `1`; default `SIGKILL`.
   * @throws {ConflictError} does not run.
   */
  kill(container: string, options?: CallOptions & { signalName?: string }): Promise<void>;
  pause(container: string, options?: CallOptions): Promise<void>;
  unpause(container: string, options?: CallOptions): Promise<void>;
  rename(container: string, name: string, options?: CallOptions): Promise<void>;
  /**
   * `DELETE /containers/{id}`.
   * `force`: kill it first. `v`: its anonymous volumes too. `link`: remove a link, not a container.
   * @throws {ConflictError} runs, and `force` was not given.
   */
  remove(
    container: string,
    options?: CallOptions & { force?: boolean; v?: boolean; link?: boolean },
  ): Promise<void>;
  prune(options?: CallOptions & { filters?: ContainerPruneFilters }): Promise<ContainerPruneResponse>;
  /** `POST /containers/{id}/wait`: resolves when the condition holds. */
  wait(
    container: string,
    options?: CallOptions & { condition?: WaitCondition },
  ): Promise<ContainerWaitResponse>;
  /** `GET /containers/json`, newest first. Without `all`, only those that run. */
  list(
    options?: CallOptions & {
      all?: boolean;
      limit?: number;
      size?: boolean;
      filters?: ContainerListFilters;
    },
  ): Promise<ContainerSummary[]>;
  inspect(container: string, options?: CallOptions & { size?: boolean }): Promise<ContainerInspect>;
  /** `GET /containers/{id}/logs`. The promise rejects where the engine refuses; the iterable ends with the log. */
  logs(container: string, options?: LogsOptions): Promise<AsyncIterable<OutputChunk>>;
  /** `GET /containers/{id}/top`. @throws {ConflictError} does not run. */
  top(container: string, options?: CallOptions & { psArgs?: string }): Promise<ContainerTop>;
}
