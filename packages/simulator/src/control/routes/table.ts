import type { ControlRoute } from "../route.js";
import { callRoutes } from "./calls.js";
import { faultRoutes } from "./faults.js";
import { forkRoutes } from "./forks.js";
import { healthRoutes } from "./health.js";
import { openApiRoute } from "./open-api.js";
import { pictureRoutes } from "./pictures.js";
import { snapshotRoutes } from "./snapshots.js";
import { timeRoutes } from "./time.js";

const routes: readonly ControlRoute[] = [
  ...healthRoutes,
  ...snapshotRoutes,
  ...forkRoutes,
  ...faultRoutes,
  ...timeRoutes,
  ...callRoutes,
  ...pictureRoutes,
];

/** All routes of the control API. */
export const controlRoutes: readonly ControlRoute[] = [...routes, openApiRoute(() => controlRoutes)];
