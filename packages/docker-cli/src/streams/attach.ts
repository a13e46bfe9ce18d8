// Attaches a command to a container.
import { type Engine, EngineError, type ProcessStream } from "@dryharbor/sdk/port";
import { CommandError } from "../command/errors.js";

/** Attaches. Of a refusal docker tells no more than its status. @throws {CommandError} the engine refuses */
export async function attach(
  engine: Engine,
  ...parameters: Parameters<Engine["containers"]["attach"]>
): Promise<ProcessStream> {
  try {
    return await engine.containers.attach(...parameters);
  } catch (error) {
    if (!(error instanceof EngineError)) throw error;
    throw new CommandError(`unable to upgrade to tcp, received ${error.status}`);
  }
}
