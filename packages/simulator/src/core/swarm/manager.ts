import { engineError } from "@dryharbor/sdk/port";
import type { Daemon } from "../daemon.js";
import { notAManager } from "./not-a-manager.js";
import type { Swarm } from "./swarm.js";

/** Returns the swarm that this engine is in. @throws 503 if there is none */
export function managedSwarm({ swarm }: Daemon): Swarm {
  if (!swarm) throw engineError(503, notAManager);
  return swarm;
}
