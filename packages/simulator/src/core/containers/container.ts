// A container as the daemon keeps it: its configuration, its state, its files and its sandbox. `create.ts`
// makes containers, `table.ts` holds them, and `lifecycle.ts` changes their state.

import type { FileSystem, Tree } from "@dryharbor/kernel/host";
import type { ContainerConfig, EndpointSettings, Health, HostConfig, PortBinding } from "@dryharbor/sdk/port";
import type { Attachment, Endpoint } from "../endpoints/endpoint.js";
import type { EtcFiles } from "../files/etc-files.js";
import type { Image } from "../images/image.js";
import type { Bound } from "../mounts/bound.js";
import type { MountPoint } from "../mounts/mount-point.js";
import type { Tmpfs } from "../mounts/tmpfs.js";

/** A container as the daemon keeps it. */
export interface Container {
  readonly id: string;
  /** The name, without the leading slash. */
  name: string;
  /**
   * Whether the engine chose the name and nobody has renamed the container. 20.10's DNS does not know such a
   * name.
   */
  nameGenerated: boolean;
  /** The time of creation, in nanoseconds since 1970. */
  readonly created: bigint;
  /**
   * `Config` as given, with the host name and the image's environment and command filled in. Replaced and never changed, so
   * that forks share it.
   */
  config: ContainerConfig & { Hostname: string };
  /**
   * `HostConfig` as given. Defaults are added when it is shown, so that a container costs little memory.
   * `Runtime` is empty while it is not shown yet. Replaced and never changed, so that forks share it.
   */
  hostConfig: HostConfig & { NetworkMode: string; Runtime?: string };
  /**
   * The image that it was made from, which may have been removed since. `null` for a container without an
   * image.
   */
  readonly image: Image | null;
  /** The name that the image had in the archive that it came from, where it did. */
  imageCameAs?: string;
  /** The files that it began with. All containers of an image share them. */
  readonly base: Tree;
  /** Its own layer: the changes to `base`. `null` as long as nothing has changed. */
  layer: FileSystem | null;
  /** The program of its process; `args` are the arguments. */
  readonly path: string;
  readonly args: readonly string[];
  readonly state: ContainerState;
  restartCount: number;
  /** The endpoints by network name, as the request spells it. Sorted when they are shown. */
  readonly endpoints: Map<string, Endpoint>;
  /** Its mounts, in the order of the request; `null` for none. */
  mounts: MountPoint[] | null;
  /** The files of its /dev while it runs, once a process has changed them. */
  devices: FileSystem | null;
  /** Its tmpfs mounts while it runs, by destination; `null` for none. */
  tmpfs: Map<string, Tmpfs> | null;
  /** What its binds mount while it runs, by destination; `null` until somebody asks. */
  bound: Map<string, Bound> | null;
  /** The links of the default bridge, as given; `null` for none. */
  links: LegacyLink[] | null;
  /** Its network namespace while it runs, and after a stop as long as the release shows it. */
  sandbox: Sandbox | null;
  /**
   * Its /etc/hosts, /etc/resolv.conf and /etc/hostname, which `files/write.ts` writes. In `container:` mode those of the
   * other container. `null` before the first start.
   */
  etc: EtcFiles | null;
  /** The ids of its execs that have not ended; `null` before the first exec. */
  execIds: Set<string> | null;
  /** The files of the engine whose paths inspect shows. */
  paths: ContainerPaths;
  /** It carries a step of a build out, which has to end: nothing stands in for a program that it lacks. */
  ofBuild?: true;
  /**
   * What lists show instead of its networks and ports after a failed start or connect, until it changes
   * again.
   */
  listed: ListedNetworks | null;
}

/** The part of a container that lists may show in an earlier state. */
export interface ListedNetworks {
  readonly networks: Readonly<Record<string, EndpointSettings>>;
  readonly ports: Sandbox["ports"];
}

/**
 * One link of the default bridge. The linking container keeps the target even after that has been removed.
 */
export interface LegacyLink {
  readonly target: Container;
  /**
   * The name under which the linking container knows the target. `/<linking>/<alias>` is a further name of
   * the target.
   */
  readonly alias: string;
}

/** The files that the engine has written for a container. Their paths are shown even after its end. */
export interface ContainerPaths {
  /**
   * The id of the container whose files these are: another one in `container:` mode. Empty for the container
   * itself.
   */
  readonly owner: string;
  /**
   * The id of the owner's sandbox when its namespace was joined. A later run of the owner has another. Empty
   * without an owner.
   */
  readonly joinedSandbox: string;
  /** Whether resolv.conf and hosts have been written. */
  readonly network: boolean;
  readonly hostname: boolean;
  readonly log: boolean;
  /** Whether an archive was asked for, so that the paths are those of what is mounted in their places. */
  readonly mounted?: boolean;
  /** The destination of the bind for which the last start failed, since its source could not be made. */
  readonly unmounted?: string | undefined;
  /** The engine has mounted its own files over those of its /etc to read or write an archive. */
  readonly copied?: boolean;
}

/** The state of the container's process, now and in the past. */
export interface ContainerState {
  status: "created" | "running" | "paused" | "restarting" | "removing" | "exited" | "dead";
  /** 0 unless the container runs. */
  pid: number;
  exitCode: number;
  /** The reason why the last start failed, in the engine's words. */
  error: string;
  /** The time of the last start, in nanoseconds since 1970; 0 for never. */
  startedAt: bigint;
  /** The time of the last end, in nanoseconds since 1970; 0 for never. */
  finishedAt: bigint;
  /** Whether a user stopped it. The policy `unless-stopped` does not start it again then. */
  stoppedByHand: boolean;
  /** Whether it was told to end. No policy starts it again then. */
  restartsOff: boolean;
  /** How long its last restart by policy waited, in milliseconds; 0 before the first. */
  restartDelay: number;
  /** The results of its health checks over all runs; `null` without any. `health.ts` keeps them. */
  health: Health | null;
}

/** The network namespace of a container, as libnetwork's sandbox. */
export interface Sandbox {
  readonly id: string;
  /** The number of the next interface, where a release uses none twice. */
  nextInterface: number;
  /**
   * The ports as inspect shows them, by `number/protocol`. `null` for a port that is exposed and not
   * published.
   */
  ports: Record<string, PortBinding[] | null>;
  /** The endpoint through which the ports are published. `ports/publish.ts` keeps it. */
  publishedThrough: Attachment | null;
  /**
   * Its endpoint on the gateway bridge, while it is on networks of a swarm and no other network leads
   * outside.
   */
  gateway: Attachment | null;
}

/** Returns whether the container is running or paused: it has a process, and its networks are attached. */
export function isRunning(container: Container): boolean {
  return container.state.status === "running" || container.state.status === "paused";
}
