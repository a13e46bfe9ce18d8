// How a docker client builds by the engine's classic builder, and shows what the builder tells.
import {
  BuildCommandError,
  type Engine,
  EngineError,
  type ImageBuildOptions,
  type ImageProgress,
} from "@dryharbor/sdk/port";
import { CommandError } from "../../command/errors.js";
import { humanSize } from "../../format/units.js";
import type { CommandIo } from "../../io.js";
import { ProgressDisplay } from "../../progress/progress.js";

/** An image that was built. */
export interface Built {
  readonly id: string;
  /** The last text that the builder told. With `q` it is the id. */
  readonly last: string;
}

/**
 * Sends a context, and shows on standard output what comes of it; with `q` only where something goes wrong.
 *
 * @throws {CommandError} what went wrong after the builder had begun
 * @throws {EngineError} the engine has not begun
 */
export async function buildClassic(
  engine: Engine,
  io: CommandIo,
  archive: Uint8Array,
  options: ImageBuildOptions,
): Promise<Built> {
  const output = new KeptOutput(io, options.q ?? false);
  output.show({ stream: sentNote(archive.length) });
  let id = "";
  let begun = false;
  try {
    await engine.images.build(archive, {
      ...options,
      onProgress(step) {
        begun = true;
        if (typeof step.aux?.ID === "string") id = step.aux.ID;
        output.show(step);
      },
    });
  } catch (error) {
    output.tell();
    // What went wrong after the engine had begun is told without saying who it is from.
    if (error instanceof EngineError && begun) {
      throw new CommandError(error.message, error instanceof BuildCommandError ? error.exitCode : 1);
    }
    throw error;
  }
  return { id, last: output.last };
}

/** What is shown as it comes, or with `--quiet` only where something goes wrong. */
class KeptOutput {
  readonly #display: ProgressDisplay;
  #kept = "";
  /** The text of the last step. */
  last = "";

  constructor(
    readonly io: CommandIo,
    readonly isQuiet: boolean,
  ) {
    const kept = { ...io, stdout: (data: string | Uint8Array) => this.#keep(data) };
    this.#display = new ProgressDisplay(isQuiet ? kept : io, "stdout");
  }

  #keep(data: string | Uint8Array): void {
    this.#kept += typeof data === "string" ? data : new TextDecoder().decode(data);
  }

  show(step: ImageProgress): void {
    this.last = step.stream ?? this.last;
    this.#display.show(step);
  }

  /** Tells on standard error what was kept. */
  tell(): void {
    if (this.isQuiet) this.io.stderr(this.#kept);
  }
}

/** The line about the context. Elsewhere than at a terminal it comes once. */
function sentNote(length: number): string {
  return `Sending build context to Docker daemon ${humanSize(length).padStart(8)}\r\r\n`;
}
