// Shrinks a sequence that fails to a short one that still fails. `parity` uses it on every disagreement.

import type { Command } from "../commands/command.js";

/**
 * Returns the shortest sequence found in the given time that still fails. It first leaves out runs of
 * commands, in ever smaller pieces, and then fields of the remaining commands. The limit is a time, because
 * on a real engine each attempt takes seconds.
 */
export async function shrink(
  commands: readonly Command[],
  fails: (commands: readonly Command[]) => Promise<boolean>,
  milliseconds: number,
): Promise<readonly Command[]> {
  const deadline = performance.now() + milliseconds;
  let shortest = commands;
  async function accept(candidate: readonly Command[]): Promise<boolean> {
    if (performance.now() > deadline || !(await fails(candidate))) return false;
    shortest = candidate;
    return true;
  }

  for (let size = Math.ceil(shortest.length / 2); size >= 1; size = size === 1 ? 0 : Math.ceil(size / 2)) {
    // From the end: the commands right before the failure are needed less often than the earlier ones.
    for (let at = shortest.length - size; at > -size; at -= size) {
      const start = Math.max(0, at);
      await accept([...shortest.slice(0, start), ...shortest.slice(start + size)]);
    }
  }
  for (let index = shortest.length - 1; index >= 0; index--) {
    let simpler = true;
    while (simpler) {
      simpler = false;
      for (const command of simplerOnes(shortest[index]!)) {
        if (performance.now() > deadline) return shortest;
        simpler = await accept(shortest.with(index, command));
        if (simpler) break;
      }
    }
  }
  return shortest;
}

/** Returns the copies of the command that lack one field, or one item of a list. */
function simplerOnes({ call, args }: Command): Command[] {
  return simplerLists(args, false).map((simpler) => ({ call, args: simpler }));
}

function simplerLists(list: readonly unknown[], removable: boolean): unknown[][] {
  return list.flatMap((item, index) => [
    ...(removable ? [list.toSpliced(index, 1)] : []),
    ...simplerValues(item).map((simpler) => list.with(index, simpler)),
  ]);
}

function simplerValues(value: unknown): unknown[] {
  if (Array.isArray(value)) return simplerLists(value, true);
  if (typeof value !== "object" || value === null) return [];
  const record = value as Record<string, unknown>;
  return Object.keys(record).flatMap((key) => {
    const { [key]: item, ...others } = record;
    return [others, ...simplerValues(item).map((simpler) => ({ ...record, [key]: simpler }))];
  });
}
