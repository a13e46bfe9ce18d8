import { type ExecCreateRequest, type ExecInspect, engineError } from "@dryharbor/sdk/port";
import { base64 } from "../base64.js";
import { type Container, isRunning } from "../containers/container.js";
import { emitContainerEvent } from "../containers/events.js";
import { processFiles } from "../containers/files.js";
import { findContainer } from "../containers/find.js";
import { commandRefusal, findCommand, type Launch } from "../containers/launch.js";
import { checkLinks } from "../containers/legacy-links.js";
import { checkActive } from "../containers/state.js";
import { statusText } from "../containers/status.js";
import { userProblem } from "../containers/user.js";
import type { Daemon } from "../daemon.js";
import { newId } from "../id.js";
import { parseDetachKeys } from "./detach-keys.js";
import type { Exec } from "./exec.js";
import { directoryRefusal } from "./working-directory.js";

/** An exec that has ended can be looked at for so long, in nanoseconds. The engine takes 5 to 10 minutes. */
const kept = 600_000_000_000n;

/**
 * `POST /containers/{id}/exec`.
 *
 * @param spelled the container as the request named it: the error repeats it
 * @throws 400 without a command, 404, 409 unless the container runs
 */
export function createExec(daemon: Daemon, spelled: string, request: ExecCreateRequest): Exec {
  const [program, ...args] = request.Cmd ?? [];
  if (program === undefined) throw engineError(400, "No exec command specified");
  const container = findContainer(daemon, spelled);
  checkActive(daemon, container, () => pausedText(spelled));
  const detachKeys = base64(parseDetachKeys(request.DetachKeys ?? ""));
  checkLinks(container);
  const user = request.User || (container.config.User ?? "");
  const nobody = userProblem(user);
  if (nobody !== undefined && daemon.release.containers.execUserCheckedFirst) throw engineError(400, nobody);
  return register(daemon, {
    ...newExec(daemon, container, [program, ...args]),
    env: request.Env ?? [],
    workingDir: request.WorkingDir || (container.config.WorkingDir ?? ""),
    user,
    tty: request.Tty ?? false,
    privileged: request.Privileged ?? false,
    attachStdin: request.AttachStdin ?? false,
    attachStdout: request.AttachStdout ?? false,
    attachStderr: request.AttachStderr ?? false,
    detachKeys,
  });
}

/** The exec of a health check: as the container's own process, and only to be read. */
export function createProbe(daemon: Daemon, container: Container, command: Exec["command"]): Exec {
  return register(daemon, { ...newExec(daemon, container, command), attachStdout: true, attachStderr: true });
}

function newExec({ random }: Daemon, container: Container, command: Exec["command"]): Exec {
  return {
    id: newId(random),
    container,
    command,
    env: [],
    workingDir: container.config.WorkingDir ?? "",
    user: container.config.User ?? "",
    tty: false,
    privileged: false,
    attachStdin: false,
    attachStdout: false,
    attachStderr: false,
    detachKeys: "",
    state: "created",
    pid: 0,
    exitCode: null,
    endedAt: 0n,
  };
}

function register(daemon: Daemon, exec: Exec): Exec {
  const { container, command } = exec;
  const [program, ...args] = command;
  collectOld(daemon);
  daemon.execs.set(exec.id, exec);
  container.execIds ??= new Set();
  container.execIds.add(exec.id);
  emitExecEvent(daemon, exec, `exec_create: ${program} ${args.join(" ")}`);
  return exec;
}

function pausedText(name: string): string {
  return `Container ${name} is paused, unpause the container before exec`;
}

/** Drops those that ended long ago. They end about in the order of their creation, so this looks at few. */
function collectOld({ execs, clock, touched }: Daemon): void {
  for (const [id, exec] of execs) {
    if (exec.state !== "exited" || clock.now() - exec.endedAt < kept) return;
    execs.delete(id);
    touched?.containers.add(exec.container);
  }
}

export function findExec({ execs, clock, touched }: Daemon, id: string): Exec {
  const exec = execs.get(id);
  if (!exec || (exec.state === "exited" && clock.now() - exec.endedAt >= kept)) {
    throw engineError(404, `No such exec instance: ${id}`);
  }
  touched?.containers.add(exec.container);
  return exec;
}

/** Finds an exec whose container runs: what a start looks at before its stream opens, and a resize. @throws 404, 409 (500 on 20.10) */
export function findUsableExec(daemon: Daemon, id: string): Exec {
  const exec = findExec(daemon, id);
  const { container } = exec;
  if (!daemon.containers.byId.get(container.id)) throw engineError(404, `No such container: ${id}`);
  if (!isRunning(container) && container.state.status !== "restarting") {
    const status = statusText(container, daemon.clock.now());
    const refusal = daemon.release.containers.execContainerStopped(container.id, status);
    throw engineError(refusal.status, refusal.message);
  }
  checkActive(daemon, container, () => pausedText(container.id));
  return exec;
}

/** Exit code of an exec whose user there is none of. */
const nobodysExec = 126;

/**
 * Starts the process, emits, and marks it running; the runtime runs it and calls {@link execExited}.
 * What is thrown here the engine writes into the opened stream, on standard output and with `\r\n`
 * behind it (a command that does not exist, one that has already run); a detached start answers with it.
 *
 * @returns what the process runs
 * @throws 400 for a command that cannot be, 409 for a second start
 */
export function startExec(daemon: Daemon, exec: Exec): Launch {
  const { containers } = daemon.release;
  if (exec.state === "exited") throw engineError(409, containers.execHasRun(exec.id));
  if (exec.state === "running") throw engineError(409, containers.execIsRunning(exec.id));
  const [program, ...args] = exec.command;
  emitExecEvent(daemon, exec, `exec_start: ${program} ${args.join(" ")}`);
  const nobody = userProblem(exec.user);
  if (nobody !== undefined) {
    end(daemon, exec, nobodysExec);
    throw engineError(500, nobody);
  }
  const launch = launchOfExec(daemon, exec);
  const misplaced = directoryRefusal(launch.files, exec.workingDir);
  if (misplaced) {
    end(daemon, exec, containers.execFailureCode ?? (misplaced.early ? 128 : 127));
    throw engineError(400, containers.execFailure(misplaced.reason, misplaced.early) + misplaced.suffix);
  }
  const refusal = commandRefusal(daemon, launch);
  if (refusal) {
    end(daemon, exec, containers.execFailureCode ?? refusal.code);
    throw engineError(400, containers.execFailure(refusal.reason) + refusal.suffix);
  }
  exec.state = "running";
  exec.pid = 300 + daemon.random.below(32_000);
  return launch;
}

/** Looks up what an exec runs. */
export function launchOfExec(daemon: Daemon, { container, command, env, workingDir }: Exec): Launch {
  const { Env, WorkingDir = "" } = container.config;
  // Of several, the last one given counts.
  const all = [...env].reverse().concat(Env ?? []);
  return findCommand(processFiles(daemon, container), command[0], all, workingDir || WorkingDir);
}

/** The process has ended. Does nothing where the container's end has ended it already. */
export function execExited(daemon: Daemon, exec: Exec, exitCode: number): void {
  if (exec.state !== "running") return;
  end(daemon, exec, exitCode);
  emitExecEvent(daemon, exec, "exec_die", { exitCode: String(exitCode) });
}

/**
 * The stream of whoever started it has broken: the engine gives the exec up.
 *
 * @returns whether its process ends with it
 */
export function failExec(daemon: Daemon, exec: Exec): boolean {
  if (exec.state !== "running") return false;
  const { endsGivenUpExec } = daemon.release.containers;
  if (endsGivenUpExec) killExec(daemon, exec);
  else end(daemon, exec, 126);
  return endsGivenUpExec;
}

/** The engine gives the exec up and kills its process. */
export function killExec(daemon: Daemon, exec: Exec): void {
  end(daemon, exec, 126);
  // Inspect keeps what the engine made of it; the event tells of the process.
  emitExecEvent(daemon, exec, "exec_die", { exitCode: "127" });
}

function end({ clock }: Daemon, exec: Exec, exitCode: number): void {
  exec.state = "exited";
  exec.exitCode = exitCode;
  exec.endedAt = clock.now();
  exec.container.execIds?.delete(exec.id);
}

/** The container's process has ended, and with it all others: killed. Those not started are forgotten. */
export function endExecs(daemon: Daemon, container: Container): void {
  for (const id of [...(container.execIds ?? [])]) {
    const exec = daemon.execs.get(id);
    if (exec?.state === "running") execExited(daemon, exec, 137);
    else daemon.execs.delete(id);
  }
  container.execIds = null;
}

/** Forgets the execs of a container that is removed. */
export function dropExecs({ execs }: Daemon, container: Container): void {
  for (const id of container.execIds ?? []) execs.delete(id);
}

/** `GET /exec/{id}/json`. @throws 404, also once the container is gone */
export function showExec(daemon: Daemon, id: string): ExecInspect {
  const exec = findExec(daemon, id);
  if (!daemon.containers.byId.get(exec.container.id)) {
    throw engineError(404, `No such exec instance: ${id}`);
  }
  const [entrypoint, ...args] = exec.command;
  return {
    ID: exec.id,
    Running: exec.state === "running",
    ExitCode: exec.exitCode,
    ProcessConfig: {
      tty: exec.tty,
      entrypoint,
      arguments: args,
      privileged: exec.privileged,
      ...(exec.user !== "" && { user: exec.user }),
    },
    OpenStdin: exec.attachStdin,
    OpenStderr: exec.attachStderr,
    OpenStdout: exec.attachStdout,
    CanRemove: false,
    ContainerID: exec.container.id,
    DetachKeys: exec.detachKeys,
    Pid: exec.pid,
  };
}

function emitExecEvent(
  daemon: Daemon,
  exec: Exec,
  action: string,
  extra: Readonly<Record<string, string>> = {},
): void {
  emitContainerEvent(daemon, exec.container, action, { execID: exec.id, ...extra });
}
