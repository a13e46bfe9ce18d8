// Which project a command is about: that of the files, or just a name.

import { loadProject, withEnvironmentOfFiles } from "../model/load.js";
import type { Project } from "../model/project.js";
import { withoutUnusedResources, withSelectedServices, withServicesEnabled } from "../model/select.js";
import type { ComposeCall } from "./compose-command.js";

type Caller = Pick<ComposeCall, "options" | "load" | "allResources">;

/** The project of the files: named services and what they need. Files of variables are not read. */
export async function projectOfFiles(call: Caller, services: readonly string[] = []): Promise<Project> {
  const loaded = await loadProject(call.options, call.load);
  const project = withSelectedServices(withServicesEnabled(loaded, services), services);
  return call.allResources ? project : withoutUnusedResources(project);
}

/** The same with the variables of `env_file`, ready to be brought to an engine. */
export const resolvedProject = async (call: Caller, services: readonly string[] = []): Promise<Project> =>
  withEnvironmentOfFiles(await projectOfFiles(call, services), call.load);

/** The project of the files, or a name where one was given without files. */
export async function projectOrName(
  call: Caller,
  services: readonly string[] = [],
): Promise<{ name: string; project?: Project | undefined }> {
  const { files = [], projectName = "" } = call.options;
  if (files.length === 0 && projectName !== "") return { name: projectName };
  try {
    const project = await projectOfFiles(call, services);
    return { name: project.name, project };
  } catch (error) {
    const name = call.load.environment.get("COMPOSE_PROJECT_NAME");
    if (name) return { name };
    throw error;
  }
}

/** The name of the project alone. */
export async function nameOfProject(call: Caller): Promise<string> {
  const given = call.options.projectName || call.load.environment.get("COMPOSE_PROJECT_NAME");
  return given || (await projectOfFiles(call)).name;
}

/** Seconds of `--timeout`, where it was given. */
export const timeoutOf = (call: {
  flags: { timeout: number };
  given: ReadonlySet<string>;
}): number | undefined => (call.given.has("timeout") ? call.flags.timeout : undefined);

/** Whether a variable says yes. */
export const isYes = (value: string | undefined): boolean => /^(1|t|true|y)$/i.test(value ?? "");
