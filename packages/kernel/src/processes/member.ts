import type { Process } from "./process.js";
import type { User } from "./program.js";

/** An entry of a PID namespace: one process. */
export interface Member {
  readonly pid: number;
  /** The PID of the parent. 0 for a process that was started from outside of the namespace. */
  parentPid: number;
  readonly startedAt: bigint;
  readonly tty: boolean;
  readonly user: User;
  /** The session: the PID of the session's first process. Processes of a session share a terminal. */
  readonly session: number;
  /** The process group: the PID of the group's first process. */
  readonly group: number;
  argv(): readonly string[];
  /** The environment and the working directory that it was started with. */
  env(): Readonly<Record<string, string>>;
  cwd(): string;
  readonly process: Process | undefined;
}

/** Returns the user of a process, which may have changed since its start. */
export function userOf({ process, user }: Member): User {
  return process?.user ?? user;
}
