// `up` with the containers' output: attaches to them, prints their lines, and stops them with Ctrl-C.

import { ConflictError, type ContainerSummary, NotFoundError } from "@dryharbor/sdk/port";
import type { Project } from "../model/project.js";
import { quietProgress } from "../progress/progress.js";
import { byName, listContainers, serviceOf, shortNameOf } from "./containers.js";
import type { ComposeContext } from "./context.js";
import { type CreateOptions, createProject } from "./create.js";
import { killServices } from "./kill.js";
import { type LogPrinter, printLines } from "./log-printer.js";
import { followStarted } from "./logs.js";
import { type ContainerEvent, watchProject } from "./monitor.js";
import { type StartOptions, startProject } from "./start.js";
import { stopServices } from "./stop.js";

/** Makes a project and starts it. */
export function bringUp(
  context: ComposeContext,
  project: Project,
  create: CreateOptions,
  start: StartOptions,
): Promise<void> {
  return context.progress.run("Running", async () => {
    await createProject(context, project, create);
    await startProject(context, project, start);
  });
}

export interface AttachedUp {
  printer: LogPrinter;
  /** The services whose output is printed. */
  attachTo: readonly string[];
  /** The services that were named on the command line. */
  services: readonly string[];
  /** What ends everything: any container's end, a failure alone, or nothing. */
  onExit: "ignore" | "stop" | "fail";
  exitCodeFrom: string;
}

/** Makes a project, starts it, and prints its output until all containers have ended. @returns the exit code */
export async function bringUpAttached(
  context: ComposeContext,
  project: Project,
  create: CreateOptions,
  options: AttachedUp,
): Promise<number> {
  await context.progress.run("Running", () => createProject(context, project, create));
  const { io } = context;
  const { printer } = options;
  const over = new AbortController();
  const tasks: Promise<void>[] = [];
  const failures: unknown[] = [];
  const background = (task: Promise<void>) => tasks.push(task.catch((error) => void failures.push(error)));
  const stopAll = () =>
    context.progress.run("Running", () =>
      stopServices(context, project.name, { services: create.services ?? [], project }),
    );

  let signals = 0;
  const onSignal = () => {
    signals++;
    if (signals === 1) {
      io.stdout("Gracefully Stopping... press Ctrl+C again to force\n");
      background(stopAll());
    } else if (signals === 2) {
      background(killAll(context, project, create));
    }
  };
  const ends = ["SIGINT", "SIGTERM"].map((name) => io.onSignal(name, onSignal));

  let exitCode = 0;
  let ended = false;
  let fromService = false;
  const attached = new Set<string>();
  const listen = (event: ContainerEvent) => {
    if (event.kind === "exited") {
      const again = event.restarting ? " (restarting)" : "";
      printer.status(event.name, `exited with code ${event.exitCode}${again}`);
      if (options.onExit !== "ignore" && !ended && !(options.onExit === "fail" && event.exitCode === 0)) {
        ended = true;
        if (!fromService) exitCode = event.exitCode;
        io.stderr(`${inAlarm("Aborting on container exit...")}\n`);
        background(stopAll().then(() => io.stderr("\n")));
      }
      if (event.service === options.exitCodeFrom && !fromService) {
        fromService = true;
        exitCode = event.exitCode;
      }
    } else if (event.kind === "recreated") {
      printer.status(event.replaces, "has been recreated");
    } else if (event.kind === "started" && (!attached.has(event.id) || event.restarting)) {
      background(followStarted(context, event.id, event.name, printer, {}, over.signal));
    }
  };

  try {
    const watched = options.services.length > 0 ? options.services : options.attachTo;
    const containers = await attach(context, project, options, background);
    for (const { Id } of containers) attached.add(Id);
    const watching = watchProject(context, project.name, watched, listen, over.signal);
    try {
      // Compose tells of no start once it is attached.
      await startProject({ ...context, progress: quietProgress }, project);
    } catch (error) {
      if (signals === 0) throw error;
    }
    await watching;
    await Promise.all(tasks);
  } finally {
    over.abort();
    for (const end of ends) end();
  }
  if (failures.length > 0 && exitCode === 0) throw failures[0];
  return signals > 0 ? 130 : exitCode;
}

/** Attaches to the containers, which have not been started yet. */
async function attach(
  context: ComposeContext,
  project: Project,
  { printer, attachTo }: AttachedUp,
  background: (task: Promise<void>) => void,
): Promise<ContainerSummary[]> {
  const all = await listContainers(context, project.name, {
    oneOff: "exclude",
    all: true,
    services: attachTo,
  });
  const containers = all.filter((container) => attachTo.includes(serviceOf(container))).sort(byName);
  if (containers.length === 0) return containers;
  context.io.stdout(`Attaching to ${containers.map(shortNameOf).join(", ")}\n`);
  for (const container of containers) {
    const stream = await context.engine.containers.attach(container.Id, { stdin: false });
    const name = shortNameOf(container);
    background(printLines(stream, (line, to) => printer.line(name, line, to)));
  }
  return containers;
}

async function killAll(
  context: ComposeContext,
  project: Project,
  { services = [] }: CreateOptions,
): Promise<void> {
  try {
    await killServices(context, project.name, { services, project, all: true, signal: "SIGKILL" });
  } catch (error) {
    if (!(error instanceof NotFoundError || error instanceof ConflictError)) throw error;
  }
}

/** Red and bold, which compose writes whether or not it writes to a terminal. */
function inAlarm(text: string): string {
  return `\x1b[31m\x1b[1m${text}\x1b[0m`;
}
