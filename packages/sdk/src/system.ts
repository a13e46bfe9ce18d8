import type { CallOptions } from "./call.js";

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

/** The engine itself: `/_ping`, `/version`, `/info` (moby: `api/server/router/system`). */
export interface System {
  /** `GET /_ping`: whether it is there, and what it says of itself in headers. */
  ping(options?: CallOptions): Promise<Ping>;
  /** `GET /version`. */
  version(options?: CallOptions): Promise<Version>;
  /** `GET /info`. */
  info(options?: CallOptions): Promise<Info>;
}
