import type { ByteSource } from "./bytes.js";
import type { CallOptions } from "./call.js";
import type { ContainerListFilters, ContainerPruneFilters } from "./filters.js";
import type { EndpointConfig, EndpointSettings } from "./networks.js";
import type { OutputChunk, ProcessStream } from "./output.js";

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
  SandboxID: string;
  SandboxKey: string;
  Ports: PortMap;
  /** By network name. */
  Networks: Record<string, EndpointSettings>;
  /** Up to 28.5, as are the five fields behind it. */
  Bridge?: string;
  HairpinMode?: boolean;
  LinkLocalIPv6Address?: string;
  LinkLocalIPv6PrefixLen?: number;
  SecondaryIPAddresses?: null;
  SecondaryIPv6Addresses?: null;
  /** The endpoint on the default bridge. Up to 28.5, and for API versions before 1.52, as are the fields behind it. */
  EndpointID?: string;
  Gateway?: string;
  GlobalIPv6Address?: string;
  GlobalIPv6PrefixLen?: number;
  IPAddress?: string;
  IPPrefixLen?: number;
  IPv6Gateway?: string;
  MacAddress?: string;
}

/** A descriptor of content, as the OCI image specification has it. The size is in bytes. */
export interface ContentDescriptor {
  mediaType: string;
  digest: string;
  size: number;
  platform?: { architecture: string; os: string; "os.version"?: string; variant?: string };
  annotations?: Record<string, string>;
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
  /** The manifest of the image that it was made of. 29 and up, from API 1.48 on. */
  ImageManifestDescriptor?: ContentDescriptor;
  /** Where its files are kept, in place of `GraphDriver`. 29 and up, from API 1.52 on. */
  Storage?: { RootFS: { Snapshot: { Name: string } } };
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
  /** The manifest of the image that it was made of. 29 and up, from API 1.48 on. */
  ImageManifestDescriptor?: ContentDescriptor;
  Command: string;
  /** Unix seconds. */
  Created: number;
  Ports: ContainerPort[];
  Labels: Record<string, string>;
  State: string;
  /** For people, e.g. `Up 5 minutes`. */
  Status: string;
  HostConfig: { NetworkMode?: string };
  /** 29 and up, from API 1.52 on. The status is `none` without a health check. */
  Health?: { Status: string; FailingStreak: number };
  /** Bytes, where they were asked for: what it changed (absent for nothing), and with its image's. */
  SizeRw?: number;
  SizeRootFs?: number;
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
  /** Before each line what the log driver's options `labels` and `env` pick, as `key=value`. */
  details?: boolean;
}

/** What {@link Containers.attach} takes. The Engine API's own defaults are false throughout. */
export interface AttachOptions extends CallOptions {
  /** First what the log has. Default: false. */
  logs?: boolean;
  /** Then what comes, until the process ends. Default: true, as for the next three. */
  stream?: boolean;
  /** What is written goes to the process, where the container has `OpenStdin`. */
  stdin?: boolean;
  stdout?: boolean;
  stderr?: boolean;
  /** Keys that detach from a terminal, e.g. `ctrl-x,q`. Default: `ctrl-p,ctrl-q`. */
  detachKeys?: string;
}

/** Body of `POST /containers/{id}/update`: what is not given stays. */
export interface ContainerUpdateRequest {
  RestartPolicy?: RestartPolicy;
  /** Bytes. */
  Memory?: number;
  /** Bytes of memory and swap together; -1 for no limit. */
  MemorySwap?: number;
  MemoryReservation?: number;
  /** Billionths of a CPU. */
  NanoCpus?: number;
  CpuShares?: number;
  /** Microseconds. */
  CpuPeriod?: number;
  CpuQuota?: number;
  CpusetCpus?: string;
  CpusetMems?: string;
  PidsLimit?: number | null;
  /** What the port has no name for goes to the engine as it is. */
  readonly [field: string]: unknown;
}

/** Answer of `POST /containers/{id}/update`. */
export interface ContainerUpdateResponse {
  Warnings: string[] | null;
}

/** One file of `GET /containers/{id}/changes`. */
export interface FilesystemChange {
  Path: string;
  /** 0: modified, 1: added, 2: deleted. */
  Kind: 0 | 1 | 2;
}

/** What the engine says of a file in a container: the header `X-Docker-Container-Path-Stat`. */
export interface PathStat {
  name: string;
  /** Bytes. */
  size: number;
  /** As Go's fs.FileMode: 2^31 is set for a directory, 2^27 for a symbolic link; the last nine bits are Unix's. */
  mode: number;
  /** RFC 3339. */
  mtime: string;
  /** Where a symbolic link leads in the end, whether or not there is something; else empty. */
  linkTarget: string;
}

/** Answer of `GET /containers/{id}/archive`. */
export interface ContainerArchive {
  stat: PathStat;
  /** A tar archive. It has to be read to its end or cancelled. */
  archive: ReadableStream<Uint8Array>;
}

/** CPU time of a container, in {@link ContainerStats}. Times are nanoseconds. */
export interface CpuStats {
  cpu_usage: {
    total_usage: number;
    usage_in_kernelmode: number;
    usage_in_usermode: number;
    percpu_usage?: number[];
  };
  /** Absent where there was no sample. */
  system_cpu_usage?: number;
  online_cpus?: number;
  throttling_data: { periods: number; throttled_periods: number; throttled_time: number };
}

/** `GET /containers/{id}/stats`: what a container's processes use. Of one that does not run, all is empty or 0. */
export interface ContainerStats {
  /** With a leading slash. 28.5 leaves name and id out of a sample with `one-shot`. */
  name?: string;
  id?: string;
  /** 29 and up: `linux`. */
  os_type?: string;
  /** When this sample was taken, and the one before it; `0001-01-01T00:00:00Z` for never. */
  read: string;
  preread: string;
  pids_stats: { current?: number; limit?: number };
  blkio_stats: Record<string, { major: number; minor: number; op: string; value: number }[] | null>;
  num_procs: number;
  storage_stats: Record<string, number>;
  cpu_stats: CpuStats;
  precpu_stats: CpuStats;
  /** Bytes. */
  memory_stats: {
    usage?: number;
    max_usage?: number;
    limit?: number;
    stats?: Record<string, number>;
  };
  /** By interface, e.g. `eth0`. */
  networks?: Record<
    string,
    {
      rx_bytes: number;
      rx_packets: number;
      rx_errors: number;
      rx_dropped: number;
      tx_bytes: number;
      tx_packets: number;
      tx_errors: number;
      tx_dropped: number;
    }
  >;
}

/** What {@link Containers.commit} takes. */
export interface CommitOptions extends CallOptions {
  /** What the image is to be called; without it, nothing. */
  repo?: string;
  tag?: string;
  comment?: string;
  author?: string;
  /** The container stands still meanwhile. Default: true. */
  pause?: boolean;
  /** Lines of a Dockerfile, e.g. `CMD ["httpd"]`. */
  changes?: string[];
}

/** Rows and columns of a terminal. */
export interface TerminalSize {
  h: number;
  w: number;
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
   * `POST /containers/create`: makes a container, and does not start it. `platform`: the image has to be for it, e.g.
   * `linux/arm64`.
   * @example const { Id } = await engine.containers.create({ Image: "busybox", Cmd: ["sleep", "60"] }, { name: "web" });
   * @throws {NotFoundError} no such image.
   * @throws {ConflictError} the name is taken.
   * @throws {InvalidParameterError} no command, a bad name, options that exclude each other.
   */
  create(
    request: ContainerCreateRequest,
    options?: CallOptions & { name?: string; platform?: string },
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
   * `signal`: sent first, instead of the container's stop signal (API 1.42 and up).
   * @example await engine.containers.stop("web", { t: 0 });
   */
  stop(container: string, options?: CallOptions & { t?: number; signal?: string }): Promise<boolean>;
  /**
   * `POST /containers/{id}/restart`: stops and starts it; one that does not run is started. `t` and `signal`: as for
   * {@link Containers.stop}. Addresses are given anew, so it may get another one.
   * @throws what {@link Containers.start} throws.
   */
  restart(container: string, options?: CallOptions & { t?: number; signal?: string }): Promise<void>;
  /**
   * `POST /containers/{id}/kill`: sends a signal. `signal`: e.g. `SIGHUP`, `HUP`, `1`; default `SIGKILL`.
   * @example await engine.containers.kill("web", { signal: "HUP" });
   * @throws {ConflictError} does not run.
   * @throws {InvalidParameterError} there is no such signal.
   */
  kill(container: string, options?: CallOptions & { signal?: string }): Promise<void>;
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
  /**
   * `GET /containers/{id}/top`: the processes of a container, as `ps` on the host shows them. `ps_args`: for `ps`;
   * default `-ef`.
   * @example const { Titles, Processes } = await engine.containers.top("web", { ps_args: "-o pid,args" });
   * @throws {ConflictError} does not run.
   */
  top(container: string, options?: CallOptions & { ps_args?: string }): Promise<ContainerTop>;
  /**
   * `POST /containers/{id}/attach`: the streams of a container's process, both ways. Before it runs, it waits for that.
   * @example
   * const process = await engine.containers.attach("web");
   * await engine.containers.start("web");
   * for await (const { data } of process) console.log(new TextDecoder().decode(data));
   * @throws {ConflictError} is paused, or is being restarted.
   * @throws {InvalidParameterError} `detachKeys` that there are none of.
   */
  attach(container: string, options?: AttachOptions): Promise<ProcessStream>;
  /**
   * `POST /containers/{id}/resize`: the size of the container's terminal, in rows and columns.
   * @throws {ConflictError} does not run.
   */
  resize(container: string, size: CallOptions & TerminalSize): Promise<void>;
  /**
   * `GET /containers/{id}/stats` with `stream=false`: what its processes use. The engine takes two samples, a second
   * apart, unless `one-shot`, which then has no `precpu_stats` (API 1.41 and up).
   * @example const { memory_stats } = await engine.containers.stats("web", { "one-shot": true });
   */
  stats(container: string, options?: CallOptions & { "one-shot"?: boolean }): Promise<ContainerStats>;
  /**
   * `GET /containers/{id}/stats`: a sample a second, until the container is gone. Leaving the loop ends it.
   * @example for await (const { cpu_stats } of await engine.containers.statsStream("web")) show(cpu_stats);
   */
  statsStream(container: string, options?: CallOptions): Promise<AsyncIterable<ContainerStats>>;
  /**
   * `HEAD /containers/{id}/archive`: what a file or directory in a container is.
   * @throws {NotFoundError} no such file.
   */
  statArchive(container: string, path: string, options?: CallOptions): Promise<PathStat>;
  /**
   * `GET /containers/{id}/archive`: a file, or a directory and all that is in it, as a tar archive.
   * @example
   * const { archive } = await engine.containers.getArchive("web", "/etc/hosts");
   * const tar = await collectBytes(archive);
   * @throws {NotFoundError} no such file.
   */
  getArchive(container: string, path: string, options?: CallOptions): Promise<ContainerArchive>;
  /**
   * `PUT /containers/{id}/archive`: unpacks a tar archive, which may be compressed, into a directory of a container.
   * It takes effect when the archive has been read. `noOverwriteDirNonDir`: a directory does not take the place of
   * something else, or the other way round. `copyUIDGID`: owners are those of the archive.
   * @throws {NotFoundError} no such directory.
   * @throws {InvalidParameterError} it is no directory, or cannot be written (26.1 and older: {@link ServerError}).
   */
  putArchive(
    container: string,
    path: string,
    archive: ByteSource,
    options?: CallOptions & { noOverwriteDirNonDir?: boolean; copyUIDGID?: boolean },
  ): Promise<void>;
  /** `GET /containers/{id}/changes`: the files that differ from the image's; `null` for none. */
  changes(container: string, options?: CallOptions): Promise<FilesystemChange[] | null>;
  /**
   * `GET /containers/{id}/export`: all files of a container as a tar archive, without those of volumes.
   * @example const tar = await collectBytes(await engine.containers.export("web"));
   */
  export(container: string, options?: CallOptions): Promise<ReadableStream<Uint8Array>>;
  /**
   * `POST /commit`: makes an image of what has become of a container's files. `config` replaces parts of its
   * configuration.
   * @example const { Id } = await engine.containers.commit("web", {}, { repo: "mine", tag: "one" });
   * @throws {InvalidParameterError} what can be no name (20.10: {@link ServerError}), or no change.
   */
  commit(
    container: string,
    config?: Partial<ContainerConfig>,
    options?: CommitOptions,
  ): Promise<{ Id: string }>;
  /**
   * `POST /containers/{id}/update`: changes what a container may use, and its restart policy.
   * @example await engine.containers.update("web", { RestartPolicy: { Name: "always" } });
   * @throws {InvalidParameterError} values that cannot be.
   * @throws {ConflictError} values that do not go with those there are.
   */
  update(
    container: string,
    request: ContainerUpdateRequest,
    options?: CallOptions,
  ): Promise<ContainerUpdateResponse>;
}
