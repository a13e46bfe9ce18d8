// The containers of a project, as the engine lists them.

import type { ContainerSummary } from "@dryharbor/sdk/port";
import { ComposeError } from "../model/error.js";
import type { Project } from "../model/project.js";
import type { ComposeContext } from "./context.js";
import { label } from "./labels.js";

/** Which containers of `run` are among them. */
export type OneOff = "include" | "exclude" | "only";

interface Which {
  oneOff: OneOff;
  /** Those that do not run, too. */
  all: boolean;
  services?: readonly string[];
}

function labelFilters(project: string, { oneOff, services = [] }: Which): string[] {
  const filters = [`${label.project}=${project}`];
  if (services.length === 1) filters.push(`${label.service}=${services[0]}`);
  filters.push(label.configHash);
  if (oneOff === "only") filters.push(`${label.oneOff}=True`);
  if (oneOff === "exclude") filters.push(`${label.oneOff}=False`);
  return filters;
}

/** Lists containers of a project, the newest first. */
export async function listContainers(
  { engine }: ComposeContext,
  project: string,
  which: Which,
): Promise<ContainerSummary[]> {
  const found = await engine.containers.list({
    all: which.all,
    filters: { label: labelFilters(project, which) },
  });
  const { services = [] } = which;
  return services.length > 1 ? found.filter((container) => services.includes(serviceOf(container))) : found;
}

export const serviceOf = ({ Labels }: ContainerSummary): string => Labels[label.service] ?? "";
export const isOneOff = ({ Labels }: ContainerSummary): boolean => Labels[label.oneOff] === "True";
export const numberOf = ({ Labels }: ContainerSummary): number => Number(Labels[label.containerNumber]);

/** The container's own name, which no link has given it. */
export function nameOf({ Id, Names }: Pick<ContainerSummary, "Id" | "Names">): string {
  if (Names.length === 0) return Id.slice(0, 12);
  return (Names.find((name) => name.lastIndexOf("/") === 0) ?? Names[0] ?? "").replace(/^\//, "");
}

/** The name without that of the project, where the name is the usual one: `web-1`. */
export function shortNameOf(container: ContainerSummary): string {
  const name = nameOf(container);
  const project = container.Labels[label.project] ?? "";
  const usual = `${project}-${serviceOf(container)}-${container.Labels[label.containerNumber] ?? ""}`;
  return name === usual ? name.slice(project.length + 1) : name;
}

/** How progress names a container. */
export const progressName = (container: Pick<ContainerSummary, "Id" | "Names">) =>
  `Container ${nameOf(container)}`;

/** Whether a container is of no service of the project. One of `run` is, once it has ended. */
export const isOrphan =
  (project: Project) =>
  (container: ContainerSummary): boolean => {
    if (isOneOff(container)) return container.State === "exited" || container.State === "dead";
    const service = serviceOf(container);
    return !project.services.has(service) && !project.disabled.has(service);
  };

export const byName = (a: ContainerSummary, b: ContainerSummary) => (nameOf(a) < nameOf(b) ? -1 : 1);

/**
 * The container of a service that a command is about: the first one, or that with a number.
 * @throws {ComposeError} it does not run.
 */
export async function findContainer(
  context: ComposeContext,
  project: string,
  service: string,
  index: number,
  which: Pick<Which, "oneOff" | "all">,
): Promise<ContainerSummary> {
  const found = await listContainers(context, project, { ...which, services: [service] });
  const fitting = index > 0 ? found.filter((container) => numberOf(container) === index) : found;
  const [first] = fitting.sort((a, b) => {
    if (isOneOff(a) !== isOneOff(b)) return isOneOff(a) ? 1 : -1;
    return isOneOff(a) ? 0 : numberOf(a) - numberOf(b);
  });
  if (first) return first;
  throw new ComposeError(
    index > 0
      ? `service "${service}" is not running container #${index}`
      : `service "${service}" is not running`,
  );
}
