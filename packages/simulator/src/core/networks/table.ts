import { type IdIndex, idIndex } from "../id-index.js";
import type { Network } from "./network.js";

/** The daemon's networks, found by id, by id prefix and by name. 20.10 allows several of one name. */
export interface NetworkTable {
  readonly byId: IdIndex<Network>;
  named(name: string): readonly Network[];
  add(network: Network): void;
  delete(network: Network): void;
}

export function networkTable(): NetworkTable {
  const byId = idIndex<Network>();
  const byName = new Map<string, Network[]>();
  return {
    byId,
    named: (name) => byName.get(name) ?? [],
    add(network) {
      byId.add(network.id, network);
      const others = byName.get(network.name);
      if (others) others.push(network);
      else byName.set(network.name, [network]);
    },
    delete(network) {
      byId.delete(network.id);
      const left = (byName.get(network.name) ?? []).filter((other) => other !== network);
      if (left.length > 0) byName.set(network.name, left);
      else byName.delete(network.name);
    },
  };
}
