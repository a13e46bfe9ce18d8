// Says which checks hold.

import type { Engine } from "@dryharbor/sdk/port";
import { topology } from "@dryharbor/sdk/topology";
import { judgeAttached } from "./attached.js";
import type { Check } from "./check.js";
import { judgeContainer } from "./container.js";
import { judgeNetwork } from "./network.js";
import { judgePrints } from "./prints.js";
import { judgePublished } from "./published.js";
import { judgeReaches } from "./reaches.js";
import { judgeResolves } from "./resolves.js";
import type { Finding, Ran, State } from "./state.js";

/** A check with what was found. */
export interface Verdict extends Finding {
  readonly check: Check;
}

/** What {@link judge} takes besides the checks. */
export interface JudgeOptions {
  /** The commands that `prints` checks look at. Default: none. */
  readonly ran?: readonly Ran[];
  /** How long to wait, in milliseconds, for what takes time, such as a server that is about to listen. Default: 0. */
  readonly patience?: number;
}

/**
 * Judges checks on any engine. It looks and asks, and changes nothing.
 *
 * @returns a verdict for each, in order
 * @throws {UsageError} a pattern is none; on a real engine {@link Engine.dns} or {@link Engine.traffic} lacks its image
 *
 * @example
 * const [verdict] = await judge(engine, [{ check: "attached", container: "web", network: "backend" }]);
 * verdict.held; // false
 * verdict.says; // "web is not on backend"
 */
export async function judge(
  engine: Engine,
  checks: readonly Check[],
  { ran = [], patience = 0 }: JudgeOptions = {},
): Promise<Verdict[]> {
  const begun = performance.now();
  for (;;) {
    const verdicts = await judgeOnce(engine, checks, ran);
    const waits = verdicts.some(({ held, check }) => !held && takesTime(check));
    if (!waits || performance.now() - begun >= patience) return verdicts;
    await new Promise<void>((resolve) => setTimeout(resolve, 50));
  }
}

async function judgeOnce(engine: Engine, checks: readonly Check[], ran: readonly Ran[]): Promise<Verdict[]> {
  if (checks.length === 0) return [];
  const state: State = { engine, topology: await topology(engine), ran };
  const verdicts: Verdict[] = [];
  for (const check of checks) verdicts.push({ check, ...negated(check, await judgeOne(check, state)) });
  return verdicts;
}

function judgeOne(check: Check, state: State): Finding | Promise<Finding> {
  switch (check.check) {
    case "network":
      return judgeNetwork(check, state);
    case "container":
      return judgeContainer(check, state);
    case "attached":
      return judgeAttached(check, state);
    case "resolves":
      return judgeResolves(check, state);
    case "reaches":
      return judgeReaches(check, state);
    case "published":
      return judgePublished(check, state);
    case "prints":
      return judgePrints(check, state);
  }
}

function negated({ not, says }: Check, { held, says: found }: Finding): Finding {
  if (!not) return { held, says: held ? (says ?? found) : says === undefined ? found : `not yet: ${says}` };
  if (says !== undefined) return { held: !held, says: held ? `not yet: ${says}` : says };
  // What is said of the contrary is true as it stands: "web is not on backend".
  return { held: !held, says: found };
}

/** Whether a check that does not hold may hold in a moment, though nobody types anything. */
function takesTime({ check }: Check): boolean {
  return check !== "prints" && check !== "network";
}
