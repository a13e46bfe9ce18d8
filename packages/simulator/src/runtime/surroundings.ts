import type { Network, ProgramTable } from "@dryharbor/kernel";
import type { PidNamespace, SeenNetwork, SocketOwner, Time } from "@dryharbor/kernel/host";
import type { Container } from "../core/containers/container.js";
import type { Daemon } from "../core/daemon.js";
import type { ContainerStreams } from "./container-streams.js";
import type { ExecProcess } from "./exec-process.js";
import type { FirstProcess } from "./first-process.js";
import type { ContainerLog } from "./log.js";

/** What all processes of one engine share, and where they report their end. */
export interface Surroundings {
  readonly daemon: Daemon;
  readonly programs: ProgramTable;
  readonly time: Time;
  log(container: Container): ContainerLog;
  /** Returns the PID namespace of the container's current run. */
  pids(container: Container): PidNamespace;
  /** Returns what /proc and /sys tell the container's processes of the network. */
  seenNetwork(container: Container): SeenNetwork;
  /** Returns the network of a container, with the sockets of one of its processes. */
  network(container: Container, owner: SocketOwner): Network;
  /** Returns the container's streams; `undefined` if no client ever attached. */
  streams(container: Container): ContainerStreams | undefined;
  firstExited(first: FirstProcess, exitCode: number): void;
  /** Returns whether {@link tellOfEnd} is to be called when the engine has let go of the exec's outputs. */
  execEnded(exec: ExecProcess, exitCode: number): boolean;
  tellOfEnd(exec: ExecProcess): void;
}
