import type { Clock } from "@dryharbor/kernel/host";
import type { Container } from "./container.js";
import { humanDuration } from "./duration.js";

/** Returns a container's status in the words of `docker ps`. */
export function statusText(container: Container, now: ReturnType<Clock["now"]>): string {
  const { state } = container;
  const since = (instant: bigint): string => humanDuration(now - instant);
  switch (state.status) {
    case "running":
      return `Up ${since(state.startedAt)}${healthText(container)}`;
    case "paused":
      return `Up ${since(state.startedAt)} (Paused)`;
    case "restarting":
      return `Restarting (${state.exitCode}) ${since(state.finishedAt)} ago`;
    case "removing":
      return "Removal In Progress";
    case "dead":
      return "Dead";
    case "created":
      return "Created";
    case "exited":
      return `Exited (${state.exitCode}) ${since(state.finishedAt)} ago`;
  }
}

function healthText({ state: { health } }: Container): string {
  if (!health) return "";
  return health.Status === "starting" ? " (health: starting)" : ` (${health.Status})`;
}
