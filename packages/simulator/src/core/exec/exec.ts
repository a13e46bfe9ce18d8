import type { Container } from "../containers/container.js";

/** A further process of a container, from its creation until some time after its end. */
export interface Exec {
  readonly id: string;
  readonly container: Container;
  readonly command: readonly [string, ...string[]];
  /** What it adds to the container's environment; a name without a value takes that one out. */
  readonly env: readonly string[];
  readonly workingDir: string;
  readonly user: string;
  readonly tty: boolean;
  readonly privileged: boolean;
  readonly attachStdin: boolean;
  readonly attachStdout: boolean;
  readonly attachStderr: boolean;
  /** In base 64, as inspect shows them. */
  readonly detachKeys: string;
  state: "created" | "running" | "exited";
  /** Kept after the end; 0 where it never ran. */
  pid: number;
  /** `null` until it has ended. */
  exitCode: number | null;
  /** Nanoseconds; 0 until it has ended. */
  endedAt: bigint;
}
