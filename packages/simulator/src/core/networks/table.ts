import { type IdIndex, idIndex } from "../id-index.js";
import { bridgeName } from "./bridge-options.js";
import type { Network } from "./network.js";

/** The daemon's networks, by id, by prefix of the id, and by name. 20.10 allows several of the same name. */
export interface NetworkTable {
  readonly byId: IdIndex<Network>;
  named(name: string): readonly Network[];
  /** Returns the networks whose Linux bridge has this name: one, or none. */
  onBridge(name: string): readonly Network[];
  add(network: Network): void;
  delete(network: Network): void;
}

/** Creates an empty table. */
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
      index(byName, network.name, network);
      if (network.driver === "bridge") index(byBridge, bridgeName(network), network);
    },
    delete(network) {
      byId.delete(network.id);
      unindex(byName, network.name, network);
      if (network.driver === "bridge") unindex(byBridge, bridgeName(network), network);
    },
  };
}

function index(table: Map<string, Network[]>, key: string, network: Network): void {
  const others = table.get(key);
  if (others) others.push(network);
  else table.set(key, [network]);
}

function unindex(table: Map<string, Network[]>, key: string, network: Network): void {
  const left = (table.get(key) ?? []).filter((other) => other !== network);
  if (left.length > 0) table.set(key, left);
  else table.delete(key);
}
