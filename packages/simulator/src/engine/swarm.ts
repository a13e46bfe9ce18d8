import { onDemand } from "./on-demand.js";
import type { Session } from "./session.js";
import type { SwarmGroups } from "./swarm-reads.js";

/** Makes the groups that read a swarm. Few programs do, so what reads it is loaded with the first call. */
export function simulatedSwarm(session: Session): SwarmGroups {
  const call = onDemand(session, ({ swarmReads }) => swarmReads(session));
  return {
    swarm: { inspect: call(({ swarm }) => swarm.inspect), unlockKey: call(({ swarm }) => swarm.unlockKey) },
    nodes: { list: call(({ nodes }) => nodes.list), inspect: call(({ nodes }) => nodes.inspect) },
    services: {
      list: call(({ services }) => services.list),
      inspect: call(({ services }) => services.inspect),
    },
    tasks: { list: call(({ tasks }) => tasks.list), inspect: call(({ tasks }) => tasks.inspect) },
    secrets: { list: call(({ secrets }) => secrets.list), inspect: call(({ secrets }) => secrets.inspect) },
    configs: { list: call(({ configs }) => configs.list), inspect: call(({ configs }) => configs.inspect) },
  };
}
