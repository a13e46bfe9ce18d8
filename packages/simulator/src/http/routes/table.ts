// Collects the routes of this folder into the table of one release. `handle.ts` makes its router from
// `routesOf`. A new route goes into the file of its subject.

import type { ReleaseName } from "../../core/releases/row.js";
import type { Route } from "../route.js";
import { archiveRoutes } from "./archives.js";
import { buildRoutes } from "./build.js";
import { checkpointRoutes } from "./checkpoints.js";
import { containerRoutes } from "./containers.js";
import { engineRoutes, routeKey } from "./engine.js";
import { eventRoutes } from "./events.js";
import { execRoutes } from "./exec.js";
import { imageRoutes } from "./images.js";
import { networkRoutes } from "./networks.js";
import { pluginRoutes } from "./plugins.js";
import { processRoutes } from "./processes.js";
import { registryRoutes } from "./registry.js";
import { streamRoutes } from "./streams.js";
import { swarmRoutes } from "./swarm.js";
import { systemRoutes } from "./system.js";
import { routeName, unservedRoute } from "./unserved.js";
import { volumeRoutes } from "./volumes.js";

/** Every route that the simulator serves on at least one release. The first that fits a request answers. */
export const servedRoutes: readonly Route[] = [
  ...checkpointRoutes,
  ...containerRoutes,
  ...archiveRoutes,
  ...volumeRoutes,
  ...streamRoutes,
  ...processRoutes,
  ...execRoutes,
  ...registryRoutes,
  ...imageRoutes,
  ...networkRoutes,
  ...systemRoutes,
  ...buildRoutes,
  ...eventRoutes,
  ...swarmRoutes,
  ...pluginRoutes,
];

/**
 * Returns the routes that an engine of this release has. Those that the simulator does not serve answer 501
 * with their name.
 */
export function routesOf(release: ReleaseName): readonly Route[] {
  const engine = engineRoutes[release];
  const served = servedRoutes.filter((route) => engine.has(routeKey(route)));
  const keys = new Set(served.map(routeKey));
  const others = [...engine].filter(([key]) => !keys.has(key));
  return [...served, ...others.map(([, route]) => unservedRoute(route))];
}

/**
 * Lists the routes that a real engine of this release has and the simulator answers with 501.
 *
 * @example unservedRoutes("28.5").includes("POST /session") // true
 */
export function unservedRoutes(release: ReleaseName): readonly string[] {
  const served = new Set(servedRoutes.map(routeKey));
  return [...engineRoutes[release]].filter(([key]) => !served.has(key)).map(([, route]) => routeName(route));
}
