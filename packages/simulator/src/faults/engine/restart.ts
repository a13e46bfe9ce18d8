// The engine restarts, without `live-restore`: what becomes of containers, execs, events and the default bridge. Seen on
// all three releases (docs/engine-facts.md, 6).

import { type Container, isRunning } from "../../core/containers/container.js";
import type { Daemon } from "../../core/daemon.js";
import { newId } from "../../core/id.js";
import type { Machine } from "../../machine.js";

/**
 * Shuts the engine down: it stops all containers at once, each with its own grace, and forgets its execs and events.
 * Those that wait for their restart policy wait no longer.
 */
export async function shutDown({ daemon, runtime }: Machine): Promise<void> {
  // Those of a snapshot have to run before they can be stopped.
  if (runtime.loading) await runtime.loading;
  await Promise.all(
    [...daemon.containers.byId.values()].map(async (container) => {
      const { state } = container;
      if (!isRunning(container) && state.status !== "restarting") return;
      const { stoppedByHand } = state;
      const stopped = runtime.stop(container, container.id, {});
      // It is the engine that stops it, and nobody's hand. A snapshot that is taken meanwhile has to know.
      state.stoppedByHand = stoppedByHand;
      await stopped;
      state.stoppedByHand = stoppedByHand;
    }),
  );
  for (const [id, { container }] of daemon.execs) {
    daemon.execs.delete(id);
    container.execIds?.delete(id);
    daemon.touched?.containers.add(container);
  }
  daemon.events.forget();
}

/** Brings the engine back: it makes the default bridge anew, and starts those containers that are to be started. */
export function comeBack({ daemon, runtime }: Machine): void {
  renewBridge(daemon);
  for (const container of [...daemon.containers.byId.values()]) {
    if (!comesBack(container)) continue;
    try {
      runtime.start(container);
    } catch {
      // Why it did not start is in its state, as after a start by a client.
    }
  }
}

/** Returns whether a container is started again when its engine is back. */
function comesBack({ hostConfig, state, restartCount }: Container): boolean {
  // One that has never run is not started, whatever its policy.
  if (state.status !== "exited") return false;
  const { Name: name, MaximumRetryCount: most = 0 } = hostConfig.RestartPolicy ?? {};
  switch (name) {
    case "always":
      return true;
    case "unless-stopped":
      return !state.stoppedByHand;
    case "on-failure":
      return state.exitCode !== 0 && (most === 0 || restartCount < most);
    default:
      return false;
  }
}

/** The default bridge is made at each start of the engine, so it has another id. */
function renewBridge(daemon: Daemon): void {
  const { networks, random, clock } = daemon;
  const old = [...networks.byId.values()].find(({ name, predefined }) => predefined && name === "bridge");
  if (!old) return;
  const renewed = { ...old, id: newId(random), created: clock.now() };
  networks.delete(old);
  networks.add(renewed);
  daemon.touched?.networks.add(old).add(renewed);
  for (const container of daemon.containers.byId.values()) {
    for (const endpoint of container.endpoints.values()) {
      if (endpoint.networkId === old.id) endpoint.networkId = renewed.id;
    }
  }
}
