import { bytes, count, duration, markdownTable, ratio } from "./table.js";

/** What forks cost. Times are in milliseconds, memory in bytes. */
export interface ForkFigures {
  readonly containers: number;
  /** A fork that sleeps. */
  readonly fork: number;
  /** A snapshot, and a simulator that goes on from it. */
  readonly snapshot: number;
  /** From the first use of a fork to its first answer: its containers start. */
  readonly wake: number;
  /** The heap of the simulator with its containers. */
  readonly heap: number;
  /** The heap of a fork that sleeps. */
  readonly heapOfFork: number;
}

/** The table of what forks cost. */
export function forkTable(head: string, figures: ForkFigures): string {
  const { containers, fork, snapshot, wake, heap, heapOfFork } = figures;
  return markdownTable([
    [head, `with ${count(containers)} running containers`, "beside it", "ratio"],
    [
      "a fork, and a simulator made of a snapshot",
      duration(fork),
      duration(snapshot),
      ratio(snapshot / fork),
    ],
    [
      "heap for each container of a fork that sleeps, and of the simulator",
      bytes(heapOfFork / containers),
      bytes(heap / containers),
      ratio(heapOfFork / heap),
    ],
    ["the first answer of a fork: its containers start", duration(wake), "", ""],
  ]);
}
