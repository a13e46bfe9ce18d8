// What the parts of a project must be to each other.

import { ComposeError } from "./error.js";
import { type Project, scaleOf } from "./project.js";
import type { ServiceConfig } from "./service.js";

const invalid = (message: string) => new ComposeError(`${message}: invalid compose project`);

/** @throws {ComposeError} the first thing that does not fit, in compose's words. */
export function checkConsistency(project: Project): void {
  for (const [name, service] of project.services) checkService(project, name, service);
  for (const [name, secret] of project.secrets) {
    if (!secret.external && !secret.file && !secret.environment) {
      throw invalid(`secret "${name}" must declare either \`file\` or \`environment\``);
    }
  }
  checkCycle(project);
}

function checkService(project: Project, name: string, service: ServiceConfig): void {
  if (!service.build && !service.image) {
    throw invalid(`service "${name}" has neither an image nor a build context specified`);
  }
  if (service.build?.dockerfile_inline && service.build.dockerfile) {
    throw invalid(`service "${name}" declares mutualy exclusive dockerfile and dockerfile_inline`);
  }
  if (service.network_mode && (service.networks?.size ?? 0) > 0) {
    throw invalid(`service ${name} declares mutually exclusive \`network_mode\` and \`networks\``);
  }
  for (const network of service.networks?.keys() ?? []) {
    if (!project.networks.has(network)) {
      throw invalid(`service "${name}" refers to undefined network ${network}`);
    }
  }
  const test = service.healthcheck?.test?.[0];
  if (test !== undefined && !["CMD", "CMD-SHELL", "NONE"].includes(test)) {
    throw new ComposeError('healthcheck.test must start either by "CMD", "CMD-SHELL" or "NONE"');
  }
  for (const [other, { required }] of service.depends_on ?? []) {
    if (project.services.has(other) || (project.disabled.has(other) && !required)) continue;
    throw invalid(`service "${name}" depends on undefined service "${other}"`);
  }
  if (service.network_mode?.startsWith("service:")) {
    const other = service.network_mode.slice("service:".length);
    if (!project.services.has(other)) {
      throw new ComposeError(`service "${other}" not found for network_mode 'service:${other}'`);
    }
  }
  for (const { type, source } of service.volumes ?? []) {
    if (type === "volume" && source && !project.volumes.has(source)) {
      throw invalid(`service "${name}" refers to undefined volume ${source}`);
    }
  }
  for (const { source = "" } of service.configs ?? []) {
    if (!project.configs.has(source)) {
      throw invalid(`service "${name}" refers to undefined config ${source}`);
    }
  }
  for (const { source = "" } of service.secrets ?? []) {
    if (!project.secrets.has(source)) {
      throw invalid(`service "${name}" refers to undefined secret ${source}`);
    }
  }
  checkAmounts(name, service);
  checkMounts(name, service);
}

function checkAmounts(name: string, service: ServiceConfig): void {
  const { deploy, scale } = service;
  if (scale !== undefined && deploy) {
    if (deploy.replicas !== undefined && deploy.replicas !== scale) {
      throw invalid(`services.${name}: can't set distinct values on 'scale' and 'deploy.replicas'`);
    }
    deploy.replicas = scale;
  }
  if ((scale ?? 0) < 0) throw new ComposeError(`services.${name}.scale: must be greater than or equal to 0`);
  if ((deploy?.replicas ?? 0) < 0) {
    throw new ComposeError(`services.${name}.deploy.replicas: must be greater than or equal to 0`);
  }
  const limits = deploy?.resources?.limits;
  const reservations = deploy?.resources?.reservations;
  const twice = [
    ["cpus", service.cpus, limits && (limits.cpus ?? 0), "limits.cpus"],
    ["mem_limit", service.mem_limit, limits && (limits.memory ?? 0), "limits.memory"],
    [
      "mem_reservation",
      service.mem_reservation,
      reservations && (reservations.memory ?? 0),
      "reservations.memory",
    ],
    ["pids_limit", service.pids_limit, limits && (limits.pids ?? 0), "limits.pids"],
  ] as const;
  for (const [field, value, other, place] of twice) {
    if (value && other !== undefined && value !== other) {
      throw invalid(
        `services.${name}: can't set distinct values on '${field}' and 'deploy.resources.${place}'`,
      );
    }
  }
  if (scaleOf(service) > 1 && service.container_name) {
    const field = scale === undefined ? "deploy.replicas" : "scale";
    throw invalid(`services.${field}: can't set container_name and ${name} as container name must be unique`);
  }
}

function checkMounts(name: string, service: ServiceConfig): void {
  const taken = new Map<string, string>();
  const take = (target: string, place: string) => {
    const other = taken.get(target);
    if (other) throw new ComposeError(`${place}: target ${target} already mounted as ${other}`);
    taken.set(target, place);
  };
  for (const [at, tmpfs] of (service.tmpfs ?? []).entries()) {
    take(tmpfs.split(":")[0] ?? "", `services.${name}.tmpfs[${at}]`);
  }
  for (const [at, { target = "" }] of (service.volumes ?? []).entries()) {
    take(target, `services.${name}.volumes[${at}]`);
  }
}

/** Whom a service waits for, in the order of their names. */
export const dependenciesOf = (service: ServiceConfig | undefined): string[] =>
  [...(service?.depends_on?.keys() ?? [])].sort();

function checkCycle(project: Project): void {
  const search = (path: readonly string[], name: string): void => {
    for (const next of dependenciesOf(project.services.get(name))) {
      const at = path.indexOf(next);
      if (at >= 0) {
        throw new ComposeError(`dependency cycle detected: ${path.slice(at).join(" -> ")} -> ${next}`);
      }
      search([...path, next], next);
    }
  };
  for (const name of project.services.keys()) search([name], name);
}
