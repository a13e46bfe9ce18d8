import { type ContainerTop, engineError } from "@dryharbor/sdk/port";
import { type Container, isRunning } from "../core/containers/container.js";
import { emitContainerEvent } from "../core/containers/events.js";
import type { Daemon } from "../core/daemon.js";
import { type Listed, PsError, psColumns } from "./ps.js";

/** `GET /containers/{id}/top`. `ps` runs on the host; without options it gets `-ef`. @throws 409, 500 what `ps` says */
export function topOf(daemon: Daemon, container: Container, psArgs: string): ContainerTop {
  const { id, state } = container;
  if (state.status === "restarting") {
    throw engineError(409, `Container ${id} is restarting, wait until the container is running`);
  }
  if (!isRunning(container)) throw engineError(409, daemon.release.containers.notRunning(id));
  const columns = columnsFor(psArgs || "-ef");
  if (!columns.some(({ title }) => title === "PID")) {
    throw engineError(500, "Couldn't find PID field in ps output");
  }
  emitContainerEvent(daemon, container, "top");
  return {
    Titles: columns.map(({ title }) => title),
    Processes: processesOf(daemon, container).map((process) => columns.map(({ value }) => value(process))),
  };
}

function columnsFor(options: string): ReturnType<typeof psColumns> {
  try {
    return psColumns(options);
  } catch (error) {
    if (error instanceof PsError) throw engineError(500, `ps: error: ${error.message}`);
    throw error;
  }
}

function processesOf(daemon: Daemon, container: Container): Listed[] {
  const { config, path, args, state, execIds } = container;
  // Started by the container's shim, which has been there a little longer.
  const of = { parent: state.pid - 22, started: state.startedAt };
  const processes: Listed[] = [
    {
      ...of,
      user: config.User || "root",
      pid: state.pid,
      tty: config.Tty === true,
      argv: [path, ...args],
    },
  ];
  for (const execId of execIds ?? []) {
    const exec = daemon.execs.get(execId);
    if (exec?.state !== "running") continue;
    const { user, pid, tty, command } = exec;
    processes.push({ ...of, user: user || "root", pid, tty, argv: command });
  }
  return processes;
}
