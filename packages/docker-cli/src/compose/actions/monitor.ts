// Watches the containers of a project until none is left that runs.

import { type EngineEvent, NotFoundError } from "@dryharbor/sdk/port";
import type { ComposeContext } from "./context.js";
import { label } from "./labels.js";

/** What has happened to a container. */
export interface ContainerEvent {
  kind: "created" | "recreated" | "started" | "restarted" | "exited";
  id: string;
  /** Its name without the project's. */
  name: string;
  service: string;
  exitCode: number;
  /** It is about to be started again, or just has been. */
  restarting: boolean;
  /** What it replaces. */
  replaces: string;
}

/**
 * Calls `listen` for what happens to the containers of services. Resolves when none is left, or with the signal.
 * @param services those to watch; all for none
 */
export async function watchProject(
  { engine }: ComposeContext,
  project: string,
  services: readonly string[],
  listen: (event: ContainerEvent) => void,
  signal: AbortSignal,
): Promise<void> {
  const watched = (service: string) => services.length === 0 || services.includes(service);
  const stream = engine.events({ filters: { type: ["container"], label: [`${label.project}=${project}`] } });
  const close = () => stream.close();
  signal.addEventListener("abort", close, { once: true });
  try {
    await stream.opened;
    const found = await engine.containers.list({
      all: true,
      filters: { label: [`${label.project}=${project}`, `${label.oneOff}=False`, label.configHash] },
    });
    const left = new Set(
      found.filter(({ Labels }) => watched(Labels[label.service] ?? "")).map(({ Id }) => Id),
    );
    const restarting = new Set<string>();
    if (left.size === 0 || signal.aborted) return;
    for await (const event of stream) {
      const about = describe(project, event);
      if (!watched(about.service)) continue;
      if (event.Action === "create") {
        left.add(about.id);
        listen({ ...about, kind: about.replaces ? "recreated" : "created" });
      } else if (event.Action === "start") {
        left.add(about.id);
        listen({ ...about, kind: "started", restarting: restarting.has(about.id) });
      } else if (event.Action === "restart") {
        listen({ ...about, kind: "restarted" });
      } else if (event.Action === "die") {
        if (await startsAgain(about.id)) {
          restarting.add(about.id);
          listen({ ...about, kind: "exited", restarting: true });
        } else {
          listen({ ...about, kind: "exited" });
          left.delete(about.id);
        }
      }
      if (left.size === 0) return;
    }
  } finally {
    signal.removeEventListener("abort", close);
    stream.close();
  }

  async function startsAgain(id: string): Promise<boolean> {
    try {
      const { State } = await engine.containers.inspect(id);
      return State.Restarting || State.Running;
    } catch (error) {
      if (error instanceof NotFoundError) return false;
      throw error;
    }
  }
}

function describe(project: string, { Actor }: EngineEvent): Omit<ContainerEvent, "kind"> {
  const { Attributes } = Actor;
  const service = Attributes[label.service] ?? "";
  const name = Attributes.name ?? "";
  const usual = `${project}-${service}-${Attributes[label.containerNumber] ?? ""}`;
  return {
    id: Actor.ID,
    name: name === usual ? name.slice(project.length + 1) : name,
    service,
    exitCode: Number(Attributes.exitCode ?? 0),
    restarting: false,
    replaces: Attributes[label.replace] ?? "",
  };
}
