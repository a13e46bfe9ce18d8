import { type ContainerInspect, type Engine, NotFoundError } from "@dryharbor/sdk/port";

/** Programs that run until somebody ends them. All other programs that commands start end by themselves. */
export const endless: ReadonlySet<string> = new Set(["sleep", "httpd"]);

/** Programs that listen at this port of their own namespace soon after they have been started. */
export const listening: ReadonlyMap<string, number> = new Map([["httpd", 80]]);

const patience = 5_000;
const interval = 5;

/**
 * Waits until nothing more happens by itself: short programs have ended, restarts by policy are over, and
 * containers that remove themselves are gone, and servers listen. Then returns all containers, newest first.
 */
export async function settle(engine: Engine): Promise<ContainerInspect[]> {
  const deadline = Date.now() + patience;
  for (;;) {
    const containers = await inspectAll(engine);
    const isSettled = !containers.some(isOnTheMove) && (await serversListen(engine, containers));
    if (isSettled || Date.now() > deadline) return containers;
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

async function serversListen(engine: Engine, containers: readonly ContainerInspect[]): Promise<boolean> {
  for (const { Id, Path, State } of containers) {
    const port = State.Status === "running" ? listening.get(Path) : undefined;
    if (port === undefined) continue;
    const [answer] = await engine.traffic.probe(Id, [{ address: "127.0.0.1", port }]);
    if (answer !== "answers") return false;
  }
  return true;
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
