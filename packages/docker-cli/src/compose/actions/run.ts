// `run`: a container of a service for one command.

import { sha256 } from "@dryharbor/kernel";
import { ComposeError } from "../model/error.js";
import type { Project } from "../model/project.js";
import { withoutServices } from "../model/select.js";
import type { PortConfig, ServiceConfig, VolumeMount } from "../model/service.js";
import { quietProgress } from "../progress/progress.js";
import { listContainers, serviceOf } from "./containers.js";
import type { ComposeContext } from "./context.js";
import {
  type CreateOptions,
  createContainer,
  createProject,
  resolveReferences,
  serviceLabels,
} from "./create.js";
import { ensureImages } from "./images.js";
import { injectFiles } from "./injected-files.js";
import { label } from "./labels.js";
import { startProject, waitFor } from "./start.js";

/** What the command line says of the container. */
export interface RunOptions {
  command: readonly string[];
  /** Replaces the image's; empty words mean none. */
  entrypoint?: readonly string[] | undefined;
  tty: boolean;
  interactive: boolean;
  detach: boolean;
  autoRemove: boolean;
  name: string;
  user: string;
  workingDirectory: string;
  environment: ReadonlyMap<string, string>;
  labels: ReadonlyMap<string, string>;
  capAdd: readonly string[];
  capDrop: readonly string[];
  volumes: readonly VolumeMount[];
  ports: readonly PortConfig[];
  servicePorts: boolean;
  aliases: boolean;
  noDeps: boolean;
  create: CreateOptions;
}

/** Makes the container, once what it depends on runs. Returns its id: whoever calls starts it. */
export async function prepareRun(
  context: ComposeContext,
  project: Project,
  name: string,
  options: RunOptions,
): Promise<string> {
  const others = withoutServices(project, [name]);
  await context.progress.run("Creating", () => createProject(context, others, options.create));
  if (others.services.size > 0) await context.progress.run("Running", () => startProject(context, others));

  const given = project.services.get(name);
  if (!given) throw new ComposeError(`no such service: ${name}: not found`);
  const observed = await listContainers(context, project.name, { oneOff: "include", all: true });
  const slug = slugOf(name, observed, context.io.now());
  const service = oneOffService(given, options);
  service.container_name = options.name || `${project.name}-${name}-run-${slug.slice(0, 12)}`;
  const only = { ...project, services: new Map(project.services).set(name, service) };
  const images = await ensureImages(context, only, { ...options.create, tellsBuilds: false });
  // What comes now is told to nobody: the command's own output begins.
  const silent = { ...context, progress: quietProgress };
  if (!options.noDeps) {
    await waitFor(
      silent,
      project,
      name,
      service.depends_on ?? new Map(),
      observed,
      new AbortController().signal,
    );
  }
  const resolved = resolveReferences(service, (other) =>
    observed.filter((each) => serviceOf(each) === other),
  );
  const { Id } = await createContainer(silent, only, name, resolved, -1, service.container_name, {
    aliases: options.aliases,
    autoRemove: options.autoRemove,
    attachInput: options.interactive,
    labels: {
      ...serviceLabels(context, project, name, service, images.get(name)),
      [label.slug]: slug,
      [label.oneOff]: "True",
    },
  });
  await injectFiles(context, project, name, service, Id);
  return Id;
}

/** The service as it is for one command. */
function oneOffService(service: ServiceConfig, options: RunOptions): ServiceConfig {
  const without = (items: readonly string[] | undefined, gone: readonly string[]) =>
    (items ?? []).filter((item) => !gone.includes(item));
  const changed: ServiceConfig = {
    ...service,
    tty: options.tty,
    stdin_open: options.interactive,
    scale: 1,
    restart: undefined,
    ...(service.deploy ? { deploy: { ...service.deploy, restart_policy: undefined } } : {}),
    ports: options.servicePorts ? service.ports : [...options.ports],
    volumes: [...(service.volumes ?? []), ...options.volumes],
  };
  if (options.command.length > 0) changed.command = [...options.command];
  if (options.entrypoint) {
    changed.entrypoint = [...options.entrypoint];
    if (options.command.length === 0) changed.command = [];
  }
  if (options.user) changed.user = options.user;
  if (options.workingDirectory) changed.working_dir = options.workingDirectory;
  if (options.capAdd.length > 0) {
    changed.cap_add = [...(service.cap_add ?? []), ...options.capAdd];
    changed.cap_drop = without(service.cap_drop, options.capAdd);
  }
  if (options.capDrop.length > 0) {
    changed.cap_drop = [...(changed.cap_drop ?? []), ...options.capDrop];
    changed.cap_add = without(changed.cap_add, options.capDrop);
  }
  if (options.environment.size > 0) {
    changed.environment = new Map([...(service.environment ?? []), ...options.environment]);
  }
  if (options.labels.size > 0) changed.labels = new Map([...(service.labels ?? []), ...options.labels]);
  return changed;
}

/** 64 hexadecimal digits that no other run has: the same ones wherever time and containers are the same. */
function slugOf(name: string, containers: readonly { Id: string }[], now: bigint): string {
  const seed = [name, now, ...containers.map(({ Id }) => Id)].join(" ");
  const digest = sha256(new TextEncoder().encode(seed));
  return [...digest].map((byte) => byte.toString(16).padStart(2, "0")).join("");
}
