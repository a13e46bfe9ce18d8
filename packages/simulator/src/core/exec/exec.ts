import type { Container } from "../containers/container.js";

/** A further process of a container, from its creation until some time after its end. */
export interface Exec {
  readonly id: string;
  readonly container: Container;
  readonly command: readonly string[];
  readonly env: readonly string[];
  readonly workingDir: string;
  readonly user: string;
  readonly tty: boolean;
  readonly privileged: boolean;
  readonly attachStdin: boolean;
  readonly attachStdout: boolean;
  readonly attachStderr: boolean;
  readonly detachKeys: string;
  state: "created" | "running" | "exited";
  pid: number;
  /** `null` until it has ended. */
  exitCode: number | null;
}
