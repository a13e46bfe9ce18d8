import type { Release } from "../releases/release.js";
import type { Container } from "./container.js";

const firstDelay = 100;
const longestDelay = 60_000;
/** A run of this many nanoseconds counts as a success. The delays then begin from the first one again. */
const longRun = 10_000_000_000n;

/**
 * Returns the milliseconds until a container whose process has ended is started again. The delay doubles from
 * 100 up to a minute. Returns `null` when the policy does not start it.
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

/** Returns why a restart policy is invalid; `undefined` for a valid one. */
export function restartPolicyProblem(
  { containers }: Release,
  name: string,
  retries: number,
): string | undefined {
  const rules = containers.restartPolicies;
  if (name === "on-failure") return retries < 0 ? rules.negative : undefined;
  if (name === "" && rules.namelessMayCount) return undefined;
  if (!["", "no", "always", "unless-stopped"].includes(name)) return rules.unknown(name);
  return retries === 0 ? undefined : rules.pointless(name, retries);
}
