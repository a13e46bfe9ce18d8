import { EngineError, engineError, type HostConfig } from "@dryharbor/sdk/port";
import type { Daemon } from "../daemon.js";
import type { JoinProblem, Refusal } from "../releases/containers.js";
import { type Container, isRunning } from "./container.js";
import { findContainer } from "./find.js";
import { joinedContainer } from "./network-mode.js";

const modes = ["IpcMode", "PidMode"] as const;

/** Returns the container that a mode `container:NAME` names; `undefined` for every other mode. */
function namedBy(host: HostConfig, mode: (typeof modes)[number]): string | undefined {
  const value = host[mode];
  return typeof value === "string" ? joinedContainer(value) : undefined;
}

/**
 * Finds the containers whose IPC and PID namespaces a new container will join. They must exist when it is
 * created, though they need not run yet, and are kept by id. The engine does not look for them where the
 * container has an SELinux label of its own, is privileged, or uses the host's namespaces.
 *
 * @returns the modes with ids instead of names
 * @throws 400 for a container that does not exist
 */
export function sharedNamespaces(daemon: Daemon, host: HostConfig): HostConfig {
  const options = Array.isArray(host.SecurityOpt) ? host.SecurityOpt : [];
  const looks =
    !options.some((option) => String(option).split("=")[0] === "label") &&
    !(host.Privileged || modes.some((mode) => host[mode] === "host"));
  const found: Record<string, string> = {};
  for (const mode of modes) {
    const name = namedBy(host, mode);
    if (name === undefined || name === "") continue;
    try {
      found[mode] = `container:${findContainer(daemon, name).id}`;
    } catch (error) {
      if (looks) throw engineError(400, messageOf(error));
    }
  }
  return found;
}

/** Checks at a start that the namespaces can be joined. @throws 400, 404, 409 or 500, by release */
export function checkNamespaces(daemon: Daemon, { hostConfig }: Container): void {
  const { containers } = daemon.release;
  const mode = hostConfig.IpcMode;
  const bad = typeof mode === "string" && !/^(|none|host|private|shareable|container:.*)$/s.test(mode);
  if (bad) throw engineError(500, `Invalid IPC mode: ${mode}`);
  const ipc = namedBy(hostConfig, "IpcMode");
  if (ipc !== undefined) {
    const problem = joinProblem(daemon, ipc);
    if (problem) throw refusal(containers.ipcJoinFailure(ipc, problem));
    if (!sharesIpc(daemon, ipc)) throw refusal(containers.ipcNotShared(ipc));
  }
  const pid = namedBy(hostConfig, "PidMode");
  if (pid !== undefined) {
    const problem = joinProblem(daemon, pid);
    if (problem) throw refusal(containers.pidJoinFailure(pid, problem));
  }
}

function refusal({ status, message }: Refusal): Error {
  return engineError(status, message);
}

function joinProblem(daemon: Daemon, name: string): JoinProblem | undefined {
  let target: Container;
  try {
    target = findContainer(daemon, name);
  } catch (error) {
    return { status: 400, message: messageOf(error), unknown: true };
  }
  if (target.state.status === "restarting") {
    return {
      status: 409,
      message: `Container ${target.id} is restarting, wait until the container is running`,
    };
  }
  if (isRunning(target)) return undefined;
  return { status: 409, message: `container ${target.id} is not running` };
}

/**
 * Returns whether a container shares its IPC namespace: it was told to, or it uses the one of a container
 * that shares it.
 */
function sharesIpc(daemon: Daemon, name: string): boolean {
  const { hostConfig } = findContainer(daemon, name);
  return !["private", "none"].includes(String(hostConfig.IpcMode || "private"));
}

function messageOf(error: unknown): string {
  if (error instanceof EngineError) return error.message;
  throw error;
}
