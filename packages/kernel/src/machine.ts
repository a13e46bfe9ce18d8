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
  /** The disk that files are on. */
  readonly disk: Disk;
}

/** What `df` shows of a disk. What processes write does not change it. */
export interface Disk {
  /** The size in bytes. */
  readonly size: number;
  /** The bytes that are taken. Some more are kept for root, so `size` is more than the sum of the others. */
  readonly used: number;
  /** The bytes that may still be taken. */
  readonly available: number;
  /** How many files there can be, and how many there are. */
  readonly inodes: number;
  readonly usedInodes: number;
}
