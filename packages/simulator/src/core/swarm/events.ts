import type { Daemon } from "../daemon.js";
import type { Swarm } from "./swarm.js";

type Kind = "network" | "node" | "secret" | "config";

/** Emits an event of an object of the swarm. */
export function emitSwarmEvent(
  daemon: Daemon,
  Type: Kind,
  Action: "create" | "update" | "remove",
  ID: string,
  Attributes: Readonly<Record<string, string>>,
): void {
  daemon.events.emit(() => ({ Type, Action, Actor: { ID, Attributes: { ...Attributes } }, scope: "swarm" }));
}

/** Emits an update of the node. @param changes attributes beside the name, such as `availability.new` */
export function emitNodeUpdate(
  daemon: Daemon,
  { node }: Swarm,
  changes: Readonly<Record<string, string>> = {},
): void {
  emitSwarmEvent(daemon, "node", "update", node.id, {
    ...changes,
    name: node.name || daemon.settings.hostname,
  });
}
