import type { CallOptions } from "./call.js";
import type { ContainerSummary } from "./containers.js";
import type { ImageSummary } from "./images.js";
import type { Volume } from "./volumes.js";

/** What `GET /_ping` says in its headers. */
export interface Ping {
  /** Highest API version that the engine speaks, e.g. `1.51`. */
  ApiVersion: string;
  OSType: string;
  Experimental: boolean;
  /** `1` or `2` (BuildKit); empty where the engine does not say. */
  BuilderVersion: string;
}

/** One part of the engine in {@link Version}. */
export interface VersionComponent {
  Name: string;
  Version: string;
  Details?: Record<string, string> | null;
}

/** `GET /version`. */
export interface Version {
  Platform: { Name: string };
  Components: VersionComponent[];
  /** Engine release, e.g. `28.5.2`. */
  Version: string;
  ApiVersion: string;
  MinAPIVersion: string;
  GitCommit: string;
  GoVersion: string;
  Os: string;
  Arch: string;
  KernelVersion: string;
  BuildTime?: string;
  Experimental?: boolean;
}

/** `GET /info`: the fields that networking tools read; the engine's answer is passed on whole. */
export interface Info {
  ID: string;
  Containers: number;
  ContainersRunning: number;
  ContainersPaused: number;
  ContainersStopped: number;
  Images: number;
  Driver: string;
  Plugins: {
    Volume: string[];
    Network: string[];
    Authorization: string[] | null;
    Log: string[];
  };
  IPv4Forwarding: boolean;
  Name: string;
  ServerVersion: string;
  OperatingSystem: string;
  OSType: string;
  Architecture: string;
  NCPU: number;
  MemTotal: number;
  DefaultAddressPools?: { Base: string; Size: number }[];
  Swarm: { LocalNodeState: string };
  Labels: string[];
  ExperimentalBuild: boolean;
  Warnings: string[] | null;
  readonly [field: string]: unknown;
}

/** Who somebody is to a registry: body of `POST /auth`, and what `X-Registry-Auth` carries. */
export interface AuthConfig {
  username?: string;
  password?: string;
  /** A domain or a URL; Docker Hub where it is empty. */
  serveraddress?: string;
  /** In place of a password. */
  identitytoken?: string;
  registrytoken?: string;
}

/** Answer of `POST /auth`. */
export interface AuthResponse {
  Status: string;
  IdentityToken: string;
}

/** What {@link System.df} may be asked for. */
export type DiskUsageType = "container" | "image" | "volume" | "build-cache";

/** What there is of one kind, in {@link DiskUsage}. A number that is 0 is not there, nor are items if there are none. */
export interface UsageOfKind<Item> {
  /** How many are in use. */
  ActiveCount?: number;
  Items?: Item[];
  /** The bytes of those that are not. */
  Reclaimable?: number;
  TotalCount?: number;
  /** In bytes. */
  TotalSize?: number;
}

/** `GET /system/df`. Sizes are bytes; a list that was not asked for is `null`, and not there since 29. */
export interface DiskUsage {
  /** Since 29 not there if it is 0. */
  LayersSize?: number;
  Images?: ImageSummary[] | null;
  Containers?: ContainerSummary[] | null;
  Volumes?: Volume[] | null;
  BuildCache?: Record<string, unknown>[] | null;
  /** Up to 20.10. */
  BuilderSize?: number;
  /** The usage by kind: API 1.52 and up. */
  ImageUsage?: UsageOfKind<ImageSummary>;
  ContainerUsage?: UsageOfKind<ContainerSummary>;
  VolumeUsage?: UsageOfKind<Volume>;
  BuildCacheUsage?: UsageOfKind<Record<string, unknown>>;
}

/** The engine itself: `/_ping`, `/version`, `/info`, `/system/df`, `/auth` (moby: `api/server/router/system`). */
export interface System {
  /**
   * `GET /_ping`: whether it is there, and what it says of itself in headers.
   * @example const { ApiVersion } = await engine.system.ping({ abortSignal: AbortSignal.timeout(1_000) });
   */
  ping(options?: CallOptions): Promise<Ping>;
  /** `GET /version`: which release it is, and of what parts. */
  version(options?: CallOptions): Promise<Version>;
  /** `GET /info`: what it runs on, and how much it has. */
  info(options?: CallOptions): Promise<Info>;
  /**
   * `GET /system/df`: what there is, and how large. `type`: only these (API 1.42 and up).
   * @throws {InvalidParameterError} a type that there is not.
   */
  df(options?: CallOptions & { type?: readonly DiskUsageType[] }): Promise<DiskUsage>;
  /**
   * `POST /auth`: asks a registry whether it lets somebody in.
   * @throws {UnauthorizedError} it does not.
   * @throws {ServerError} it cannot be reached.
   */
  auth(request: AuthConfig, options?: CallOptions): Promise<AuthResponse>;
}
