import type { ProcessEnd, StartedProcess } from "@dryharbor/kernel";

/** A job: a pipeline that the shell has started. */
export class Job {
  /** The ends of its processes by PID. */
  readonly ends = new Map<number, ProcessEnd>();
  /** Whether `wait` has returned its exit code. The next job then replaces it. */
  waited = false;

  constructor(
    readonly number: number,
    readonly pids: readonly number[],
    /** The command as the user typed it. Empty when nobody did. */
    readonly text: string,
  ) {}

  get lastPid(): number {
    return this.pids.at(-1) as number;
  }

  get isDone(): boolean {
    return this.ends.size === this.pids.length;
  }

  /** Returns the exit code of the last process, or with `pipefail` of the last process that failed. */
  code(pipefail: boolean): number {
    const codes = this.pids.map((pid) => this.ends.get(pid)?.code ?? 0);
    return (pipefail ? codes.findLast((code) => code !== 0) : codes.at(-1)) ?? 0;
  }
}

const signalTexts: Readonly<Record<number, string>> = {
  1: "Hangup",
  3: "Quit",
  4: "Illegal instruction",
  5: "Trace/breakpoint trap",
  6: "Aborted",
  7: "Bus error",
  8: "Floating point exception",
  9: "Killed",
  10: "User defined signal 1",
  11: "Segmentation fault",
  12: "User defined signal 2",
  14: "Alarm clock",
  15: "Terminated",
  16: "Stack fault",
  24: "CPU time limit exceeded",
  25: "File size limit exceeded",
  26: "Virtual timer expired",
  27: "Profiling timer expired",
  29: "I/O possible",
  30: "Power failure",
  31: "Bad system call",
};

/**
 * Returns the text for a process that a signal ended. Returns `undefined` for SIGINT and SIGPIPE, which are
 * common.
 */
export function endText({ signal }: ProcessEnd): string | undefined {
  if (signal === undefined || signal === 2 || signal === 13) return undefined;
  return signalTexts[signal] ?? `Unknown signal ${signal}`;
}

/** The jobs of a shell, and the ends of their processes that the shell has not recorded yet. */
export class Jobs {
  readonly #jobs: Job[] = [];
  #unseen: { readonly pid: number; readonly end: ProcessEnd }[] = [];
  #wake: (() => void) | undefined;

  list(): readonly Job[] {
    return this.#jobs;
  }

  add(processes: readonly StartedProcess[], text = ""): Job {
    for (const job of this.#jobs.filter((each) => each.isDone && each.waited)) this.remove(job);
    let number = 1;
    while (this.#jobs.some((job) => job.number === number)) number++;
    const job = new Job(
      number,
      processes.map(({ pid }) => pid),
      text,
    );
    this.#jobs.push(job);
    for (const { pid, ended } of processes) {
      ended.then((end) => {
        this.#unseen.push({ pid, end });
        this.wake();
      });
    }
    return job;
  }

  remove(job: Job): void {
    const at = this.#jobs.indexOf(job);
    if (at >= 0) this.#jobs.splice(at, 1);
  }

  ofPid(pid: number): Job | undefined {
    return this.#jobs.find((job) => job.lastPid === pid) ?? this.#jobs.find((job) => job.pids.includes(pid));
  }

  /** Finds a job by its name: `%1`, `%%`, `%+` or `%-`. */
  named(text: string): Job | undefined {
    const name = text.slice(1);
    if (name === "" || name === "%" || name === "+") return this.#jobs.at(-1);
    if (name === "-") return this.#jobs.at(-2) ?? this.#jobs.at(-1);
    return this.#jobs.find((job) => String(job.number) === name);
  }

  /** Records the ends of processes in their jobs, and returns the new ones. */
  recordEnds(): { readonly job: Job; readonly end: ProcessEnd }[] {
    const unseen = this.#unseen;
    this.#unseen = [];
    return unseen.flatMap(({ pid, end }) => {
      const job = this.#jobs.find((each) => each.pids.includes(pid) && !each.ends.has(pid));
      job?.ends.set(pid, end);
      return job ? [{ job, end }] : [];
    });
  }

  /** Resolves when a process has ended, or somebody calls {@link wake}. */
  nextEnd(): Promise<void> {
    if (this.#unseen.length > 0) return Promise.resolve();
    return new Promise((resolve) => {
      this.#wake = resolve;
    });
  }

  /** Resolves the promise of {@link nextEnd}. */
  wake(): void {
    this.#wake?.();
    this.#wake = undefined;
  }
}
