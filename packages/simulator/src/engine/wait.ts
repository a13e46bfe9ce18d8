import { type ContainerWaitResponse, engineError } from "@dryharbor/sdk/port";
import { isRunning } from "../core/containers/container.js";
import { findContainer } from "../core/containers/find.js";
import type { Daemon } from "../core/daemon.js";
import type { OnGivenUp } from "./session.js";

const conditions: ReadonlySet<string> = new Set(["", "not-running", "next-exit", "removed"]);

/**
 * `POST /containers/{id}/wait`: resolves when the condition holds. What is refused is thrown at once.
 *
 * @param ref the container as the request named it
 * @throws 400 for a condition that there is none of, 404
 */
export function waitFor(
  daemon: Daemon,
  ref: string,
  condition: string,
  onGivenUp: OnGivenUp,
): Promise<ContainerWaitResponse> {
  const { refusesUnknownWaitCondition, waitShowsNoError } = daemon.release.requests;
  if (refusesUnknownWaitCondition && !conditions.has(condition)) {
    throw engineError(400, `invalid condition: ${JSON.stringify(condition)}`);
  }
  const container = findContainer(daemon, ref);
  const answer = (removed: boolean): ContainerWaitResponse => ({
    // What the last start failed for, not the process's own end. A removal tells nobody.
    ...(container.state.error !== "" && !removed
      ? { Error: { Message: container.state.error } }
      : waitShowsNoError && { Error: null }),
    StatusCode: container.state.exitCode,
  });
  const stopped = !isRunning(container) && container.state.status !== "restarting";
  if (stopped && condition !== "next-exit" && condition !== "removed") return Promise.resolve(answer(false));
  return new Promise((resolve) => {
    const unwatch = daemon.containers.watch(container, (change) => {
      if (condition === "removed" && change !== "removed") return;
      unwatch();
      // As it is now: a restart would forget it.
      resolve(answer(change === "removed"));
    });
    onGivenUp(unwatch);
  });
}
