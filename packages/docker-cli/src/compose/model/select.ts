// The part of a project that a command is about: active profiles, named services and what these need.

import { ComposeError } from "./error.js";
import { type Project, sortedMap } from "./project.js";
import type { ServiceConfig } from "./service.js";

const hasProfile = (service: ServiceConfig, profiles: readonly string[]) =>
  !service.profiles?.length ||
  profiles.includes("*") ||
  service.profiles.some((profile) => profiles.includes(profile));

/** Leaves the services whose profile is active, and those without one. */
export function withProfiles(project: Project, profiles: readonly string[]): Project {
  const all = sortedMap(new Map([...project.services, ...project.disabled]));
  const services = new Map([...all].filter(([, service]) => hasProfile(service, profiles)));
  const disabled = new Map([...all].filter(([name]) => !services.has(name)));
  return { ...project, profiles, services, disabled };
}

/** Who is named on the command line is active, whatever its profiles. */
export function withServicesEnabled(project: Project, names: readonly string[]): Project {
  if (names.length === 0) return project;
  const more = names.flatMap((name) =>
    project.services.has(name) ? [] : (project.disabled.get(name)?.profiles ?? []),
  );
  return withProfiles(project, [...project.profiles, ...more]);
}

/** Whom a choice of services brings along. */
export type Along = "dependencies" | "dependents" | "nobody";

/**
 * Leaves the named services, and those that they bring along.
 * @throws {ComposeError} there is no such service.
 */
export function withSelectedServices(
  project: Project,
  names: readonly string[],
  along: Along = "dependencies",
): Project {
  if (names.length === 0) return project;
  const chosen = selection(project, names, along);
  const services = new Map<string, ServiceConfig>();
  const disabled = new Map(project.disabled);
  for (const [name, service] of project.services) {
    if (!chosen.has(name)) {
      disabled.set(name, service);
      continue;
    }
    const depends = new Map([...(service.depends_on ?? [])].filter(([other]) => chosen.has(other)));
    services.set(name, { ...service, ...(service.depends_on ? { depends_on: depends } : {}) });
  }
  return { ...project, services, disabled };
}

/** The named services and who comes along, in the order in which they are found. */
export function selection(project: Project, names: readonly string[], along: Along): Set<string> {
  const found = new Set<string>();
  const visit = (name: string, required: boolean) => {
    const service = project.services.get(name);
    if (!service) {
      if (required) throw new ComposeError(`no such service: ${name}`);
      return;
    }
    if (found.has(name)) return;
    found.add(name);
    if (along === "dependencies") {
      for (const [other, dependency] of service.depends_on ?? []) visit(other, dependency.required ?? false);
    } else if (along === "dependents") {
      for (const other of dependentsOf(project, name)) visit(other, true);
    }
  };
  for (const name of names) visit(name, true);
  return found;
}

/** Who depends on a service. */
export const dependentsOf = (project: Project, name: string): string[] =>
  [...project.services].flatMap(([other, service]) => (service.depends_on?.has(name) ? [other] : []));

/** Leaves some services out, and no longer waits for them. */
export function withoutServices(project: Project, names: readonly string[]): Project {
  const services = new Map<string, ServiceConfig>();
  const disabled = new Map(project.disabled);
  for (const [name, service] of project.services) {
    if (names.includes(name)) disabled.set(name, service);
    else {
      const depends = new Map([...(service.depends_on ?? [])].filter(([other]) => !names.includes(other)));
      services.set(name, { ...service, ...(service.depends_on ? { depends_on: depends } : {}) });
    }
  }
  return { ...project, services, disabled };
}

/** Leaves the networks, volumes and files that a service uses. */
export function withoutUnusedResources(project: Project): Project {
  const services = [...project.services.values()];
  const pick = <Value>(all: Map<string, Value>, used: (service: ServiceConfig) => Iterable<string>) => {
    const names = new Set(services.flatMap((service) => [...used(service)]));
    return new Map([...all].filter(([name]) => names.has(name)));
  };
  return {
    ...project,
    networks: pick(project.networks, (service) => service.networks?.keys() ?? []),
    volumes: pick(project.volumes, (service) =>
      (service.volumes ?? []).flatMap(({ type, source }) => (type === "volume" && source ? [source] : [])),
    ),
    secrets: pick(project.secrets, (service) =>
      [...(service.secrets ?? []), ...(service.build?.secrets ?? [])].map(({ source = "" }) => source),
    ),
    configs: pick(project.configs, (service) => (service.configs ?? []).map(({ source = "" }) => source)),
  };
}
