import { type ContainerInspect, type Engine, NotFoundError } from "@dryharbor/sdk/port";

/** Programs that run until somebody ends them. All other programs that commands start end by themselves. */
export const endless: ReadonlySet<string> = new Set(["sleep"]);

const patience = 5_000;
const interval = 5;

/**
 * Waits until nothing more happens by itself: short programs have ended, restarts by policy are over, and
 * containers that remove themselves are gone. Then returns all containers, newest first.
 */
export async function settle(engine: Engine): Promise<ContainerInspect[]> {
  const deadline = Date.now() + patience;
  for (;;) {
    const containers = await inspectAll(engine);
    if (!containers.some(isOnTheMove) || Date.now() > deadline) return containers;
    await new Promise((resolve) => setTimeout(resolve, interval));
  }
}

async function inspectAll(engine: Engine): Promise<ContainerInspect[]> {
  const listed = await engine.containers.list({ all: true });
  const inspected = await Promise.all(
    listed.map(({ Id }) =>
      engine.containers.inspect(Id).catch((error: unknown) => {
        // The container removed itself after it was listed.
        if (error instanceof NotFoundError) return undefined;
        throw error;
      }),
    ),
  );
  return inspected.filter((container) => container !== undefined);
}

function isOnTheMove({ State, Path, HostConfig }: ContainerInspect): boolean {
  switch (State.Status) {
    case "running":
      return !endless.has(Path);
    case "restarting":
    case "removing":
      return true;
    case "exited":
      return HostConfig.AutoRemove === true;
    default:
      return false;
  }
}
