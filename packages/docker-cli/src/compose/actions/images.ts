// The images of a project: which are there, and pulling those that are not.

import { ConflictError, NotFoundError, type PullProgress } from "@dryharbor/sdk/port";
import { ComposeError } from "../model/error.js";
import { imageOf, type Project } from "../model/project.js";
import type { ServiceConfig } from "../model/service.js";
import { parseDuration } from "../model/units.js";
import { quietProgress, type StepState, tell } from "../progress/progress.js";
import { buildImages } from "./build.js";
import type { ComposeContext } from "./context.js";
import { together } from "./order.js";

/** An image that is there: its id, and when it got its name, in milliseconds since 1970. */
interface LocalImage {
  id: string;
  named: number;
}

/** The ids of the images of a project, by service. */
export type ImageIds = ReadonlyMap<string, string>;

/** How images are made sure of. */
export interface ImageOptions {
  quietPull?: boolean;
  /** Whether the steps of builds are told. Default: true. */
  tellsBuilds?: boolean;
}

/**
 * Makes sure that the images of all services are there: pulls those that can be pulled, and builds the others. Returns
 * their ids by service.
 */
export async function ensureImages(
  context: ComposeContext,
  project: Project,
  { quietPull = false, tellsBuilds = true }: ImageOptions = {},
): Promise<ImageIds> {
  const images = await localImages(context, project);
  const wanted = [...project.services].filter(([, service]) => mustPull(context, service, images));
  const volumes = [...project.services].flatMap(([name, service]) =>
    (service.volumes ?? []).flatMap((volume, at): [string, ServiceConfig][] =>
      volume.type === "image" && !images.has(volume.source ?? "")
        ? [[`${name}:volume ${at}`, { image: volume.source }]]
        : [],
    ),
  );
  const pulls = [...wanted, ...volumes];
  if (pulls.length > 0) {
    await context.progress.run("Running", () =>
      together(
        pulls.map(([name, service]) => async () => {
          try {
            const id = await pullOne(context, name, service, project, quietPull);
            images.set(service.image ?? "", { id, named: Number(context.io.now() / 1_000_000n) });
          } catch (error) {
            // What cannot be pulled is built.
            if (!service.build) throw error;
          }
        }),
      ),
    );
  }
  const built = await buildImages(
    tellsBuilds ? context : { ...context, progress: quietProgress },
    project,
    [...project.services].flatMap(([name, service]) =>
      service.pull_policy === "build" || !images.has(imageOf(project, name, service)) ? [name] : [],
    ),
  );
  const ids = new Map<string, string>();
  for (const [name, service] of project.services) {
    const image = imageOf(project, name, service);
    const id = built.get(image) ?? images.get(image)?.id;
    if (id !== undefined) ids.set(name, id);
  }
  return ids;
}

async function localImages({ engine }: ComposeContext, project: Project): Promise<Map<string, LocalImage>> {
  const names = new Set<string>();
  for (const [name, service] of project.services) {
    names.add(imageOf(project, name, service));
    for (const volume of service.volumes ?? []) if (volume.type === "image") names.add(volume.source ?? "");
  }
  const found = new Map<string, LocalImage>();
  for (const name of names) {
    try {
      const { Id, Metadata } = await engine.images.inspect(name);
      found.set(name, { id: Id, named: Date.parse(Metadata.LastTagTime) });
    } catch (error) {
      if (!(error instanceof NotFoundError)) {
        throw new ComposeError(`unable to get image '${name}': ${messageOf(error)}`);
      }
    }
  }
  return found;
}

const messageOf = (error: unknown) =>
  error instanceof Error && "status" in error
    ? `Error response from daemon: ${error.message}`
    : String(error);

const refreshes: Readonly<Record<string, string>> = { daily: "24h", weekly: "168h" };

function mustPull(
  { io }: ComposeContext,
  service: ServiceConfig,
  images: ReadonlyMap<string, LocalImage>,
): boolean {
  if (!service.image) return false;
  const policy = service.pull_policy ?? "";
  if (policy === "always") return true;
  if (policy === "never" || policy === "build") return false;
  const image = images.get(service.image);
  const every =
    refreshes[policy] ?? (policy.startsWith("every_") ? policy.slice("every_".length) : undefined);
  if (!image || every === undefined) return !image;
  return Number(io.now() / 1_000_000n) > image.named + parseDuration(every) / 1e6;
}

/** Pulls the image of a service. Returns its id. */
export async function pullOne(
  { engine, progress }: ComposeContext,
  name: string,
  service: ServiceConfig,
  project: Project,
  quiet: boolean,
): Promise<string> {
  const image = service.image ?? "";
  const platform = service.platform || project.environment.get("DOCKER_DEFAULT_PLATFORM") || "";
  progress.step({ id: name, state: "working", text: "Pulling" });
  try {
    await engine.images.pull(image, {
      ...(platform ? { platform } : {}),
      ...(quiet ? {} : { onProgress: (line: PullProgress) => showLayer(progress.step, name, line) }),
    });
  } catch (error) {
    const status = error instanceof Error ? error.message : String(error);
    if (service.build) progress.step({ id: name, state: "warning", text: "Warning", status });
    else progress.step({ id: name, state: "error", text: "Error", status });
    throw error;
  }
  progress.step({ id: name, state: "done", text: "Pulled" });
  return (await engine.images.inspect(image)).Id;
}

const running = ["Downloading", "Extracting", "Verifying Checksum"];
const over = ["Download complete", "Already exists", "Pull complete"];

function showLayer(
  step: ComposeContext["progress"]["step"],
  parent: string,
  { id, status, progress, progressDetail }: PullProgress,
): void {
  if (!id || !progressDetail) return;
  const { current = 0, total = 0 } = progressDetail;
  const active = running.includes(status);
  const done = over.includes(status) || /Image is up to date|Downloaded newer image/.test(status);
  const state: StepState = done ? "done" : "working";
  step({
    id,
    parent,
    text: status,
    state,
    status: progress ?? "",
    ...(active ? { current, total, percent: total > 0 ? Math.trunc((current * 100) / total) : 0 } : {}),
    ...(done ? { percent: 100 } : {}),
  });
}

/** Removes an image, unless it is still in use. */
export async function removeImage({ engine, progress }: ComposeContext, image: string): Promise<void> {
  const id = `Image ${image}`;
  tell(progress, id, "working", "Removing");
  try {
    await engine.images.remove(image);
    tell(progress, id, "done", "Removed");
  } catch (error) {
    if (error instanceof ConflictError) tell(progress, id, "warning", "Resource is still in use");
    else if (error instanceof NotFoundError)
      tell(progress, id, "done", "Warning: No resource found to remove");
    else throw error;
  }
}
