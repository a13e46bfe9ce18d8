import { type IdIndex, idIndex } from "../id-index.js";
import { bridgeName } from "./bridge-options.js";
import type { Network } from "./network.js";

/** The daemon's networks, found by id, by id prefix and by name. 20.10 allows several of one name. */
export interface NetworkTable {
  readonly byId: IdIndex<Network>;
  named(name: string): readonly Network[];
  /** The networks whose Linux bridge has this name: one, or none. */
  onBridge(name: string): readonly Network[];
  add(network: Network): void;
  delete(network: Network): void;
}

export function networkTable(): NetworkTable {
  const byId = idIndex<Network>();
  const byName = new Map<string, Network[]>();
  const byBridge = new Map<string, Network[]>();
  return {
    byId,
    named: (name) => byName.get(name) ?? [],
    onBridge: (name) => byBridge.get(name) ?? [],
    add(network) {
      byId.add(network.id, network);
      enter(byName, network.name, network);
      if (network.driver === "bridge") enter(byBridge, bridgeName(network), network);
    },
    delete(network) {
      byId.delete(network.id);
      leave(byName, network.name, network);
      if (network.driver === "bridge") leave(byBridge, bridgeName(network), network);
    },
  };
}

function enter(index: Map<string, Network[]>, key: string, network: Network): void {
  const others = index.get(key);
  if (others) others.push(network);
  else index.set(key, [network]);
}

function leave(index: Map<string, Network[]>, key: string, network: Network): void {
  const left = (index.get(key) ?? []).filter((other) => other !== network);
  if (left.length > 0) index.set(key, left);
  else index.delete(key);
}
