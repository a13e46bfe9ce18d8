// The life of an exec: create, start, end and inspect. The routes and the engine driver call this for the
// API, and health checks make execs, too. Like `containers/lifecycle.ts`, it only keeps the state: the
// runtime runs the process and calls `execEnded` at its end.

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

/**
 * How long an exec can be inspected after its end, in nanoseconds. The engine drops it after 5 to 10 minutes.
 */
const kept = 600_000_000_000n;

/**
 * `POST /containers/{id}/exec`.
 *
 * @param spelled the container as the request names it; error messages repeat it
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
  const nobody = userProblem(daemon, container, user);
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
    ...(request.ConsoleSize && { consoleSize: request.ConsoleSize }),
  });
}

/**
 * Creates the exec of a health check. It runs with the container's own settings, and its output is only read.
 */
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
  daemon.touched?.execs.add(exec);
  container.execIds ??= new Set();
  container.execIds.add(exec.id);
  emitExecEvent(daemon, exec, `exec_create: ${program} ${args.join(" ")}`);
  return exec;
}

function pausedText(name: string): string {
  return `Container ${name} is paused, unpause the container before exec`;
}

/**
 * Drops the execs that ended long ago. Execs end roughly in the order of their creation, so this looks at
 * few.
 */
function collectOld({ execs, clock, touched }: Daemon): void {
  for (const [id, exec] of execs) {
    if (exec.state !== "exited" || clock.now() - exec.endedAt < kept) return;
    execs.delete(id);
    touched?.containers.add(exec.container);
  }
}

/** Finds an exec by its whole id. @throws 404, also for an exec that ended long ago */
function findExec({ execs, clock, touched }: Daemon, id: string): Exec {
  const exec = execs.get(id);
  if (!exec || (exec.state === "exited" && clock.now() - exec.endedAt >= kept)) {
    throw engineError(404, `No such exec instance: ${id}`);
  }
  touched?.containers.add(exec.container);
  return exec;
}

/**
 * Finds an exec whose container runs, for a start before its stream opens and for a resize.
 *
 * @throws 404, 409 (500 on 20.10)
 */
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

/** The exit code of an exec whose user does not exist. */
const nobodysExec = 126;

/**
 * Starts an exec: emits the event and marks it as running. The runtime runs the process and calls
 * {@link execEnded} at its end.
 *
 * For an attached start, the engine writes the message of an error from here into the opened stream, on
 * standard output and followed by `\r\n`. For a detached start, it answers with the error.
 *
 * @returns what the process runs
 * @throws 400 for a command that cannot run, 409 for a second start, 500 for a user that does not exist
 */
export function startExec(daemon: Daemon, exec: Exec): Launch {
  const { containers } = daemon.release;
  if (exec.state === "exited") throw engineError(409, containers.execHasRun(exec.id));
  if (exec.state === "running") throw engineError(409, containers.execIsRunning(exec.id));
  const [program, ...args] = exec.command;
  emitExecEvent(daemon, exec, `exec_start: ${program} ${args.join(" ")}`);
  const nobody = userProblem(daemon, exec.container, exec.user);
  if (nobody !== undefined) {
    end(daemon, exec, nobodysExec);
    throw engineError(500, nobody);
  }
  const launch = launchOfExec(daemon, exec);
  const misplaced = directoryRefusal(launch.files, exec.workingDir);
  if (misplaced) {
    end(daemon, exec, containers.execFailureCode ?? (misplaced.early ? 128 : 127));
    throw engineError(
      misplaced.early ? containers.relativeDirectoryStatus : 400,
      containers.execFailure(misplaced.reason, misplaced.early) + misplaced.suffix,
    );
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

/** Looks up the program that an exec runs. */
export function launchOfExec(daemon: Daemon, { container, command, env, workingDir }: Exec): Launch {
  const { Env, WorkingDir = "" } = container.config;
  // When a variable is given several times, the last one counts.
  const all = [...env].reverse().concat(Env ?? []);
  return findCommand(processFiles(daemon, container), command[0], all, workingDir || WorkingDir);
}

/**
 * Records the end of an exec's process and tells of it. Does nothing when the end of the container has ended
 * the exec already.
 */
export function execExited(daemon: Daemon, exec: Exec, exitCode: number): void {
  if (execEnded(daemon, exec, exitCode)) tellOfEnd(daemon, exec);
}

/** As {@link execExited}, where the engine tells of the end later. Returns whether it is to be told. */
export function execEnded(daemon: Daemon, exec: Exec, exitCode: number): boolean {
  if (exec.state !== "running") return false;
  end(daemon, exec, exitCode);
  return true;
}

/** Emits the event of an exec's end. */
export function tellOfEnd(daemon: Daemon, exec: Exec): void {
  emitExecEvent(daemon, exec, "exec_die", { exitCode: String(exec.exitCode) });
}

/**
 * Gives up an exec because the stream of the client that started it has broken.
 *
 * @returns whether the exec's process ends, too
 */
export function failExec(daemon: Daemon, exec: Exec): boolean {
  if (exec.state !== "running") return false;
  const { endsGivenUpExec } = daemon.release.containers;
  if (endsGivenUpExec) killExec(daemon, exec);
  else end(daemon, exec, 126);
  return endsGivenUpExec;
}

/** Gives up an exec and kills its process. */
export function killExec(daemon: Daemon, exec: Exec): void {
  end(daemon, exec, 126);
  // Inspect keeps the engine's own exit code, 126; the event reports the code of the process.
  emitExecEvent(daemon, exec, "exec_die", { exitCode: "127" });
}

function end({ clock }: Daemon, exec: Exec, exitCode: number): void {
  exec.state = "exited";
  exec.exitCode = exitCode;
  exec.endedAt = clock.now();
  exec.container.execIds?.delete(exec.id);
}

/**
 * Ends the execs of a container whose process has ended. Running ones are killed, unstarted ones are
 * forgotten.
 */
export function endExecs(daemon: Daemon, container: Container): void {
  for (const id of [...(container.execIds ?? [])]) {
    const exec = daemon.execs.get(id);
    if (exec?.state === "running") execExited(daemon, exec, 137);
    else daemon.execs.delete(id);
  }
  container.execIds = null;
}

/** Forgets the execs of a container that is being removed. */
export function dropExecs({ execs }: Daemon, container: Container): void {
  for (const id of container.execIds ?? []) execs.delete(id);
}

/** `GET /exec/{id}/json`. @throws 404, also when the container is gone */
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
