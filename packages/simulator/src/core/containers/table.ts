import { type IdIndex, idIndex } from "../id-index.js";
import type { Container } from "./container.js";

/**
 * A change of a watched container: its process ended, or it was removed (which comes after the end of its
 * process).
 */
type ContainerChange = "exited" | "removed";

/** The daemon's containers, by id, by prefix of the id, by name and by the names from legacy links. */
export interface ContainerTable {
  readonly byId: IdIndex<Container>;
  /** Finds a container by its own name, or by a link name `linking/alias`. Without the leading slash. */
  named(name: string): Container | undefined;
  add(container: Container): void;
  delete(container: Container): void;
  rename(container: Container, name: string): void;
  /** Adds the further name `linking/alias` of a link's target. */
  addLinkName(name: string, target: Container): void;
  /** Removes a further name. */
  deleteLinkName(name: string): void;
  /** Lists the link names of `target`. */
  linkNames(target: Container): readonly string[];
  /**
   * Calls `listener` at each change of `container`, within the operation that makes the change, until the
   * returned function is called.
   */
  watch(container: Container, listener: (change: ContainerChange) => void): () => void;
  /** Calls the listeners. For `lifecycle.ts` and `remove.ts`. */
  tell(container: Container, change: ContainerChange): void;
}

/** Creates an empty table. */
export function containerTable(): ContainerTable {
  const byId = idIndex<Container>();
  const byName = new Map<string, Container>();
  const linkNames = new Map<string, string[]>();
  const watchers = new Map<Container, Set<(change: ContainerChange) => void>>();

  return {
    byId,
    named: (name) => byName.get(name),
    add(container) {
      byId.add(container.id, container);
      byName.set(container.name, container);
    },
    delete(container) {
      byId.delete(container.id);
      byName.delete(container.name);
      for (const name of linkNames.get(container.id) ?? []) byName.delete(name);
      linkNames.delete(container.id);
    },
    rename(container, name) {
      byName.delete(container.name);
      container.name = name;
      byName.set(name, container);
    },
    addLinkName(name, target) {
      byName.set(name, target);
      linkNames.set(target.id, [...(linkNames.get(target.id) ?? []), name]);
    },
    deleteLinkName(name) {
      const target = byName.get(name);
      byName.delete(name);
      if (!target) return;
      const left = (linkNames.get(target.id) ?? []).filter((other) => other !== name);
      if (left.length > 0) linkNames.set(target.id, left);
      else linkNames.delete(target.id);
    },
    linkNames: (target) => linkNames.get(target.id) ?? [],
    watch(container, listener) {
      const listeners = watchers.get(container) ?? new Set();
      watchers.set(container, listeners.add(listener));
      return () => {
        listeners.delete(listener);
        if (listeners.size === 0 && watchers.get(container) === listeners) watchers.delete(container);
      };
    },
    tell(container, change) {
      for (const listener of [...(watchers.get(container) ?? [])]) listener(change);
    },
  };
}
