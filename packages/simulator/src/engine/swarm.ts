import type { Session } from "./session.js";
import type { SwarmGroups } from "./swarm-reads.js";

/**
 * Makes the groups that read a swarm. Few programs do, so what reads it is loaded with the first call, which is answered
 * with what there is by then.
 */
export function simulatedSwarm(session: Session): SwarmGroups {
  let reads: SwarmGroups | undefined;

  async function load(): Promise<SwarmGroups> {
    const { swarmReads } = await import("../seldom.js");
    reads ??= swarmReads(session);
    return reads;
  }

  /** Calls a method of a group, at once where it is there. */
  function call<Args extends unknown[], Answer>(
    method: (groups: SwarmGroups) => (...args: Args) => Promise<Answer>,
  ): (...args: Args) => Promise<Answer> {
    return async (...args) => method(reads ?? (await load()))(...args);
  }

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
