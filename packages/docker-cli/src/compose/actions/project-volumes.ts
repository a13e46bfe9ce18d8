// The volumes of a project: found, made, made anew where they have changed, and removed.

import { ConflictError, NotFoundError } from "@dryharbor/sdk/port";
import { ComposeError } from "../model/error.js";
import { volumeHash } from "../model/hash.js";
import type { Project, VolumeConfig } from "../model/project.js";
import { tell } from "../progress/progress.js";
import { listContainers } from "./containers.js";
import type { ComposeContext } from "./context.js";
import { composeVersion, label } from "./labels.js";
import { askUser } from "./prompt.js";
import { removeAll } from "./remove.js";
import { stopServices } from "./stop.js";

/** Makes sure that all volumes are there. Returns their names by their keys in the file. */
export async function ensureVolumes(
  context: ComposeContext,
  project: Project,
  assumeYes: boolean,
): Promise<Map<string, string>> {
  const names = new Map<string, string>();
  for (const [key, volume] of project.volumes) {
    await ensure(context, project, key, volume, assumeYes);
    names.set(key, volume.name ?? "");
  }
  return names;
}

async function ensure(
  context: ComposeContext,
  project: Project,
  key: string,
  volume: VolumeConfig,
  assumeYes: boolean,
): Promise<void> {
  const { engine, warn } = context;
  const name = volume.name ?? "";
  let labels: Record<string, string>;
  try {
    labels = (await engine.volumes.inspect(name)).Labels ?? {};
  } catch (error) {
    if (!(error instanceof NotFoundError)) throw error;
    if (volume.external) throw new ComposeError(`external volume "${name}" not found`);
    return create(context, project, key, volume);
  }
  if (volume.external) return;
  const owner = labels[label.project];
  if (owner === undefined) {
    warn(
      `volume "${name}" already exists but was not created by Docker Compose. Use \`external: true\` to use an existing volume`,
    );
  } else if (owner !== project.name) {
    warn(
      `volume "${name}" already exists but was created for project "${owner}" (expected "${project.name}"). Use \`external: true\` to use an existing volume`,
    );
  }
  const hash = labels[label.configHash];
  if (hash === undefined || hash === volumeHash(volume)) return;
  const question = `Volume "${name}" exists but doesn't match configuration in compose file. Recreate (data will be lost)?`;
  if (!assumeYes && !(await askUser(context, question))) return;
  const services = [...project.services].flatMap(([service, { volumes }]) =>
    volumes?.some(({ source }) => source === key) ? [service] : [],
  );
  await stopServices(context, project.name, { services, project });
  const containers = await listContainers(context, project.name, { oneOff: "exclude", all: true, services });
  await removeAll(context, containers, {});
  await engine.volumes.remove(name, { force: true });
  await create(context, project, key, volume);
}

async function create(
  { engine, progress }: ComposeContext,
  project: Project,
  key: string,
  volume: VolumeConfig,
): Promise<void> {
  const id = `Volume ${volume.name}`;
  tell(progress, id, "working", "Creating");
  try {
    await engine.volumes.create({
      Name: volume.name ?? "",
      Driver: volume.driver ?? "",
      DriverOpts: volume.driver_opts ? Object.fromEntries(volume.driver_opts) : null,
      Labels: {
        ...Object.fromEntries(volume.labels ?? []),
        [label.volume]: key,
        [label.project]: project.name,
        [label.version]: composeVersion,
        [label.configHash]: volumeHash(volume),
      },
    });
  } catch (error) {
    tell(progress, id, "error", "Error");
    throw error;
  }
  tell(progress, id, "done", "Created");
}

/** Removes a volume, unless it is still in use. */
export async function removeVolume({ engine, progress }: ComposeContext, name: string): Promise<void> {
  const id = `Volume ${name}`;
  try {
    await engine.volumes.inspect(name);
  } catch (error) {
    if (error instanceof NotFoundError) return;
  }
  tell(progress, id, "working", "Removing");
  try {
    await engine.volumes.remove(name, { force: true });
    tell(progress, id, "done", "Removed");
  } catch (error) {
    if (error instanceof ConflictError) tell(progress, id, "warning", "Resource is still in use");
    else if (error instanceof NotFoundError)
      tell(progress, id, "done", "Warning: No resource found to remove");
    else throw error;
  }
}
