// An exec as the daemon keeps it. `lifecycle.ts` makes execs and changes their state, and `Daemon.execs` holds
// them.

import type { Container } from "../containers/container.js";

/** An exec: a further process of a container. It exists from its creation until some time after its end. */
export interface Exec {
  readonly id: string;
  readonly container: Container;
  readonly command: readonly [string, ...string[]];
  /** Additions to the container's environment. A name without a value removes that variable. */
  readonly env: readonly string[];
  readonly workingDir: string;
  readonly user: string;
  readonly tty: boolean;
  readonly privileged: boolean;
  readonly attachStdin: boolean;
  readonly attachStdout: boolean;
  readonly attachStderr: boolean;
  /** The key sequence in Base64, as inspect shows it. */
  readonly detachKeys: string;
  /** Rows and columns of its terminal. Default: those of the container. */
  consoleSize?: readonly [number, number];
  state: "created" | "running" | "exited";
  /** The process id, kept after the end. 0 where the exec never ran. */
  pid: number;
  /** `null` until the exec has ended. */
  exitCode: number | null;
  /** The time of the end, in nanoseconds since 1970. 0 until the exec has ended. */
  endedAt: bigint;
}
