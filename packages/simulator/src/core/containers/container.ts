import type { ContainerConfig, HostConfig, PortBinding } from "@dryharbor/sdk";
import type { Endpoint } from "../endpoints/endpoint.js";
import type { SandboxFiles } from "../files/sandbox.js";

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
  /** As given; defaults are added when shown, so that a container costs little. */
  readonly hostConfig: HostConfig & { NetworkMode: string };
  readonly imageId: string;
  /** The process: program and arguments. */
  readonly path: string;
  readonly args: readonly string[];
  readonly state: ContainerState;
  restartCount: number;
  /** By network name, as asked for. Sorted when shown. */
  readonly endpoints: Map<string, Endpoint>;
  /** While it runs, and after a stop as long as the release keeps showing it. */
  sandbox: Sandbox | null;
  /** Ids of execs that have not been collected yet. */
  readonly execIds: Set<string>;
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
  /** Stopped by hand: `unless-stopped` and `always` policies leave it alone. */
  stoppedByHand: boolean;
}

/** The container's network namespace. */
export interface Sandbox {
  readonly id: string;
  /** Ports as inspect shows them, by `number/protocol`; `null` for exposed and not published. */
  ports: Record<string, PortBinding[] | null>;
  /** Its /etc/hosts and /etc/resolv.conf, made by `newSandboxFiles` and kept in step by `files/sandbox.ts`. */
  readonly files: SandboxFiles;
}

/** Running or paused: it has a process, and its networks are attached. */
export function isRunning(container: Container): boolean {
  return container.state.status === "running" || container.state.status === "paused";
}
