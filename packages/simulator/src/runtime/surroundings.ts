import type { ProgramTable } from "@dryharbor/kernel";
import type { PidNamespace, Time } from "@dryharbor/kernel/host";
import type { Container } from "../core/containers/container.js";
import type { Daemon } from "../core/daemon.js";
import type { ContainerStreams } from "./container-streams.js";
import type { ExecProcess } from "./exec-process.js";
import type { FirstProcess } from "./first-process.js";
import type { ContainerLog } from "./log.js";

/** What the processes of one engine have in common, and whom they report to. */
export interface Surroundings {
  readonly daemon: Daemon;
  readonly programs: ProgramTable;
  readonly time: Time;
  log(container: Container): ContainerLog;
  /** The processes of the container's run. */
  pids(container: Container): PidNamespace;
  /** The streams of those attached to the container; `undefined` where nobody ever was. */
  streams(container: Container): ContainerStreams | undefined;
  firstExited(first: FirstProcess, exitCode: number): void;
  execExited(exec: ExecProcess, exitCode: number): void;
}
