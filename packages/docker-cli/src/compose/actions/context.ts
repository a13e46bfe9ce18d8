// What every action of compose works with.

import type { Engine } from "@dryharbor/sdk/port";
import type { CommandIo } from "../../io.js";
import type { Progress } from "../progress/progress.js";

/** The surroundings of an action. */
export interface ComposeContext {
  readonly engine: Engine;
  readonly io: CommandIo;
  /** Where the steps are told. */
  readonly progress: Progress;
  /** Where warnings go. */
  warn(message: string): void;
  /** The API version that the engine speaks, as two numbers. */
  apiVersion(): Promise<readonly [number, number]>;
  /** Environment files that were named on the command line. */
  readonly envFiles: readonly string[];
}

/** Whether the engine speaks at least this version of the API. */
export async function speaks(context: ComposeContext, major: number, minor: number): Promise<boolean> {
  const [mine, other] = await context.apiVersion();
  return mine > major || (mine === major && other >= minor);
}
