import { BuildCommandError, EngineError, engineError } from "@dryharbor/sdk/port";
import type { BuildStep } from "../../core/builds/build-request.js";
import { lackedIn, lackedProgram } from "../../core/builds/lacked-programs.js";
import type { Container } from "../../core/containers/container.js";
import { emitContainerEvent } from "../../core/containers/events.js";
import type { Session } from "../session.js";
import { inRed } from "./in-red.js";

/** As much of what a command says of errors is kept, to find out what it lacked. */
const mostErrors = 10_000;

/**
 * Runs the command of a RUN in its container, and tells its output as it comes.
 *
 * @throws {BuildCommandError} it has ended with another code than 0; 400 or 500 it could not be started
 */
export async function runCommand(
  { daemon, runtime }: Session,
  container: Container,
  words: readonly string[],
  tell: (step: BuildStep) => void,
  signal: AbortSignal | undefined,
): Promise<void> {
  await runtime.loadPrograms(words);
  await runtime.loading;
  emitContainerEvent(daemon, container, "attach");
  let errors = "";
  const decoders = { stdout: new TextDecoder(), stderr: new TextDecoder() };
  const ended = new Promise<void>((resolve) => {
    runtime.streams(container).attach(
      {
        data(stream, data) {
          const text = decoders[stream].decode(data, { stream: true });
          if (stream === "stderr") errors = (errors + text).slice(-mostErrors);
          if (text !== "") tell({ stream: stream === "stderr" ? inRed(text) : text });
        },
        room: () => undefined,
        end: resolve,
      },
      Promise.resolve(),
    );
  });
  const cancel = (): void => runtime.remove(container.id, { force: true, v: true });
  const leavesOut = (program: string | undefined): boolean => {
    if (program === undefined || daemon.strictBuild) return false;
    // What it did before it came to the program is left out as well.
    container.layer = null;
    tell({ stream: ` ---> [Warning] the simulator has no ${program}: this step changes nothing\n` });
    return true;
  };
  try {
    runtime.start(container);
  } catch (error) {
    if (error instanceof EngineError && leavesOut(lackedProgram(words))) return;
    throw error;
  }
  signal?.addEventListener("abort", cancel, { once: true });
  try {
    await ended;
  } finally {
    signal?.removeEventListener("abort", cancel);
  }
  if (signal?.aborted) throw engineError(500, "build cancelled");
  const code = container.state.exitCode;
  if (code !== 0 && leavesOut(lackedIn(errors))) return;
  if (code !== 0)
    throw new BuildCommandError(`The command '${words.join(" ")}' returned a non-zero code: ${code}`, code);
}
