// The exit code of a container whose output a command follows.
import { type Engine, NotFoundError, type WaitCondition } from "@dryharbor/sdk/port";

/** A container's exit code, which is waited for from before its start on. */
export interface ExitCode {
  /** Resolves to the exit code, when the output has ended. */
  afterOutput(): Promise<number>;
}

/** Begins to wait. */
export function exitCodeOf(engine: Engine, container: string, condition: WaitCondition): ExitCode {
  const given = new AbortController();
  const waiting = engine.containers
    .wait(container, { condition, abortSignal: given.signal })
    .then(({ StatusCode }) => StatusCode);
  // Nobody asks where the container does not start.
  waiting.catch(() => {});
  return {
    async afterOutput() {
      if (condition === "removed") return await waiting;
      // It may have ended before the engine knew that somebody waits.
      const ended = await stateOf(engine, container);
      if (ended === undefined) return await waiting;
      given.abort();
      return ended;
    },
  };
}

async function stateOf(engine: Engine, container: string): Promise<number | undefined> {
  try {
    const { State } = await engine.containers.inspect(container);
    return State.Status === "exited" || State.Status === "dead" ? State.ExitCode : undefined;
  } catch (error) {
    if (error instanceof NotFoundError) return undefined;
    throw error;
  }
}
