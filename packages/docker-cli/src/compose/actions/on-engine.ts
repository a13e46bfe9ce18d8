// A project as its containers, networks and volumes tell it, where there is no file.

import type { ContainerSummary } from "@dryharbor/sdk/port";
import { ComposeError } from "../model/error.js";
import { type Project, sortedMap } from "../model/project.js";
import { withSelectedServices } from "../model/select.js";
import type { ServiceConfig } from "../model/service.js";
import { isOneOff, nameOf } from "./containers.js";
import type { ComposeContext } from "./context.js";
import { label } from "./labels.js";

const emptyProject = (name: string): Project => ({
  name,
  workingDirectory: "",
  files: [],
  environment: new Map(),
  profiles: [],
  services: new Map(),
  disabled: new Map(),
  networks: new Map(),
  volumes: new Map(),
  secrets: new Map(),
  configs: new Map(),
  extensions: new Map(),
});

/** The condition that a dependency has where its label does not say one. */
export const runningOrHealthy = "running_or_healthy";

/**
 * The services that containers are of, and what these wait for.
 * @throws {ComposeError} there is no container, or none of a service.
 */
export function projectOfContainers(
  containers: readonly ContainerSummary[],
  name: string,
  services: readonly string[] = [],
): Project {
  if (containers.length === 0) throw new ComposeError(`no container found for project "${name}": not found`);
  const found = servicesOfContainers(containers);
  for (const service of services) {
    if (!found.has(service)) throw new ComposeError(`no such service: "${service}": not found`);
  }
  return withSelectedServices({ ...emptyProject(name), services: found }, services);
}

function servicesOfContainers(containers: readonly ContainerSummary[]): Map<string, ServiceConfig> {
  const services = new Map<string, ServiceConfig>();
  for (const container of containers) {
    const name = container.Labels[label.service] ?? nameOf(container);
    const known = services.get(name);
    if (known) {
      known.scale = (known.scale ?? 0) + 1;
      continue;
    }
    const depends = container.Labels[label.dependsOn];
    services.set(name, {
      image: container.Image,
      scale: 1,
      ...(depends
        ? {
            depends_on: new Map(
              depends.split(",").map((text) => {
                const [other = "", condition = runningOrHealthy, restart = "true"] = text.split(":");
                return [other, { condition, restart: restart === "true", required: true }];
              }),
            ),
          }
        : {}),
    });
  }
  return sortedMap(services);
}

/** Everything of a project that is on the engine. No dependency has to be there. */
export async function projectOnEngine(
  { engine }: ComposeContext,
  containers: readonly ContainerSummary[],
  name: string,
): Promise<Project> {
  const services = servicesOfContainers(containers.filter((container) => !isOneOff(container)));
  for (const service of services.values()) {
    for (const dependency of service.depends_on?.values() ?? []) dependency.required = false;
  }
  const filters = { label: [`${label.project}=${name}`] };
  const { Volumes } = await engine.volumes.list({ filters });
  const networks = await engine.networks.list({ filters });
  return {
    ...emptyProject(name),
    services,
    volumes: new Map(Volumes.map(({ Name, Labels }) => [Labels?.[label.volume] ?? "", { name: Name }])),
    networks: new Map(networks.map(({ Name, Labels }) => [Labels?.[label.network] ?? "", { name: Name }])),
  };
}
