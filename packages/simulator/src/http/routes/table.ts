import type { Route } from "../route.js";
import { containerRoutes } from "./containers.js";
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
import { unservedRoutes } from "./unserved.js";
import { volumeRoutes } from "./volumes.js";

/** Every route there is. The first that fits answers. */
export const routes: readonly Route[] = [
  ...containerRoutes,
  ...volumeRoutes,
  ...streamRoutes,
  ...processRoutes,
  ...execRoutes,
  ...registryRoutes,
  ...imageRoutes,
  ...networkRoutes,
  ...systemRoutes,
  ...eventRoutes,
  ...swarmRoutes,
  ...pluginRoutes,
  ...unservedRoutes,
];
