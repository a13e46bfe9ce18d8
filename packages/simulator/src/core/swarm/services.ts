import type { Daemon } from "../daemon.js";
import { acceptFilters, type FilterValues } from "../filters/match.js";
import { managedSwarm } from "./manager.js";

/** `GET /services`: a simulated swarm has none. @throws 400, 503 */
export function listServices(daemon: Daemon, filters: FilterValues): never[] {
  managedSwarm(daemon);
  acceptFilters(daemon.release, filters, ["name", "id", "label", "mode", "runtime"]);
  return [];
}
