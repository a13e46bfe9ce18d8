// How `stop` and `restart` stop.

import type { Call } from "../../command/command.js";
import { CommandError } from "../../command/errors.js";
import { type FlagValues, int, text } from "../../command/flags.js";
import { isIn } from "../../releases.js";

export const stopFlags = {
  signal: text("s", { since: "26.1", api: "1.42" }),
  time: int("t", { until: "28.5" }),
  timeout: int("t", { since: "28.5" }),
};

/** What the engine is told; nothing where no flag was given. @throws {CommandError} */
export function stopOptions({ flags, given, release }: Call<FlagValues<typeof stopFlags>>): {
  t?: number;
  signal?: string;
} {
  const seconds = isIn(release, { since: "28.5" }) ? "timeout" : "time";
  if (given.has("time") && given.has("timeout")) {
    throw new CommandError("conflicting options: cannot specify both --timeout and --time");
  }
  return {
    ...(given.has(seconds) && { t: flags[seconds] }),
    ...(flags.signal !== "" && flags.signal !== undefined && { signal: flags.signal }),
  };
}
