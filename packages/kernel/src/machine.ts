/** The machine that the kernel runs on: the facts that `uname`, `nproc` and `free` show. */
export interface Machine {
  /** The architecture as `uname -m` prints it, for example `x86_64`. */
  readonly architecture: string;
  /** The kernel's version as `uname -r` prints it. */
  readonly kernelVersion: string;
  /** The number of processors, as `nproc` prints it. */
  readonly processors: number;
  /** The size of the main memory in bytes. */
  readonly memory: number;
}
