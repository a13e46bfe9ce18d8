import { ByteQueue } from "./byte-queue.js";

/** A process's standard input, between those attached to it and its readers. */
export type Input = ByteQueue;

/** @param open `false` for one that is at its end from the start, as /dev/null is */
export function input(open: boolean): Input {
  const queue = new ByteQueue();
  if (!open) queue.end();
  return queue;
}
