import type { Daemon } from "../../daemon.js";
import { managedSwarm } from "../manager.js";
import type { Swarm } from "../swarm.js";
import type { SwarmObject } from "./object.js";

/** The differences between secrets and configs. */
export interface ObjectKind {
  readonly what: "secret" | "config";
  /** The limit of the data in bytes. */
  readonly limit: number;
  readonly showsData: boolean;
  readonly filters: readonly string[];
  readonly of: (swarm: Swarm) => Map<string, SwarmObject>;
}

export const secrets: ObjectKind = {
  what: "secret",
  limit: 512_000,
  showsData: false,
  filters: ["name", "names", "id", "label"],
  of: (swarm) => swarm.secrets,
};

export const configs: ObjectKind = {
  what: "config",
  limit: 1_024_000,
  showsData: true,
  filters: ["name", "id", "label"],
  of: (swarm) => swarm.configs,
};

/** Returns all objects of a kind. @throws 503 */
export function objectsOf(daemon: Daemon, kind: ObjectKind): Map<string, SwarmObject> {
  return kind.of(managedSwarm(daemon));
}
