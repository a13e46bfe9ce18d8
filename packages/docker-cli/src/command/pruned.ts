// Prune commands that tell how much space they have freed.
import { humanSize } from "../format/units.js";
import type { Call } from "./command.js";
import { confirm } from "./confirm.js";
import { pruneFilters } from "./prune-filters.js";

/** What was removed, in lines, and how many bytes that freed. */
export interface Pruned {
  readonly text: string;
  readonly bytes: number;
}

/** Asks, unless `--force` says not to, removes, and tells of it. */
export async function pruned(
  {
    io,
    flags,
    release,
    session,
  }: Call<{ readonly filter: Readonly<Record<string, readonly string[]>>; readonly force: boolean }>,
  warning: string,
  prune: (filters: Record<string, readonly string[]>) => Promise<Pruned>,
): Promise<void> {
  const wanted = pruneFilters(session, flags.filter);
  let result: Pruned = { text: "", bytes: 0 };
  if (flags.force || (await confirm(io, warning))) result = await prune(wanted);
  // Who says no is told nothing more, but by 20.10.
  else if (release.name !== "20.10") return;
  if (result.text !== "") io.stdout(`${result.text}\n`);
  io.stdout(`Total reclaimed space: ${humanSize(result.bytes)}\n`);
}
