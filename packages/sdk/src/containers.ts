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
  /** Bytes; 0 for no limit. */
  Memory?: number;
  /** Billionths of a CPU; 0 for no limit. */
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

/** What one health check found. */
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

/**
 * Containers: routes under `/containers` (moby: `api/server/router/container`, `daemon/`). A container is named by its
 * id, its name, or a unique prefix of its id.
 *
 * Every method rejects with {@link NotFoundError} where there is no such container, and with
 * {@link InvalidParameterError} (20.10: {@link ServerError}) where a prefix fits several.
 */
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
   *
   * Where it fails the container stays as it was, and `State.Error` has the text.
   * @throws {ConflictError} paused; or it is to share the network of a container that does not run.
   * @throws {NotFoundError} one of its networks is gone.
   * @throws {ForbiddenError} a static address is in use.
   * @throws {InvalidParameterError} its command does not exist.
   * @throws {ServerError} a port is allocated, a network has no address left, a linked container does not run.
   */
  start(container: string, options?: CallOptions): Promise<boolean>;
  /**
   * `POST /containers/{id}/stop`. Resolves to false where the container did not run (304), else when it has ended.
   * `t`: seconds to wait before the process is killed; default the container's own, else 10.
   * `signalName`: sent first, instead of the container's stop signal (API 1.42 and up).
   */
  stop(container: string, options?: CallOptions & { t?: number; signalName?: string }): Promise<boolean>;
  /**
   * `POST /containers/{id}/restart`: stops and starts it; one that does not run is started. `t`: seconds, as for
   * {@link Containers.stop}. Addresses are given anew, so it may get another one.
   * @throws what {@link Containers.start} throws.
   */
  restart(container: string, options?: CallOptions & { t?: number }): Promise<void>;
  /**
   * `POST /containers/{id}/kill`. `signalName`: e.g. `SIGHUP`, `HUP`, `1`; default `SIGKILL`.
   * @throws {ConflictError} does not run.
   * @throws {InvalidParameterError} there is no such signal.
   */
  kill(container: string, options?: CallOptions & { signalName?: string }): Promise<void>;
  /**
   * `POST /containers/{id}/pause`: its processes stand still; its addresses and names stay.
   * @throws {ConflictError} does not run, or is paused.
   */
  pause(container: string, options?: CallOptions): Promise<void>;
  /**
   * `POST /containers/{id}/unpause`.
   * @throws {ServerError} is not paused.
   */
  unpause(container: string, options?: CallOptions): Promise<void>;
  /**
   * `POST /containers/{id}/rename`. DNS knows the new name at once; aliases, short id and hostname stay.
   * @throws {ConflictError} the name is taken.
   * @throws {InvalidParameterError} no name, the same name, or one that is not well-formed.
   */
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
  /**
   * `POST /containers/prune`: removes every container that does not run.
   * @throws {InvalidParameterError} a filter that there is not, or that makes no sense.
   */
  prune(options?: CallOptions & { filters?: ContainerPruneFilters }): Promise<ContainerPruneResponse>;
  /**
   * `POST /containers/{id}/wait`: resolves when the condition holds; a container that was never started does not run.
   */
  wait(
    container: string,
    options?: CallOptions & { condition?: WaitCondition },
  ): Promise<ContainerWaitResponse>;
  /**
   * `GET /containers/json`, newest first. Without `all`, only those that run. `limit`: the newest so many, in whatever
   * state; the filters `status` and `exited` imply `all`, too. `size`: with sizes, in bytes.
   * @throws {InvalidParameterError} a filter that there is not, or that makes no sense (20.10: some are {@link ServerError}).
   */
  list(
    options?: CallOptions & {
      all?: boolean;
      limit?: number;
      size?: boolean;
      filters?: ContainerListFilters;
    },
  ): Promise<ContainerSummary[]>;
  /** `GET /containers/{id}/json`. `size`: with `SizeRw` and `SizeRootFs`, in bytes. */
  inspect(container: string, options?: CallOptions & { size?: boolean }): Promise<ContainerInspect>;
  /** `GET /containers/{id}/logs`. The promise rejects where the engine refuses; the iterable ends with the log. */
  logs(container: string, options?: LogsOptions): Promise<AsyncIterable<OutputChunk>>;
  /** `GET /containers/{id}/top`. `psArgs`: for `ps`; default `-ef`. @throws {ConflictError} does not run. */
  top(container: string, options?: CallOptions & { psArgs?: string }): Promise<ContainerTop>;
}
