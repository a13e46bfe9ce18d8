import type { FirstProcess } from "./first-process.js";

/**
 * Waits for the end of a container's process during the grace of a stop. It stops waiting as soon as nothing
 * can happen before the grace is over. Returns `undefined` when that is so now.
 *
 * @param seconds the grace; a negative number waits for ever
 * @param idleFor returns for how many milliseconds nothing happens in the container, see `Process.idleFor` of
 *   the kernel
 */
export function graceOf(
  first: FirstProcess,
  seconds: number,
  idleFor: (settled: boolean) => number,
): Promise<void> | undefined {
  const { time } = first;
  const began = time.now();
  const grace = seconds < 0 ? Number.POSITIVE_INFINITY : seconds * 1000;
  if (idleFor(false) > grace) return undefined;
  return new Promise((resolve) => {
    let over = false;
    let judges = false;
    let callOff = (): void => {};
    const end = (): void => {
      over = true;
      callOff();
      callOffEnd();
      first.pids.watchers.delete(judgeSoon);
      resolve();
    };
    /** Judges after a turn of the event loop, when the code that runs now waits again. */
    const judgeSoon = (): void => {
      if (judges) return;
      judges = true;
      setTimeout(() => {
        judges = false;
        if (!over) judge();
      }, 0);
    };
    const judge = (): void => {
      callOff();
      const idle = idleFor(true);
      if (idle > grace - Number(time.now() - began) / 1e6) end();
      else if (idle > 0) callOff = time.after(idle, judgeSoon);
    };
    const callOffEnd = time.after(grace, end);
    first.waiting ??= [];
    first.waiting.push(end);
    first.pids.watchers.add(judgeSoon);
    judgeSoon();
  });
}
