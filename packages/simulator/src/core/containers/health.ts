import type { Health, HealthcheckResult } from "@dryharbor/sdk/port";
import { formatTime } from "../clock.js";
import type { Daemon } from "../daemon.js";
import type { Container } from "./container.js";
import { emitContainerEvent } from "./events.js";

/**
 * Health checks: their commands, their times and their results. `runtime/health-monitor.ts` runs them. They
 * follow moby's daemon/health.go, and everything here was seen on all three.
 */

const second = 1_000_000_000;

/** The defaults for a container that gives none. Times are in nanoseconds. */
const defaultInterval = 30 * second;
const defaultTimeout = 30 * second;
const defaultRetries = 3;

/** How many results inspect shows. */
const keptResults = 5;

/** Returns the command of the container's health check; `undefined` when it has none. */
export function probeCommand({ config }: Container): readonly [string, ...string[]] | undefined {
  const [kind, ...words] = config.Healthcheck?.Test ?? [];
  if (kind === "CMD-SHELL") {
    const shell = (config as { readonly Shell?: readonly string[] | null }).Shell ?? [];
    const [program, ...args] = [...(shell.length > 0 ? shell : ["/bin/sh", "-c"]), ...words];
    return [program!, ...args];
  }
  const [program, ...args] = words;
  // An engine crashes on a check without a command. The simulator runs no check then.
  return kind === "CMD" && program !== undefined ? [program, ...args] : undefined;
}

/** Sets the health of a container whose process has started. Earlier results stay in the log. */
export function beginHealth(container: Container): void {
  if (!probeCommand(container)) return;
  container.state.health = { Status: "starting", FailingStreak: 0, Log: container.state.health?.Log ?? [] };
}

/** Sets the health of a container that is no longer checked, because it was paused or has ended. */
export function endHealth({ state }: Container): void {
  if (state.health) state.health.Status = "unhealthy";
}

/**
 * Returns the delay before the next check, in nanoseconds. It counts from now, or from the end of the last
 * check.
 */
export function probeDelay({ release, clock }: Daemon, { config, state }: Container): number {
  const { Interval, StartPeriod = 0, StartInterval } = config.Healthcheck ?? {};
  const interval = Interval || defaultInterval;
  const starts = state.health?.Status === "starting" && Number(clock.now() - state.startedAt) < StartPeriod;
  if (!starts) return interval;
  const { readsStartInterval, usualStartInterval = interval } = release.health;
  return (readsStartInterval && StartInterval) || usualStartInterval;
}

/** Returns how long a check may take, in nanoseconds. */
export function probeTimeout({ config }: Container): number {
  return config.Healthcheck?.Timeout || defaultTimeout;
}

/** The result of one check. */
export interface ProbeResult {
  /** When the check began, in nanoseconds since 1970. */
  readonly began: bigint;
  readonly exitCode: number;
  readonly output: string;
}

/** Records the result of a check, and emits an event when the health changes. */
export function probed(daemon: Daemon, container: Container, { began, exitCode, output }: ProbeResult): void {
  const { health } = container.state;
  if (!health) return;
  const before = health.Status;
  const result: HealthcheckResult = {
    Start: formatTime(began),
    End: formatTime(daemon.clock.now()),
    ExitCode: exitCode,
    Output: output,
  };
  health.Log = [...health.Log, result].slice(-keptResults);
  if (exitCode === 0) {
    health.FailingStreak = 0;
    health.Status = "healthy";
  } else if (counts(container, health, began)) {
    health.FailingStreak++;
    if (health.FailingStreak >= retriesOf(container)) health.Status = "unhealthy";
  }
  if (health.Status !== before) {
    emitContainerEvent(daemon, container, `health_status: ${health.Status}`);
  }
}

/**
 * Returns whether a failure counts. It does not in the start period of a container that has not been healthy
 * yet.
 */
function counts({ config, state }: Container, { Status }: Health, began: bigint): boolean {
  const { StartPeriod = 0 } = config.Healthcheck ?? {};
  return Status !== "starting" || Number(began - state.startedAt) >= StartPeriod;
}

function retriesOf({ config }: Container): number {
  const { Retries = 0 } = config.Healthcheck ?? {};
  return Retries > 0 ? Retries : defaultRetries;
}
