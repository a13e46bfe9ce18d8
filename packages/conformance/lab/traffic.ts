import type { TrafficAsker } from "@dryharbor/sdk/docker";
import { ConflictError, type Engine } from "@dryharbor/sdk/port";
import type { Asker } from "./asker.js";

/** Makes a `TrafficAsker` that connects and pings from outside the engine, as `dnsThrough` asks names. */
export function trafficThrough(asker: Asker, containers: () => Engine["containers"]): TrafficAsker {
  return async (container, probes) => {
    if (container === undefined) return asker.reach(undefined, probes);
    const { Id, State } = await containers().inspect(container);
    if (!State.Running) throw new ConflictError(`container ${Id} is not running`);
    return asker.reach(State.Pid, probes);
  };
}
