// The filters of prune commands: those given, and those that config.json adds.
import type { Session } from "./session.js";

/** Adds config.json's `pruneFilters`, e.g. `["label!=keep"]`, to the filters that were given. */
export function pruneFilters(
  session: Session,
  given: Readonly<Record<string, readonly string[]>>,
): Record<string, readonly string[]> {
  const configured = session.configuration().pruneFilters;
  const result: Record<string, readonly string[]> = { ...given };
  if (!Array.isArray(configured)) return result;
  for (const filter of configured as string[]) {
    const at = filter.indexOf("=");
    if (at < 0) continue;
    const [name, value] = [filter.slice(0, at), filter.slice(at + 1)];
    // What was given on the command line goes before its opposite in the configuration.
    const opposite = name === "label" ? "label!" : name === "label!" ? "label" : undefined;
    if (opposite !== undefined && given[opposite]?.includes(value)) continue;
    result[name] = [...(result[name] ?? []), value];
  }
  return result;
}
