// Where something is in a compose file, and patterns of such places.

/** Keys from the top; `[]` stands for an item of a list. */
export type Path = readonly string[];

/** As messages show it: `services.web.ports.[]`. */
export const pathText = (path: Path) => path.join(".");

/** Whether a path is of the pattern, in which `*` stands for any one key. */
export function matches(path: Path, pattern: string): boolean {
  const parts = pattern.split(".");
  return parts.length === path.length && parts.every((part, at) => part === "*" || part === path[at]);
}

/** The value of the first pattern that a path is of. */
export function byPattern<Value>(table: Readonly<Record<string, Value>>, path: Path): Value | undefined {
  for (const [pattern, value] of Object.entries(table)) {
    if (matches(path, pattern)) return value;
  }
  return undefined;
}
