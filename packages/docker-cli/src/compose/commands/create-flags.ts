// The flags that `up`, `create` and `run` share, and what they mean for a project.

import { list, text, toggle } from "../../command/flags.js";
import type { CreateOptions, Recreate } from "../actions/create.js";
import { ComposeError } from "../model/error.js";
import type { Project } from "../model/project.js";
import type { ServiceConfig } from "../model/service.js";

export const buildFlags = {
  build: toggle(),
  "no-build": toggle(),
  pull: text(undefined, { initial: "policy" }),
  "quiet-pull": toggle(),
};

export const createFlags = {
  ...buildFlags,
  "force-recreate": toggle(),
  "no-recreate": toggle(),
  "remove-orphans": toggle(),
  scale: list(),
  yes: toggle("y"),
};

/** What those flags are set to. */
export interface CreateFlagValues {
  build: boolean;
  "no-build": boolean;
  pull: string;
  "force-recreate"?: boolean;
  "no-recreate"?: boolean;
  scale?: readonly string[];
}

/** @throws {ComposeError} two of them exclude each other. */
export function checkCreateFlags(flags: CreateFlagValues): void {
  if (flags.build && flags["no-build"]) throw new ComposeError("--build and --no-build are incompatible");
  if (flags["force-recreate"] && flags["no-recreate"]) {
    throw new ComposeError("--force-recreate and --no-recreate are incompatible");
  }
}

const policies = ["always", "never", "build", "missing", "if_not_present"];

/** The project as `--pull`, `--build` and `--scale` want it. */
export function applyCreateFlags(
  project: Project,
  flags: CreateFlagValues,
  given: ReadonlySet<string>,
): Project {
  const services = new Map(project.services);
  const change = (name: string, with_: Partial<ServiceConfig>) =>
    services.set(name, { ...services.get(name), ...with_ });
  if (given.has("pull")) {
    if (!policies.includes(flags.pull)) throw new ComposeError(`invalid --pull option "${flags.pull}"`);
    for (const name of services.keys()) change(name, { pull_policy: flags.pull });
  }
  for (const [name, service] of services) {
    if (flags.build && service.build) change(name, { pull_policy: "build" });
    if (flags["no-build"]) change(name, { build: undefined });
  }
  for (const scale of flags.scale ?? []) {
    const parts = scale.split("=");
    if (parts.length !== 2)
      throw new ComposeError(`invalid --scale option "${scale}". Should be SERVICE=NUM`);
    const [name = "", replicas = ""] = parts;
    if (!/^[-+]?[0-9]+$/.test(replicas)) {
      throw new ComposeError(`strconv.Atoi: parsing "${replicas}": invalid syntax`);
    }
    if (!services.has(name)) throw noService(project, name);
    setScale(services, name, Number(replicas));
  }
  return { ...project, services };
}

/** Says how many containers a service is to have. */
export function setScale(services: Map<string, ServiceConfig>, name: string, replicas: number): void {
  const service = services.get(name);
  services.set(name, {
    ...service,
    scale: replicas,
    ...(service?.deploy ? { deploy: { ...service.deploy, replicas } } : {}),
  });
}

export const noService = (project: Project, name: string) =>
  new ComposeError(`no such service: ${name}: ${project.disabled.has(name) ? "disabled" : "not found"}`);

/** When containers are made anew. */
export function recreateOf(
  flags: { "force-recreate"?: boolean; "no-recreate"?: boolean },
  { renew = false, dependencies = false }: { renew?: boolean; dependencies?: boolean } = {},
): Pick<CreateOptions, "recreate" | "recreateDependencies"> {
  const never: Recreate | undefined = flags["no-recreate"] ? "never" : undefined;
  return {
    recreate: never ?? (flags["force-recreate"] || renew ? "force" : "diverged"),
    recreateDependencies: never ?? (dependencies ? "force" : "diverged"),
  };
}
