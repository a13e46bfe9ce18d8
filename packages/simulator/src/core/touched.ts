import type { Container } from "./containers/container.js";
import type { Network } from "./networks/network.js";

/**
 * What operations have had in their hands since somebody looked. Nothing else can have changed: operations find what
 * they change by what a request says, or tell of it in an event. So whoever stores the state needs to look at these
 * alone, and what an answer shows of them has been looked at before it leaves.
 */
export interface Touched {
  readonly containers: Set<Container>;
  readonly networks: Set<Network>;
  /** By name. */
  readonly volumes: Set<string>;
}

export function nothingTouched(): Touched {
  return { containers: new Set(), networks: new Set(), volumes: new Set() };
}
