// `logs`: what containers have printed, and what they print from now on.

import { type ContainerSummary, NotImplementedError } from "@dryharbor/sdk/port";
import type { Project } from "../model/project.js";
import { findContainer, listContainers, nameOf, serviceOf, shortNameOf } from "./containers.js";
import type { ComposeContext } from "./context.js";
import { type LogPrinter, printLines } from "./log-printer.js";
import { watchProject } from "./monitor.js";
import { together } from "./order.js";

export interface LogsOptions {
  project?: Project | undefined;
  services: readonly string[];
  index?: number;
  follow?: boolean;
  tail?: string;
  since?: string;
  until?: string;
  timestamps?: boolean;
}

/** Prints the logs of a project's containers. */
export async function printLogs(
  context: ComposeContext,
  projectName: string,
  printer: LogPrinter,
  options: LogsOptions,
  signal: AbortSignal,
): Promise<void> {
  const { services, index = 0, follow = false } = options;
  let containers: ContainerSummary[];
  if (index > 0) {
    const which = { oneOff: "exclude", all: true } as const;
    containers = [await findContainer(context, projectName, services[0] ?? "", index, which)];
  } else {
    containers = await listContainers(context, projectName, { oneOff: "exclude", all: true, services });
  }
  const wanted = options.project && services.length === 0 ? [...options.project.services.keys()] : services;
  if (wanted.length > 0) containers = containers.filter((container) => wanted.includes(serviceOf(container)));
  const more: Promise<void>[] = [];
  const acts = containers.map((container) => async () => {
    try {
      await printLog(context, container.Id, shortNameOf(container), printer, options, signal);
    } catch (error) {
      if (!(error instanceof NotImplementedError)) throw error;
      context.warn(
        `Can't retrieve logs for "${nameOf(container)}": Error response from daemon: ${error.message}`,
      );
    }
  });
  if (follow) {
    acts.push(() =>
      watchProject(
        context,
        projectName,
        wanted,
        (event) => {
          if (event.kind === "exited")
            printer.status(
              event.name,
              `exited with code ${event.exitCode}${event.restarting ? " (restarting)" : ""}`,
            );
          if (event.kind === "recreated") printer.status(event.replaces, "has been recreated");
          if (event.kind === "started")
            more.push(followStarted(context, event.id, event.name, printer, options, signal));
        },
        signal,
      ),
    );
  }
  await together(acts);
  await Promise.all(more);
}

/** Follows a container that has just been started. */
export async function followStarted(
  context: ComposeContext,
  id: string,
  name: string,
  printer: LogPrinter,
  options: Pick<LogsOptions, "tail" | "until" | "timestamps">,
  signal: AbortSignal,
): Promise<void> {
  const { State } = await context.engine.containers.inspect(id);
  await printLog(context, id, name, printer, { ...options, follow: true, since: State.StartedAt }, signal);
}

async function printLog(
  { engine, io }: ComposeContext,
  id: string,
  name: string,
  printer: LogPrinter,
  { follow = false, tail = "all", since = "", until = "", timestamps = false }: Partial<LogsOptions>,
  signal: AbortSignal,
): Promise<void> {
  const chunks = await engine.containers.logs(id, {
    follow,
    timestamps,
    tail: /^[0-9]+$/.test(tail) ? Number(tail) : "all",
    ...(since ? { since: unixTime(since, io.now()) } : {}),
    ...(until ? { until: unixTime(until, io.now()) } : {}),
    abortSignal: signal,
  });
  try {
    await printLines(chunks, (line) => printer.line(name, line, "stdout"), true);
  } catch (error) {
    if (!signal.aborted) throw error;
  }
}

const units: Readonly<Record<string, number>> = {
  ns: 1e-9,
  us: 1e-6,
  µs: 1e-6,
  ms: 1e-3,
  s: 1,
  m: 60,
  h: 3600,
};

/** A time as the engine takes it: seconds since 1970, from RFC 3339, from seconds, or from a duration before now. */
export function unixTime(text: string, now: bigint): string {
  if (/^([0-9.]+(ns|us|µs|ms|s|m|h))+$/.test(text)) {
    let ago = 0;
    for (const [, amount, unit] of text.matchAll(/([0-9.]+)(ns|us|µs|ms|s|m|h)/g)) {
      ago += Number(amount) * (units[unit ?? ""] ?? 0);
    }
    const at = now - BigInt(Math.round(ago * 1e9));
    return `${at / 1_000_000_000n}.${String(at % 1_000_000_000n).padStart(9, "0")}`;
  }
  const match = /^(.*?)(?:\.([0-9]+))?(Z|[-+][0-9]{2}:[0-9]{2})?$/.exec(text);
  const seconds = Date.parse(`${match?.[1] ?? ""}${match?.[3] ?? "Z"}`) / 1000;
  return Number.isNaN(seconds) ? text : `${seconds}.${(match?.[2] ?? "").padEnd(9, "0")}`;
}
