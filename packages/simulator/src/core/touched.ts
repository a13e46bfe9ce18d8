import type { Container } from "./containers/container.js";
import type { Exec } from "./exec/exec.js";
import type { Network } from "./networks/network.js";

/**
 * What operations have touched since the state was stored last. Nothing else can have changed, because an
 * operation finds what it changes by what the request says, or emits an event about it. So
 * `snapshot/follow.ts`, which tells what to store, looks at these alone. It does so before an answer that
 * shows them leaves the engine.
 */
export interface Touched {
  readonly containers: Set<Container>;
  readonly networks: Set<Network>;
  /** The names of volumes. */
  readonly volumes: Set<string>;
  /** Those that were made. Later ones are found by their containers, which forget them when they end. */
  readonly execs: Set<Exec>;
}

/** Creates the record of a moment at which nothing has been touched. */
export function nothingTouched(): Touched {
  return { containers: new Set(), networks: new Set(), volumes: new Set(), execs: new Set() };
}
