/** What a reference can stand for. */
type Kind = "container" | "network" | "exec";

/** The ids that an engine gave to what the commands created. */
export interface Ids {
  learn(kind: Kind, name: string, id: string): void;
  /** The id last given to `name`. */
  last(kind: Kind, name: string): string | undefined;
  /**
   * Puts ids for references in every string of `value`, keys too: `{container:web}` for the whole id of the
   * container last created as `web`, removed since or not, `{network:alpha:12}` for its first 12 digits.
   * What was never created becomes `never-created`.
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
