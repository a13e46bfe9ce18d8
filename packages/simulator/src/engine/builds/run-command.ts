import { EngineError, engineError } from "@dryharbor/sdk/port";
import type { BuildStep } from "../../core/builds/build-request.js";
import type { Container } from "../../core/containers/container.js";
import { emitContainerEvent } from "../../core/containers/events.js";
import type { Session } from "../session.js";

/** The error of a command that has ended badly: its code is told beside the message. */
export class CommandError extends EngineError {
  constructor(
    message: string,
    readonly code: number,
  ) {
    super(500, message);
  }
}

/**
 * Runs the command of a RUN in its container, and tells its output as it comes.
 *
 * @throws {CommandError} it has ended with another code than 0; 400 or 500 it could not be started
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
  const decoders = { stdout: new TextDecoder(), stderr: new TextDecoder() };
  const ended = new Promise<void>((resolve) => {
    runtime.streams(container).attach(
      {
        data(stream, data) {
          const text = decoders[stream].decode(data, { stream: true });
          if (text !== "") tell({ stream: stream === "stderr" ? `\u001b[91m${text}\u001b[0m` : text });
        },
        room: () => undefined,
        end: resolve,
      },
      Promise.resolve(),
    );
  });
  const cancel = (): void => runtime.remove(container.id, { force: true, v: true });
  runtime.start(container);
  signal?.addEventListener("abort", cancel, { once: true });
  try {
    await ended;
  } finally {
    signal?.removeEventListener("abort", cancel);
  }
  if (signal?.aborted) throw engineError(500, "build cancelled");
  const code = container.state.exitCode;
  if (code !== 0)
    throw new CommandError(`The command '${words.join(" ")}' returned a non-zero code: ${code}`, code);
}
