import type { FileSystem, Tree } from "@dryharbor/kernel/host";
import type { ContainerConfig, EndpointSettings, Health, HostConfig, PortBinding } from "@dryharbor/sdk/port";
import type { Attachment, Endpoint } from "../endpoints/endpoint.js";
import type { SandboxFiles } from "../files/sandbox-files.js";
import type { Image } from "../images/image.js";
import type { MountPoint } from "../mounts/mount-point.js";
import type { Tmpfs } from "../mounts/tmpfs.js";

/** A container as the daemon keeps it. */
export interface Container {
  readonly id: string;
  /** Without the leading slash. */
  name: string;
  /** Named by the engine and not renamed since: 20.10's DNS does not know it by this name. */
  nameGenerated: boolean;
  /** Nanoseconds. */
  readonly created: bigint;
  /** As given, plus what create fills in (host name, the image's environment and command). */
  readonly config: ContainerConfig & { Hostname: string };
  /** As given; defaults are added when shown, so that a container costs little. `Runtime` is empty where it is not shown yet. */
  hostConfig: HostConfig & { NetworkMode: string; Runtime?: string };
  /** What it was made of: it may be gone by now. `null` for a container made of no image. */
  readonly image: Image | null;
  /** The files that it began with. Shared by all containers of its image. */
  readonly base: Tree;
  /** What has become of them; `null` as long as nothing has. */
  layer: FileSystem | null;
  /** The process: program and arguments. */
  readonly path: string;
  readonly args: readonly string[];
  readonly state: ContainerState;
  restartCount: number;
  /** By network name, as asked for. Sorted when shown. */
  readonly endpoints: Map<string, Endpoint>;
  /** What is mounted in it, in the order in which it was asked for; `null` for nothing. */
  mounts: MountPoint[] | null;
  /** Its tmpfs while it runs, by destination; `null` for none. */
  tmpfs: Map<string, Tmpfs> | null;
  /** Links of the default bridge, as asked for; `null` for none. */
  links: LegacyLink[] | null;
  /** While it runs, and after a stop as long as the release keeps showing it. */
  sandbox: Sandbox | null;
  /** Ids of its execs that have not ended; `null` before the first. */
  execIds: Set<string> | null;
  /** Which of its files inspect can name. */
  paths: ContainerPaths;
  /** What lists show instead of its networks and ports after a failed start, until its next change. */
  listed: ListedNetworks | null;
}

/** The part of a container that lists may show as it was some time ago. */
export interface ListedNetworks {
  readonly networks: Readonly<Record<string, EndpointSettings>>;
  readonly ports: Sandbox["ports"];
}

/** One link of the default bridge. The target is kept by those who link to it even when it has been removed. */
export interface LegacyLink {
  readonly target: Container;
  /** The target is also called `/<linking>/<alias>`. */
  readonly alias: string;
}

/** The files that the engine has written for a container, whose places stay known after. */
export interface ContainerPaths {
  /** The container whose files they are: another one in `container:` mode. Empty for the container's own. */
  readonly owner: string;
  /** The owner's sandbox when its namespace was joined: a later run of the owner has another. Empty with no owner. */
  readonly joinedSandbox: string;
  /** resolv.conf and hosts. */
  readonly network: boolean;
  readonly hostname: boolean;
  readonly log: boolean;
}

/** The container's process, past and present. */
export interface ContainerState {
  status: "created" | "running" | "paused" | "restarting" | "removing" | "exited" | "dead";
  /** 0 unless running. */
  pid: number;
  exitCode: number;
  /** Why the last start failed, in the engine's words. */
  error: string;
  /** Nanoseconds; 0 for never. */
  startedAt: bigint;
  finishedAt: bigint;
  /** Ended by hand: the policy `unless-stopped` leaves it alone. */
  stoppedByHand: boolean;
  /** Told to end: no policy starts it again. */
  restartsOff: boolean;
  /** Milliseconds that the last restart by policy waited; 0 for none yet. */
  restartDelay: number;
  /** What its health checks have found over all runs; `null` without any. Kept by `health.ts`. */
  health: Health | null;
}

/** The container's network namespace. */
export interface Sandbox {
  readonly id: string;
  /** Ports as inspect shows them, by `number/protocol`; `null` for exposed and not published. */
  ports: Record<string, PortBinding[] | null>;
  /** The endpoint that the ports are published through, kept by `ports/publish.ts`. */
  publishedThrough: Attachment | null;
  /** Its place on the gateway bridge, while it is on networks of a swarm and no other network leads outside. */
  gateway: Attachment | null;
  /** Its /etc/hosts and /etc/resolv.conf, made by `newSandboxFiles` and kept in step by `files/sandbox.ts`. */
  readonly files: SandboxFiles;
}

/** Running or paused: it has a process, and its networks are attached. */
export function isRunning(container: Container): boolean {
  return container.state.status === "running" || container.state.status === "paused";
}
