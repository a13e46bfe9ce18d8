// `create` and the first half of `up`: images, networks, volumes, and containers that are as the files say.

import type { ContainerSummary } from "@dryharbor/sdk/port";
import { ComposeError } from "../model/error.js";
import { serviceHash } from "../model/hash.js";
import { type Project, scaleOf } from "../model/project.js";
import { dependentsOf } from "../model/select.js";
import type { ServiceConfig } from "../model/service.js";
import { tell } from "../progress/progress.js";
import { containerName, containerRequest, endpointOf, networksByPriority } from "./container-request.js";
import {
  byName,
  isOneOff,
  isOrphan,
  listContainers,
  nameOf,
  numberOf,
  progressName,
  serviceOf,
} from "./containers.js";
import { type ComposeContext, speaks } from "./context.js";
import { ensureImages, type ImageIds } from "./images.js";
import { composeVersion, label } from "./labels.js";
import { ensureNetworks } from "./networks.js";
import { inDependencyOrder, together } from "./order.js";
import { ensureVolumes } from "./project-volumes.js";
import { stopAndRemove, stopServices } from "./stop.js";

/** When a container that is there is made anew. */
export type Recreate = "diverged" | "force" | "never";

export interface CreateOptions {
  services?: readonly string[];
  removeOrphans?: boolean;
  ignoreOrphans?: boolean;
  recreate?: Recreate;
  recreateDependencies?: Recreate;
  /** Whether a new container gets the anonymous volumes of the one that it replaces. Default: true. */
  inherit?: boolean;
  timeout?: number | undefined;
  quietPull?: boolean;
  assumeYes?: boolean;
}

/** A container that was found or made, as far as others need it. */
type Made = Pick<ContainerSummary, "Id" | "Names" | "Labels" | "State">;

/** Makes everything that a project needs, and starts nothing. */
export async function createProject(
  context: ComposeContext,
  project: Project,
  options: CreateOptions,
): Promise<void> {
  checkContainerNames(project);
  const images = await ensureImages(context, project, options);
  const networks = await ensureNetworks(context, project);
  const volumes = await ensureVolumes(context, project, options.assumeYes ?? false);
  const observed = await listContainers(context, project.name, { oneOff: "include", all: true });
  await handleOrphans(context, project, observed, options);
  const wanted = options.services?.length ? options.services : [...project.services.keys()];
  const convergence = new Convergence(context, project, options, images, networks, volumes, observed);
  await inDependencyOrder(project, (name) =>
    convergence.ensureService(
      name,
      (wanted.includes(name) ? options.recreate : options.recreateDependencies) ?? "diverged",
    ),
  );
}

function checkContainerNames(project: Project): void {
  const taken = new Set<string>();
  for (const [name, { container_name }] of project.services) {
    if (!container_name) continue;
    if (taken.has(container_name)) {
      throw new ComposeError(
        `services.${name}: container name "${container_name}" is already in use by service {}"`,
      );
    }
    taken.add(container_name);
  }
}

async function handleOrphans(
  context: ComposeContext,
  project: Project,
  observed: readonly ContainerSummary[],
  { removeOrphans, ignoreOrphans }: CreateOptions,
): Promise<void> {
  const orphans = observed.filter(isOrphan(project));
  if (orphans.length === 0 || ignoreOrphans) return;
  if (removeOrphans) {
    await together(
      orphans.map((orphan) => () => stopAndRemove(context, orphan, undefined, undefined, false)),
    );
    return;
  }
  context.warn(
    `Found orphan containers ([${orphans.map(nameOf).join(" ")}]) for this project. If you removed or renamed this service in your compose file, you can run this command with the --remove-orphans flag to clean it up.`,
  );
}

/** The labels of all containers of a service, beside those that each has of its own. */
export function serviceLabels(
  { envFiles }: Pick<ComposeContext, "envFiles">,
  project: Project,
  name: string,
  service: ServiceConfig,
  image: string | undefined,
): Record<string, string> {
  return {
    ...Object.fromEntries(service.labels ?? []),
    [label.project]: project.name,
    [label.service]: name,
    [label.version]: composeVersion,
    [label.workingDirectory]: project.workingDirectory,
    [label.configFiles]: project.files.join(","),
    [label.oneOff]: "False",
    ...(envFiles.length > 0 ? { [label.environmentFile]: envFiles.join(",") } : {}),
    ...(image === undefined ? {} : { [label.image]: image }),
  };
}

/** Brings the containers of services to what the files say. */
class Convergence {
  readonly #containers = new Map<string, Made[]>();

  constructor(
    readonly context: ComposeContext,
    readonly project: Project,
    readonly options: CreateOptions,
    readonly images: ImageIds,
    readonly networks: ReadonlyMap<string, string>,
    readonly volumes: ReadonlyMap<string, string>,
    observed: readonly ContainerSummary[],
  ) {
    for (const container of observed) {
      if (isOneOff(container)) continue;
      const service = serviceOf(container);
      this.#containers.set(service, [...(this.#containers.get(service) ?? []), container]);
    }
  }

  async ensureService(name: string, recreate: Recreate): Promise<void> {
    const { context, project } = this;
    const service = resolveReferences(
      project.services.get(name) ?? {},
      (other) => this.#containers.get(other) ?? [],
    );
    const expected = scaleOf(service);
    const observed = (this.#containers.get(name) ?? []) as ContainerSummary[];
    const outdated = new Map(
      observed.map((each) => [each, this.#mustRecreate(name, service, each, recreate)]),
    );
    // Those that are up to date and have low numbers stay.
    const ordered = [...observed].sort(
      (a, b) => Number(outdated.get(a)) - Number(outdated.get(b)) || numberOf(a) - numberOf(b),
    );
    const updated: (Made | undefined)[] = [];
    const acts: (() => Promise<void>)[] = [];
    for (const [at, container] of ordered.entries()) {
      if (at >= expected) {
        acts.push(() => stopAndRemove(context, container, service, this.options.timeout, false));
      } else if (outdated.get(container)) {
        await this.#stopDependents(name);
        acts.push(async () => {
          updated[at] = await this.#recreate(name, service, container);
        });
      } else {
        if (container.State === "running") tell(context.progress, progressName(container), "done", "Running");
        else if (!["created", "restarting", "exited"].includes(container.State)) {
          acts.push(() => this.#restart(container));
        }
        updated[at] = container;
      }
    }
    const next = Math.max(0, ...observed.map(numberOf).filter((number) => !Number.isNaN(number))) + 1;
    for (let at = 0; at < expected - observed.length; at++) {
      acts.push(async () => {
        updated[observed.length + at] = await this.#create(name, service, next + at);
      });
    }
    await together(acts);
    this.#containers.set(
      name,
      updated.filter((each) => each !== undefined),
    );
  }

  #mustRecreate(
    name: string,
    service: ServiceConfig,
    container: ContainerSummary,
    recreate: Recreate,
  ): boolean {
    if (recreate !== "diverged") return recreate === "force";
    const { Labels, State } = container;
    if (Labels[label.configHash] !== serviceHash(service)) return true;
    if ((Labels[label.image] ?? "") !== (this.images.get(name) ?? "")) return true;
    const attached = Object.values(container.NetworkSettings?.Networks ?? {}).map(
      ({ NetworkID }) => NetworkID,
    );
    if (State === "running") {
      for (const network of service.networks?.keys() ?? []) {
        const id = this.networks.get(network);
        if (id !== "swarm" && !attached.includes(id ?? "")) return true;
      }
    }
    const mounted = (container.Mounts as { Type: string; Name?: string }[]).flatMap(({ Type, Name }) =>
      Type === "volume" && Name ? [Name] : [],
    );
    return (service.volumes ?? []).some(
      ({ type, source }) => type === "volume" && source && !mounted.includes(this.volumes.get(source) ?? ""),
    );
  }

  /** Stops those that are to be restarted when a service is. They are started again at the end. */
  async #stopDependents(name: string): Promise<void> {
    const { context, project } = this;
    const dependents = dependentsOf(project, name).filter(
      (other) => project.services.get(other)?.depends_on?.get(name)?.restart,
    );
    if (dependents.length === 0) return;
    await stopServices(context, project.name, { services: dependents, project });
    for (const other of dependents) {
      for (const container of this.#containers.get(other) ?? []) container.State = "exited";
    }
  }

  async #restart(container: ContainerSummary): Promise<void> {
    const { engine, progress } = this.context;
    tell(progress, progressName(container), "working", "Restart");
    await engine.containers.start(container.Id);
    tell(progress, progressName(container), "done", "Restarted");
  }

  async #create(name: string, service: ServiceConfig, number: number): Promise<Made> {
    const own = containerName(this.project, name, service, number);
    return createContainer(this.context, this.project, name, service, number, own, {
      aliases: true,
      labels: serviceLabels(this.context, this.project, name, service, this.images.get(name)),
    });
  }

  async #recreate(name: string, service: ServiceConfig, replaced: ContainerSummary): Promise<Made> {
    const { context, project, options } = this;
    const { engine, progress } = context;
    const id = progressName(replaced);
    tell(progress, id, "working", "Recreate");
    try {
      const number = numberOf(replaced);
      const final = containerName(project, name, service, number);
      const made = await createEngineContainer(
        context,
        project,
        name,
        service,
        number,
        `${replaced.Id.slice(0, 12)}_${final}`,
        {
          aliases: true,
          labels: {
            ...serviceLabels(context, project, name, service, this.images.get(name)),
            [label.replace]: service.container_name || `${name}-${number}`,
          },
          inherit: (options.inherit ?? true) ? replaced : undefined,
        },
      );
      await engine.containers.stop(replaced.Id, options.timeout === undefined ? {} : { t: options.timeout });
      await engine.containers.remove(replaced.Id);
      await engine.containers.rename(made.Id, final);
      tell(progress, id, "done", "Recreated");
      return made;
    } catch (error) {
      tell(progress, id, "error", shownMessage(error));
      throw error;
    }
  }
}

const shownMessage = (error: unknown) =>
  error instanceof Error && "status" in error
    ? `Error response from daemon: ${error.message}`
    : String((error as Error).message);

type NewContainer = Omit<Parameters<typeof containerRequest>[5], "links">;

/** Makes a container, and tells so. */
export async function createContainer(
  context: ComposeContext,
  project: Project,
  name: string,
  service: ServiceConfig,
  number: number,
  own: string,
  options: NewContainer,
): Promise<Made> {
  const id = `Container ${own}`;
  tell(context.progress, id, "working", "Creating");
  try {
    const made = await createEngineContainer(context, project, name, service, number, own, options);
    tell(context.progress, id, "done", "Created");
    return made;
  } catch (error) {
    tell(context.progress, id, "error", shownMessage(error));
    throw error;
  }
}

async function createEngineContainer(
  context: ComposeContext,
  project: Project,
  name: string,
  service: ServiceConfig,
  number: number,
  own: string,
  options: NewContainer,
): Promise<Made> {
  const { engine, progress } = context;
  const links = await linksOf(
    context,
    project,
    name,
    service,
    number,
    options.labels[label.oneOff] === "True",
  );
  const request = await containerRequest(context, project, name, service, number, { ...options, links });
  const platform = service.platform || project.environment.get("DOCKER_DEFAULT_PLATFORM") || "";
  const { Id, Warnings } = await engine.containers.create(request, {
    name: own,
    ...(platform ? { platform } : {}),
  });
  for (const text of Warnings ?? []) progress.step({ id: name, state: "warning", text });
  if (!(await speaks(context, 1, 44))) {
    for (const network of networksByPriority(service)) {
      const engineName = project.networks.get(network)?.name ?? network;
      if (request.HostConfig?.NetworkMode === engineName) continue;
      await engine.networks.connect(engineName, {
        Container: Id,
        EndpointConfig: endpointOf(project, name, service, number, network, {
          aliases: options.aliases,
          links: links.length > 0 ? links : null,
        }),
      });
    }
  }
  return { Id, Names: [`/${own}`], Labels: request.Labels ?? {}, State: "created" };
}

/** Links, as `container:alias`: by the alias, by the short name and by the whole one. */
async function linksOf(
  context: ComposeContext,
  project: Project,
  name: string,
  service: ServiceConfig,
  number: number,
  oneOff: boolean,
): Promise<string[]> {
  const links: string[] = [];
  const containersOf = (other: string) =>
    listContainers(context, project.name, { oneOff: "exclude", all: true, services: [other] });
  for (const link of service.links ?? []) {
    const [other = "", alias = other] = link.split(":");
    for (const container of await containersOf(other)) {
      const target = nameOf(container);
      links.push(
        `${target}:${alias}`,
        `${target}:${other}-${number}`,
        `${target}:${project.name}-${other}-${number}`,
      );
    }
  }
  // Containers of `run` do not look at the label that compose adds, but at one that the user has given.
  if (oneOff && service.labels?.get(label.oneOff) === "True") {
    for (const container of await containersOf(name)) {
      const target = nameOf(container);
      links.push(
        `${target}:${name}`,
        `${target}:${target.replace(`${project.name}-`, "")}`,
        `${target}:${target}`,
      );
    }
  }
  for (const link of service.external_links ?? []) {
    const [target = "", alias = target] = link.split(":");
    links.push(`${target}:${alias}`);
  }
  return links;
}

/** Puts containers in the place of services whose namespaces or volumes are shared. @throws {ComposeError} there is none. */
export function resolveReferences(
  service: ServiceConfig,
  containersOf: (service: string) => readonly Pick<ContainerSummary, "Id" | "Names">[],
): ServiceConfig {
  const first = (name: string, what: string) => {
    const [container] = [...containersOf(name)].sort((a, b) =>
      byName(a as ContainerSummary, b as ContainerSummary),
    );
    if (!container) throw new ComposeError(`cannot share ${what} with service ${name}: container missing`);
    return container.Id;
  };
  const mode = (value: string | undefined, what: string) =>
    value?.startsWith("service:") ? `container:${first(value.slice("service:".length), what)}` : value;
  return {
    ...service,
    ...(service.network_mode ? { network_mode: mode(service.network_mode, "network namespace") } : {}),
    ...(service.ipc ? { ipc: mode(service.ipc, "IPC namespace") } : {}),
    ...(service.pid ? { pid: mode(service.pid, "PID namespace") } : {}),
    ...(service.volumes_from
      ? {
          volumes_from: service.volumes_from.map((source) => {
            const [name = "", container = ""] = source.split(":");
            return name === "container" ? container : first(name, "volume");
          }),
        }
      : {}),
  };
}
