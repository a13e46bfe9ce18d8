import type { Configs, Engine, Nodes, Secrets, Services, Swarm, Tasks } from "@dryharbor/sdk/port";
import { inspectTask, listTasks } from "../core/swarm/networks/tasks.js";
import { inspectNode, listNodes } from "../core/swarm/nodes/nodes.js";
import { configs, type ObjectKind, secrets } from "../core/swarm/objects/kind.js";
import { inspectObject, listObjects } from "../core/swarm/objects/list.js";
import { inspectService, listServices } from "../core/swarm/services.js";
import { showSwarm, showUnlockKey } from "../core/swarm/show.js";
import { filters } from "./filters.js";
import { reference } from "./reference.js";
import type { Session } from "./session.js";

/** The groups of the port that read a swarm. */
export type SwarmGroups = Pick<Engine, "swarm" | "nodes" | "services" | "tasks" | "secrets" | "configs">;

/** Makes the groups that read a swarm. */
export function swarmReads(session: Session): SwarmGroups {
  const { daemon } = session;
  const swarm: Swarm = {
    inspect: (options) => session.call(options, () => showSwarm(daemon)),
    unlockKey: (options) => session.call(options, () => showUnlockKey(daemon)),
  };
  const nodes: Nodes = {
    list: (options) => session.call(options, () => listNodes(daemon, filters(options?.filters))),
    inspect: (node, options) => session.call(options, () => inspectNode(daemon, reference(node))),
  };
  const services: Services = {
    list: (options) => session.call(options, () => listServices(daemon, filters(options?.filters))),
    inspect: (service, options) => session.call(options, () => inspectService(daemon, reference(service))),
  };
  const tasks: Tasks = {
    list: (options) => session.call(options, () => listTasks(daemon, filters(options?.filters))),
    inspect: (task, options) => session.call(options, () => inspectTask(daemon, reference(task))),
  };
  const objects = (kind: ObjectKind): Secrets & Configs => ({
    list: (options) => session.call(options, () => listObjects(daemon, kind, filters(options?.filters))),
    inspect: (object, options) => session.call(options, () => inspectObject(daemon, kind, reference(object))),
  });
  return { swarm, nodes, services, tasks, secrets: objects(secrets), configs: objects(configs) };
}
