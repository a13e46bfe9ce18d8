import { engineError } from "@dryharbor/sdk/port";
import type { Daemon } from "../daemon.js";
import { acceptFilters, type FilterValues } from "../filters/match.js";
import { checkComponentName, invalid } from "./invalid.js";
import { managedSwarm } from "./manager.js";

/** Answers `GET /services`. A simulated swarm has none. @throws 400, 503 */
export function listServices(daemon: Daemon, filters: FilterValues): never[] {
  managedSwarm(daemon);
  acceptFilters(daemon.release, filters, ["name", "id", "label", "mode", "runtime"]);
  return [];
}

/** Answers `GET /services/{id}` and other calls that name a service. There are none. @throws 404, 503 */
export function inspectService(daemon: Daemon, ref: string): never {
  managedSwarm(daemon);
  throw engineError(404, `service ${ref} not found`);
}

/** The parts of a service that are checked first. */
export interface ServiceSpec {
  readonly Name?: string;
  readonly TaskTemplate?: {
    readonly Runtime?: string;
    readonly ContainerSpec?: { readonly Image?: string } | null;
    readonly PluginSpec?: object | null;
  };
  readonly Mode?: Readonly<Record<string, object | null>>;
}

/**
 * Checks a service's specification, as all three releases do before they look for the service. @throws 400,
 * 500
 */
export function readServiceSpec({ TaskTemplate = {}, Mode = {} }: ServiceSpec): void {
  const { Runtime = "", ContainerSpec, PluginSpec } = TaskTemplate;
  if (!["", "container", "plugin"].includes(Runtime)) throw engineError(400, "unsupported runtime");
  if (!(Runtime === "plugin" ? PluginSpec : ContainerSpec)) {
    throw engineError(400, "mismatched Runtime and *Spec fields");
  }
  if (Object.values(Mode).filter(Boolean).length > 1) {
    throw engineError(400, "must specify only one service mode");
  }
}

/** Checks a new service for what all three releases refuse. @throws 400, 500, 503 */
export function checkNewService(daemon: Daemon, spec: ServiceSpec): void {
  managedSwarm(daemon);
  readServiceSpec(spec);
  const { Name = "", TaskTemplate: { Runtime, ContainerSpec } = {} } = spec;
  if (Runtime === "plugin") {
    throw engineError(500, 'runtime type "plugin" only supported in experimental');
  }
  if (Name !== "") checkComponentName(Name);
  if (!ContainerSpec?.Image) throw invalid("ContainerSpec: image reference must be provided");
}
