import type { Route } from "../route.js";
import { containerRoutes } from "./containers.js";
import { networkRoutes } from "./networks.js";
import { systemRoutes } from "./system.js";

/** Every route there is. The first that fits answers. */
export const routes: readonly Route[] = [...containerRoutes, ...networkRoutes, ...systemRoutes];
