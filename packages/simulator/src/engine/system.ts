import type { System } from "@dryharbor/sdk/port";
import { onDemand } from "./on-demand.js";
import type { Session } from "./session.js";

/** Makes the calls that tell of the engine as a whole. They are loaded with the first of them. */
export function simulatedSystem(session: Session): System {
  const call = onDemand(session, ({ systemCalls }) => systemCalls(session));
  return {
    ping: call(({ ping }) => ping),
    version: call(({ version }) => version),
    info: call(({ info }) => info),
    df: call(({ df }) => df),
    auth: call(({ auth }) => auth),
  };
}
