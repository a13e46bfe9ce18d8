import { type ContainerTop, engineError } from "@dryharbor/sdk/port";
import { type Container, isRunning } from "../core/containers/container.js";
import { emitContainerEvent } from "../core/containers/events.js";
import type { Daemon } from "../core/daemon.js";

/** A process as `ps` sees it. */
interface Listed {
  readonly user: string;
  readonly pid: number;
  /** Nanoseconds. */
  readonly started: bigint;
  readonly tty: boolean;
  readonly command: string;
}

/** A way of `ps` to show processes. */
interface Format {
  readonly titles: string[];
  readonly row: (process: Listed, parent: number) => string[];
}

const full: Format = {
  titles: ["UID", "PID", "PPID", "C", "STIME", "TTY", "TIME", "CMD"],
  row: ({ user, pid, started, tty, command }, parent) => [
    user,
    String(pid),
    String(parent),
    "0",
    clockTime(started),
    tty ? "pts/0" : "?",
    "00:00:00",
    command,
  ],
};

const aux: Format = {
  titles: ["USER", "PID", "%CPU", "%MEM", "VSZ", "RSS", "TTY", "STAT", "START", "TIME", "COMMAND"],
  row: ({ user, pid, started, tty, command }) => [
    user,
    String(pid),
    "0.0",
    "0.0",
    "2336",
    "1528",
    tty ? "pts/0" : "?",
    tty ? "Ss+" : "Ss",
    clockTime(started),
    "0:00",
    command,
  ],
};

/** `GET /containers/{id}/top`. `ps` runs on the host: of its options `aux` is known, all others give `-ef`. */
export function topOf(daemon: Daemon, container: Container, psArgs: string): ContainerTop {
  const { id, state } = container;
  if (state.status === "restarting") {
    throw engineError(409, `Container ${id} is restarting, wait until the container is running`);
  }
  if (!isRunning(container)) throw engineError(409, daemon.release.containers.notRunning(id));
  const { titles, row } = /^-?aux/.test(psArgs) ? aux : full;
  // Started by the container's shim, which has been there a little longer.
  const parent = state.pid - 22;
  emitContainerEvent(daemon, container, "top");
  return { Titles: [...titles], Processes: processesOf(daemon, container).map((each) => row(each, parent)) };
}

function processesOf(daemon: Daemon, container: Container): Listed[] {
  const { config, path, args, state, execIds } = container;
  const processes: Listed[] = [
    {
      user: config.User || "root",
      pid: state.pid,
      started: state.startedAt,
      tty: config.Tty === true,
      command: [path, ...args].join(" "),
    },
  ];
  for (const execId of execIds ?? []) {
    const exec = daemon.execs.get(execId);
    if (exec?.state !== "running") continue;
    const { user, pid, tty, command } = exec;
    processes.push({ user: user || "root", pid, started: state.startedAt, tty, command: command.join(" ") });
  }
  return processes;
}

function clockTime(nanoseconds: bigint): string {
  return new Date(Number(nanoseconds / 1_000_000n)).toISOString().slice(11, 16);
}
