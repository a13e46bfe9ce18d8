import { type Member, userOf } from "@dryharbor/kernel/host";
import { type ContainerTop, engineError } from "@dryharbor/sdk/port";
import { type Container, isRunning } from "../core/containers/container.js";
import { emitContainerEvent } from "../core/containers/events.js";
import { restartingText } from "../core/containers/state.js";
import type { Daemon } from "../core/daemon.js";
import { ExecProcess } from "../runtime/exec-process.js";
import type { Runtime } from "../runtime/runtime.js";
import { type Listed, PsError, psShown } from "./ps.js";

/** `GET /containers/{id}/top`. `ps` runs on the host; without options it gets `-ef`. @throws 409, 500 what `ps` says */
export function topOf(
  { daemon, runtime }: { readonly daemon: Daemon; readonly runtime: Runtime },
  container: Container,
  psArgs: string,
): ContainerTop {
  const { id, state } = container;
  if (state.status === "restarting") {
    throw engineError(409, restartingText(`Container ${id}`));
  }
  if (!isRunning(container)) throw engineError(409, daemon.release.containers.notRunning(id));
  const { columns, shows } = shownFor(psArgs || "-ef");
  if (!columns.some(({ title }) => title === "PID")) {
    throw engineError(500, "Couldn't find PID field in ps output");
  }
  emitContainerEvent(daemon, container, "top");
  return {
    Titles: columns.map(({ title }) => title),
    Processes: processesOf(container, runtime.pids(container).list())
      .filter(shows)
      .map((process) => columns.map(({ value }) => value(process))),
  };
}

function shownFor(options: string): ReturnType<typeof psShown> {
  try {
    return psShown(options);
  } catch (error) {
    if (error instanceof PsError) throw engineError(500, `ps: error: ${error.message}`);
    throw error;
  }
}

/** All processes of the container, as the host numbers them. */
function processesOf({ state }: Container, members: readonly Member[]): Listed[] {
  const execs = new Map(
    members.flatMap((member) => (member instanceof ExecProcess ? [[member.pid, member.exec.pid]] : [])),
  );
  const onHost = (pid: number): number => {
    // Started by the container's shim, which has been there a little longer.
    if (pid === 0) return state.pid - 22;
    return pid === 1 ? state.pid : (execs.get(pid) ?? state.pid + childrenFrom + pid);
  };
  return members.map((member) => ({
    user: hostName(userOf(member).uid),
    pid: onHost(member.pid),
    parent: onHost(member.parentPid),
    started: member.startedAt,
    tty: member.tty,
    leads: member.pid === 1 || execs.has(member.pid),
    argv: member.argv(),
  }));
}

/** Returns the name that the host has for a user: root's alone, as its other users have other numbers. */
function hostName(uid: number): string {
  return uid === 0 ? "root" : String(uid);
}

/** How far behind the first process on the host those are that the container has started. */
const childrenFrom = 30;
