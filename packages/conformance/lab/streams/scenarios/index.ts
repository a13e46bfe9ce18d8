import type { Scenario } from "../scenario.js";
import { attachScenarios } from "./attach.js";
import { eventScenarios } from "./events.js";
import { execScenarios } from "./exec.js";
import { lifeScenarios } from "./life.js";
import { logScenarios } from "./logs.js";
import { processScenarios } from "./processes.js";
import { waitScenarios } from "./wait.js";
import { webSocketScenarios } from "./websocket.js";

/** The scenarios by which the simulator and real engines are compared. */
export const scenarios: readonly Scenario[] = [
  ...attachScenarios,
  ...execScenarios,
  ...logScenarios,
  ...waitScenarios,
  ...webSocketScenarios,
  ...eventScenarios,
  ...processScenarios,
  ...lifeScenarios,
];
