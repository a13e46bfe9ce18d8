import { type IdIndex, idIndex } from "../id-index.js";
import type { Container } from "./container.js";

/** The daemon's containers, found by id, by id prefix, by name and by the names that legacy links give. */
export interface ContainerTable {
  readonly byId: IdIndex<Container>;
  /** `name` without the leading slash: a container's own name, or `linking/alias`. */
  named(name: string): Container | undefined;
  add(container: Container): void;
  delete(container: Container): void;
  rename(container: Container, name: string): void;
  /** Adds or drops the further name `linking/alias` of a container that is linked to. */
  addLinkName(name: string, target: Container): void;
  deleteLinkName(name: string): void;
  /** The link names that lead to `target`. */
  linkNames(target: Container): readonly string[];
}

export function containerTable(): ContainerTable {
  const byId = idIndex<Container>();
  const byName = new Map<string, Container>();
  const linkNames = new Map<string, string[]>();

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
  };
}
