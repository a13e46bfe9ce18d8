import type { Engine } from "@dryharbor/sdk/port";
import { simulatedContainers } from "./containers.js";
import { simulatedDns } from "./dns.js";
import { simulatedEvents } from "./events.js";
import { simulatedExec } from "./exec.js";
import { simulatedImages } from "./images.js";
import { simulatedNetworks } from "./networks.js";
import type { Session } from "./session.js";
import { simulatedSwarm } from "./swarm.js";
import { simulatedSystem } from "./system.js";
import { simulatedTraffic } from "./traffic.js";
import { simulatedVolumes } from "./volumes.js";

/**
 * The port on a simulated engine. A call does what it does to the state before it returns its
 * promise, so calls happen in the order in which they are made.
 */
export function simulatedEngine(session: Session): Engine {
  const close = async (): Promise<void> => session.close();
  return {
    system: simulatedSystem(session),
    networks: simulatedNetworks(session),
    containers: simulatedContainers(session),
    exec: simulatedExec(session),
    images: simulatedImages(session),
    volumes: simulatedVolumes(session),
    ...simulatedSwarm(session),
    dns: simulatedDns(session),
    traffic: simulatedTraffic(session),
    events: (options) => simulatedEvents(session, options),
    close,
    [Symbol.asyncDispose]: close,
  };
}
