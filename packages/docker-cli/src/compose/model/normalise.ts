// What a model says without saying so: the network `default`, names of resources, dependencies through links.

import { goText, isMap, type Tree, type TreeMap } from "./tree.js";
import { cleanPath } from "./volumes.js";

const mapAt = (model: TreeMap, key: string): TreeMap => {
  const found = model.get(key);
  return isMap(found) ? found : new Map();
};

/** Completes a model. */
export function normalise(model: TreeMap, projectName: string): void {
  const services = mapAt(model, "services");
  addNetworks(model, services);
  for (const service of services.values()) if (isMap(service)) normaliseService(service);
  for (const section of ["networks", "volumes", "configs", "secrets"]) {
    const resources = mapAt(model, section);
    for (const [key, value] of resources) {
      const resource: TreeMap = isMap(value) ? value : new Map();
      if (!resource.has("name")) {
        resource.set("name", resource.get("external") === true ? key : `${projectName}_${key}`);
      }
      resources.set(key, resource);
    }
  }
}

function addNetworks(model: TreeMap, services: TreeMap): void {
  const networks = mapAt(model, "networks");
  for (const service of services.values()) {
    if (!isMap(service) || service.has("network_mode")) continue;
    const own = service.get("networks");
    if (!isMap(own) || own.size === 0) service.set("networks", new Map([["default", null]]));
    if (mapAt(service, "networks").has("default") && !networks.has("default")) networks.set("default", null);
  }
  if (networks.size > 0) model.set("networks", networks);
}

function normaliseService(service: TreeMap): void {
  if (service.get("pull_policy") === "if_not_present") service.set("pull_policy", "missing");
  const build = service.get("build");
  if (isMap(build)) {
    if (!build.has("context")) build.set("context", ".");
    if (!build.has("dockerfile") && !build.has("dockerfile_inline")) build.set("dockerfile", "Dockerfile");
  }
  const volumes = service.get("volumes");
  for (const volume of Array.isArray(volumes) ? volumes.filter(isMap) : []) {
    volume.set("target", cleanPath(goText(volume.get("target") ?? "")));
  }
  const dependencies = mapAt(service, "depends_on");
  const depend = (on: string, restart: boolean) => {
    if (dependencies.has(on)) return;
    const dependency: TreeMap = new Map<string, Tree>([
      ["condition", "service_started"],
      ["restart", restart],
      ["required", true],
    ]);
    dependencies.set(on, dependency);
  };
  const texts = (key: string) => {
    const items = service.get(key);
    return Array.isArray(items) ? items.map(goText) : [];
  };
  for (const link of texts("links")) {
    const parts = link.split(":");
    depend(parts.length === 2 ? (parts[0] ?? "") : link, true);
  }
  for (const namespace of ["network_mode", "ipc", "pid", "uts", "cgroup"]) {
    const mode = service.get(namespace);
    if (typeof mode === "string" && mode.startsWith("service:")) depend(mode.slice("service:".length), true);
  }
  for (const source of texts("volumes_from")) {
    if (!source.startsWith("container:")) depend(source.split(":")[0] ?? "", false);
  }
  if (dependencies.size > 0) service.set("depends_on", dependencies);
}
