// Failures that the engine tells of within a stream of steps: docker shows them without saying who they are from.
import { EngineError } from "@dryharbor/sdk/port";
import { CommandError } from "../command/errors.js";

/** Carries out a call that answers with steps, and whose failures are among them. @throws {CommandError} */
export async function toldInSteps<T>(call: () => Promise<T>): Promise<T> {
  try {
    return await call();
  } catch (error) {
    if (error instanceof EngineError) throw new CommandError(error.message);
    throw error;
  }
}
