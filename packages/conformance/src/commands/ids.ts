/** The kinds of object that a reference can name. */
type Kind = "container" | "network" | "exec";

/** The ids that an engine gave to what the commands created. */
export interface Ids {
  learn(kind: Kind, name: string, id: string): void;
  /** Returns the id that was last given to `name`. */
  last(kind: Kind, name: string): string | undefined;
  /**
   * Replaces references by ids in every string of `value`, keys included. `{container:web}` is the whole id
   * of the container that was last created as `web`, even if it has been removed, and `{network:alpha:12}`
   * the first 12 digits of a network's id. A reference to something that was never created becomes
   * `never-created`.
   */
  fill<T>(value: T): T;
}

const reference = /\{(container|network|exec):([^:{}]+)(?::(\d+))?\}/g;

export function ids(): Ids {
  const known = new Map<string, string>();

  function fillText(text: string): string {
    return text.replace(reference, (_, kind: Kind, name: string, digits?: string) =>
      (known.get(`${kind} ${name}`) ?? "never-created").slice(0, digits ? Number(digits) : undefined),
    );
  }

  function fill(value: unknown): unknown {
    if (typeof value === "string") return fillText(value);
    if (Array.isArray(value)) return value.map(fill);
    if (typeof value !== "object" || value === null) return value;
    return Object.fromEntries(Object.entries(value).map(([key, item]) => [fillText(key), fill(item)]));
  }

  return {
    learn: (kind, name, id) => void known.set(`${kind} ${name}`, id),
    last: (kind, name) => known.get(`${kind} ${name}`),
    fill: <T>(value: T) => fill(value) as T,
  };
}
