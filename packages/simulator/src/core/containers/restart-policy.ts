import type { Container } from "./container.js";

const firstDelay = 100;
const longestDelay = 60_000;
/** A run of so many nanoseconds counts as a success: the next restart comes soon again. */
const longRun = 10_000_000_000n;

/**
 * Milliseconds until a container whose process has just ended is to be started again, doubling from
 * 100 up to a minute; `null` where its policy leaves it.
 */
export function restartDelay(container: Container, exitCode: number, ranFor: bigint): number | null {
  const { state } = container;
  if (state.restartsOff || !wantsRestart(container, exitCode)) return null;
  const last = ranFor >= longRun ? 0 : state.restartDelay;
  return last === 0 ? firstDelay : Math.min(last * 2, longestDelay);
}

function wantsRestart({ hostConfig, state, restartCount }: Container, exitCode: number): boolean {
  const { Name: name, MaximumRetryCount: most = 0 } = hostConfig.RestartPolicy ?? {};
  switch (name) {
    case "always":
      return true;
    case "unless-stopped":
      return !state.stoppedByHand;
    case "on-failure":
      return exitCode !== 0 && (most === 0 || restartCount < most);
    default:
      return false;
  }
}
