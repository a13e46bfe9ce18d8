// `down`: stops and removes containers, and then networks, images and volumes.

import { NotFoundError } from "@dryharbor/sdk/port";
import { ComposeError } from "../model/error.js";
import { imageOf, type Project } from "../model/project.js";
import { isOrphan, listContainers, serviceOf } from "./containers.js";
import type { ComposeContext } from "./context.js";
import { removeImage } from "./images.js";
import { label } from "./labels.js";
import { removeNetwork } from "./networks.js";
import { projectOnEngine } from "./on-engine.js";
import { inReverseOrder, together } from "./order.js";
import { removeVolume } from "./project-volumes.js";
import { stopAndRemove } from "./stop.js";

export interface DownOptions {
  project?: Project | undefined;
  services?: readonly string[];
  removeOrphans?: boolean;
  timeout?: number | undefined;
  volumes?: boolean;
  images?: "" | "local" | "all";
}

/** Takes a project away. */
export async function takeDown(
  context: ComposeContext,
  projectName: string,
  options: DownOptions,
): Promise<void> {
  const containers = await listContainers(context, projectName, {
    oneOff: options.removeOrphans ? "include" : "exclude",
    all: true,
  });
  const project = options.project ?? (await projectOnEngine(context, containers, projectName));
  const services = (options.services ?? []).filter((name) => {
    if (project.services.has(name)) return true;
    if (options.project) throw new ComposeError(`no such service: ${name}: not found`);
    return false;
  });
  if (options.services?.length && services.length === 0) return;
  const { timeout, volumes = false } = options;
  await inReverseOrder(
    project,
    (name) =>
      together(
        containers
          .filter((container) => serviceOf(container) === name)
          .map(
            (container) => () =>
              stopAndRemove(context, container, project.services.get(name), timeout, volumes),
          ),
      ),
    services,
  );
  if (options.removeOrphans) {
    const orphans = containers.filter(isOrphan(project));
    await together(orphans.map((orphan) => () => stopAndRemove(context, orphan, undefined, timeout, false)));
  }
  const acts: (() => Promise<void>)[] = [];
  for (const [key, network] of project.networks) {
    if (!network.external) acts.push(() => removeNetwork(context, project.name, key, network.name ?? ""));
  }
  if (options.images) {
    const images = await imagesToRemove(context, project, options);
    acts.push(...images.map((image) => () => removeImage(context, image)));
  }
  if (volumes) {
    for (const volume of project.volumes.values()) {
      if (!volume.external) acts.push(() => removeVolume(context, volume.name ?? ""));
    }
  }
  if (containers.length === 0 && acts.length === 0) {
    context.warn(`Warning: No resource found to remove for project "${projectName}".`);
  }
  await together(acts);
}

async function imagesToRemove(
  { engine }: ComposeContext,
  project: Project,
  { images, removeOrphans }: DownOptions,
): Promise<string[]> {
  const names: string[] = [];
  const existing = async (image: string) => {
    try {
      await engine.images.inspect(image);
      names.push(image);
    } catch (error) {
      if (!(error instanceof NotFoundError)) names.push(image);
    }
  };
  if (images === "all") for (const { image } of project.services.values()) if (image) await existing(image);
  const own = await engine.images.list({
    filters: { label: [`${label.project}=${project.name}`], dangling: ["false"] },
  });
  for (const { RepoTags, Labels } of own) {
    const [name] = RepoTags ?? [];
    if (name && (removeOrphans || project.services.has(Labels?.[label.service] ?? ""))) names.push(name);
  }
  for (const [name, service] of project.services)
    if (!service.image) await existing(imageOf(project, name, service));
  return [...new Set(names.map(familiar))].sort();
}

/** A reference in its short form, with a tag. */
function familiar(image: string): string {
  const short = image.replace(/^(docker\.io|index\.docker\.io)\//, "").replace(/^library\//, "");
  return /@|:[^/]+$/.test(short) ? short : `${short}:latest`;
}
