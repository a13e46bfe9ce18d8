// The steps of a container's start: networks, volumes, checks, command. `lifecycle.ts` calls `start` for a
// start, a restart and a restart policy. The order of the steps differs between releases, because 28.5
// attaches the networks last.

import { engineError } from "@dryharbor/sdk/port";
import { formatTime } from "../clock.js";
import type { Daemon } from "../daemon.js";
import { attachNetworks, detachNetworks } from "../endpoints/attach.js";
import { interfaceProblem } from "../endpoints/interface.js";
import { attachmentsOf } from "../endpoints/order.js";
import { checkNameservers, nameserverProblem } from "../files/nameservers.js";
import { beginFiles } from "../files/write.js";
import { isWellKnown } from "../images/well-known.js";
import { makeInitMountPoint } from "../mounts/init.js";
import { mountVolumes, prepareMounts, unmountVolumes } from "../mounts/mount.js";
import { unpublishPorts } from "../ports/publish.js";
import { quotedText } from "../quote.js";
import { type Container, isRunning, type Sandbox } from "./container.js";
import { discardContainer } from "./discard.js";
import { emitContainerEvent } from "./events.js";
import { findContainer } from "./find.js";
import { beginHealth } from "./health.js";
import { type CommandRefusal, commandRefusal, type Launch, launchOf } from "./launch.js";
import { checkLinks, linkProblem } from "./legacy-links.js";
import { keepForLists } from "./listed.js";
import { hasOwnNetwork, joinedContainer } from "./network-mode.js";
import { openLog } from "./open-log.js";
import { newSandbox } from "./sandbox.js";
import { checkRuntime, checkSpec, processProblem } from "./spec.js";
import { userOf } from "./user.js";

/** The exit code of a container whose start failed for another reason than its command. */
const failedStart = 128;

/**
 * Starts a container: attaches networks, publishes ports, checks that the command exists, marks the container
 * as running and emits `start`. When this fails, it sets `State.Error` and `State.ExitCode` and throws the
 * engine's error.
 *
 * @returns what its process runs
 */
export function start(daemon: Daemon, container: Container): Launch {
  const { state, hostConfig } = container;
  daemon.touched?.containers.add(container);
  container.listed = null;
  let launch: Launch;
  try {
    launch = prepare(daemon, container);
  } catch (error) {
    unmountVolumes(daemon, container);
    state.error = error instanceof Error ? error.message : String(error);
    if (state.exitCode === 0) state.exitCode = failedStart;
    if (hostConfig.AutoRemove) discardContainer(daemon, container, { volumes: true });
    throw error;
  }
  state.status = "running";
  state.pid = 300 + daemon.random.below(32_000);
  state.exitCode = 0;
  state.error = "";
  state.startedAt = daemon.clock.now();
  beginHealth(container);
  emitContainerEvent(daemon, container, "start");
  return launch;
}

function prepare(daemon: Daemon, container: Container): Launch {
  if (!hasOwnNetwork(container)) {
    const { mountsFirst } = daemon.release.volumes;
    if (mountsFirst) mountVolumes(daemon, container);
    joinNamespace(daemon, container);
    if (!mountsFirst) mountVolumes(daemon, container);
    return checkCommand(daemon, container);
  }
  const before = container.sandbox;
  container.sandbox = newSandbox(daemon);
  beginFiles(container);
  return daemon.release.containers.networksAttachedLast
    ? prepareProcessFirst(daemon, container)
    : prepareNetworksFirst(daemon, container, before);
}

/** Prepares as 20.10 and 26.1 do: they attach networks first, and detach them when the command cannot run. */
function prepareNetworksFirst(daemon: Daemon, container: Container, before: Sandbox | null): Launch {
  try {
    attachNetworks(daemon, container);
  } catch (error) {
    // When no namespace was made, nothing of this attempt is shown: inspect still shows the last run's
    // namespace.
    const files = nameserverProblem(daemon, container) ?? linkProblem(container);
    if (container.sandbox || files !== undefined) {
      container.paths = { ...container.paths, network: true };
    }
    container.sandbox ??= before;
    throw error;
  }
  container.paths = { ...container.paths, network: true, hostname: true };
  try {
    return checkProcess(daemon, container);
  } catch (error) {
    keepForLists(daemon, container);
    unpublishPorts(daemon, container);
    detachNetworks(daemon, container);
    throw error;
  }
}

/** Prepares as 28.5 does: it makes the process first, and attaches the networks last. */
function prepareProcessFirst(daemon: Daemon, container: Container): Launch {
  container.paths = { ...container.paths, network: true };
  try {
    checkNameservers(daemon, container);
  } catch (error) {
    container.sandbox = null;
    throw error;
  }
  container.paths = { ...container.paths, hostname: true };
  let launch: Launch;
  try {
    launch = checkProcess(daemon, container);
  } catch (error) {
    keepForLists(daemon, container);
    // This emits disconnect events even for networks that were never joined.
    detachNetworks(daemon, container);
    container.sandbox = null;
    throw error;
  }
  try {
    attachNetworks(daemon, container);
  } catch (error) {
    container.sandbox = null;
    throw error;
  }
  return launch;
}

/** Checks what the process needs besides networks: volumes, running link targets, a user and a program. */
function checkProcess(daemon: Daemon, container: Container): Launch {
  const { mountsFirst } = daemon.release.volumes;
  if (mountsFirst) mountVolumes(daemon, container);
  checkLinks(container);
  if (!mountsFirst) mountVolumes(daemon, container);
  return checkCommand(daemon, container);
}

function checkCommand(daemon: Daemon, container: Container): Launch {
  checkSpec(daemon, container);
  openLog(daemon, container);
  showRuntime(container);
  checkRuntime(daemon, container);
  checkInit(daemon, container);
  prepareMounts(daemon, container);
  makeInitMountPoint(daemon, container);
  const launch = launchOf(daemon, container);
  const { looksAsUser } = daemon.release.containers;
  const { User = "" } = container.config;
  const refusal = commandRefusal(daemon, launch, looksAsUser ? userOf(daemon, container, User) : undefined);
  if (!refusal || runsInertly(container, refusal)) return launch;
  container.state.exitCode = refusal.code;
  throw engineError(400, daemon.release.containers.commandFailure(refusal.reason) + refusal.suffix);
}

/** Formats a line of the log that the process of a hook writes, with whole seconds. */
function logged({ clock }: Daemon, problem: string): string {
  const now = clock.now();
  const time = formatTime(now - (now % 1_000_000_000n));
  return `time=${quotedText(time)} level=fatal msg=${quotedText(problem)}`;
}

/**
 * Checks what runc's init process sets up before it runs the command: network interfaces, limits, host name
 * and sysctls.
 *
 * @throws 400, 500
 */
function checkInit(daemon: Daemon, container: Container): void {
  const { commandFailure, initPrefix, hookFailure } = daemon.release.containers;
  if (hookFailure) {
    for (const attachment of attachmentsOf(container)) {
      const problem = interfaceProblem(daemon, attachment);
      if (problem === undefined) continue;
      throw engineError(500, commandFailure(initPrefix + hookFailure(problem, logged(daemon, problem))));
    }
  }
  const problem = processProblem(daemon, container);
  if (problem === undefined) return;
  // The engine takes every missing file for a missing command.
  const missed = problem.includes("no such file or directory");
  if (missed) container.state.exitCode = 127;
  throw engineError(missed ? 400 : 500, commandFailure(initPrefix + problem));
}

/** Makes inspect show the runtime from now on, even when none was asked for. */
export function showRuntime(container: Container): void {
  const { Runtime, ...others } = container.hostConfig;
  if (Runtime === "") container.hostConfig = others;
}

/** Returns whether the program is only assumed to exist, because nobody knows what the image has. */
function runsInertly({ image, path, ofBuild }: Container, { code }: CommandRefusal): boolean {
  return (
    !ofBuild &&
    code === 127 &&
    path !== "" &&
    image?.inert === true &&
    !(image.like && isWellKnown(image.like))
  );
}

/**
 * Joins the other container's namespace in `container:` mode, with its host name and files. Joins nothing
 * when networking is disabled.
 */
function joinNamespace(daemon: Daemon, container: Container): void {
  const wanted = joinedContainer(container.hostConfig.NetworkMode);
  if (wanted === undefined) {
    if (daemon.release.containers.hostnameWithoutNetwork) {
      container.paths = { ...container.paths, hostname: true };
    }
    return;
  }
  const { containers: texts } = daemon.release;
  let target: Container;
  try {
    target = findContainer(daemon, wanted);
  } catch {
    const { status, message } = texts.joinUnknown(wanted);
    throw engineError(status, message);
  }
  if (target === container) throw engineError(500, texts.joinItself);
  if (target.state.status === "restarting") {
    const waiting = `Container ${target.id} is restarting, wait until the container is running`;
    throw engineError(409, texts.joinRestartingPrefix + waiting);
  }
  if (!isRunning(target)) {
    const { name, state } = target;
    throw engineError(409, texts.joinNotRunning({ spelled: wanted, name, status: state.status }));
  }
  container.etc = target.etc;
  if (target.etc) target.etc.shared = true;
  const { Hostname, Domainname } = target.config;
  container.config = { ...container.config, Hostname, ...(Domainname !== undefined && { Domainname }) };
  const { owner, joinedSandbox } = target.paths;
  container.paths = {
    ...target.paths,
    owner: owner || target.id,
    joinedSandbox: owner ? joinedSandbox : (target.sandbox?.id ?? ""),
    log: container.paths.log,
  };
}
