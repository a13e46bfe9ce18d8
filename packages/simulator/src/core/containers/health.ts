import type { Health, HealthcheckResult } from "@dryharbor/sdk/port";
import { formatTime } from "../clock.js";
import type { Daemon } from "../daemon.js";
import type { Container } from "./container.js";
import { emitContainerEvent } from "./events.js";

/**
 * Health checks: what they are and what they find. The runtime runs them: `runtime/health-monitor.ts`.
 * moby daemon/health.go; all seen on the three.
 */

const second = 1_000_000_000;

/** Nanoseconds, where the container says nothing. */
const defaultInterval = 30 * second;
const defaultTimeout = 30 * second;
const defaultRetries = 3;

/** So many results are kept. */
const keptResults = 5;

/** The command of the container's health check; `undefined` for none. */
export function probeCommand({ config }: Container): readonly [string, ...string[]] | undefined {
  const [kind, ...words] = config.Healthcheck?.Test ?? [];
  if (kind === "CMD-SHELL") {
    const shell = (config as { readonly Shell?: readonly string[] | null }).Shell ?? [];
    const [program, ...args] = [...(shell.length > 0 ? shell : ["/bin/sh", "-c"]), ...words];
    return [program!, ...args];
  }
  const [program, ...args] = words;
  // An engine that is to run nothing crashes; here nothing is run.
  return kind === "CMD" && program !== undefined ? [program, ...args] : undefined;
}

/** The container's process has started: what was found before stays in the log. */
export function beginHealth(container: Container): void {
  if (!probeCommand(container)) return;
  container.state.health = { Status: "starting", FailingStreak: 0, Log: container.state.health?.Log ?? [] };
}

/** The container is checked no longer: it was paused, or has ended. */
export function endHealth({ state }: Container): void {
  if (state.health) state.health.Status = "unhealthy";
}

/** Nanoseconds from now, or from the end of the last check, to the next one. */
export function probeDelay({ release, clock }: Daemon, { config, state }: Container): number {
  const { Interval, StartPeriod = 0, StartInterval } = config.Healthcheck ?? {};
  const interval = Interval || defaultInterval;
  const starts = state.health?.Status === "starting" && Number(clock.now() - state.startedAt) < StartPeriod;
  if (!starts) return interval;
  const { readsStartInterval, usualStartInterval = interval } = release.health;
  return (readsStartInterval && StartInterval) || usualStartInterval;
}

/** Nanoseconds. */
export function probeTimeout({ config }: Container): number {
  return config.Healthcheck?.Timeout || defaultTimeout;
}

/** What a check came to. */
export interface ProbeResult {
  /** Nanoseconds. */
  readonly began: bigint;
  readonly exitCode: number;
  readonly output: string;
}

/** A check has ended. */
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

/** A container that has not been well yet may take its time to start. */
function counts({ config, state }: Container, { Status }: Health, began: bigint): boolean {
  const { StartPeriod = 0 } = config.Healthcheck ?? {};
  return Status !== "starting" || Number(began - state.startedAt) >= StartPeriod;
}

function retriesOf({ config }: Container): number {
  const { Retries = 0 } = config.Healthcheck ?? {};
  return Retries > 0 ? Retries : defaultRetries;
}
