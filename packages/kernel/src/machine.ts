/** The machine that a kernel runs on, as far as `uname`, `nproc` and `free` tell of it. */
export interface Machine {
  /** As `uname -m` says it. */
  readonly architecture: string;
  /** As `uname -r` says it. */
  readonly kernelVersion: string;
  readonly processors: number;
  /** Bytes. */
  readonly memory: number;
}
