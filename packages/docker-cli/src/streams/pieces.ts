// Streams of bytes as a command writes them: to standard output, or into a file.
import { collectBytes } from "@dryharbor/sdk/port";
import { CommandError } from "../command/errors.js";
import type { CommandIo } from "../io.js";

/** The pieces of a stream, as they come. Leaving the loop cancels the stream. */
export async function* piecesOf(stream: ReadableStream<Uint8Array>): AsyncGenerator<Uint8Array> {
  const reader = stream.getReader();
  let isOver = false;
  try {
    for (;;) {
      const { done, value = new Uint8Array() } = await reader.read();
      isOver = done;
      if (done) return;
      yield value;
    }
  } finally {
    if (!isOver) await reader.cancel();
  }
}

/**
 * Writes an archive to standard output, or into the file that `--output` names.
 *
 * @param failed what could not be done where the file cannot be written
 * @throws {CommandError} standard output is a terminal
 */
export async function writeArchive(
  io: CommandIo,
  output: string,
  failed: string,
  open: () => Promise<ReadableStream<Uint8Array>>,
): Promise<void> {
  if (output === "") {
    if (io.isTerminal.stdout) {
      throw new CommandError("cowardly refusing to save to a terminal. Use the -o flag or redirect");
    }
    for await (const piece of piecesOf(await open())) {
      io.stdout(piece);
      await io.caughtUp();
    }
    return;
  }
  const at = output.lastIndexOf("/");
  const directory = at < 0 ? "." : output.slice(0, at) || "/";
  if (!io.files.isDirectory(directory)) {
    throw new CommandError(`${failed}: invalid output path: directory "${directory}" does not exist`);
  }
  io.files.write(output, await collectBytes(await open()), { mode: 0o600 });
}
