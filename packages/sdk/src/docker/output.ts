import { type OutputChunk, type ProcessStream, withWebStreams } from "../output.js";
import type { Answer } from "./connection.js";
import { demultiplex } from "./frames.js";

/** Output with no frames around it: what a terminal shows. */
const raw = "application/vnd.docker.raw-stream";
/** In frames, as said from 26.1 on. */
const multiplexed = "application/vnd.docker.multiplexed-stream";

/** The output in an answer. `hasTerminal` is asked where the answer does not say: 20.10 sends logs without a type. */
export async function output(
  answer: Answer,
  hasTerminal: () => Promise<boolean>,
): Promise<AsyncIterable<OutputChunk>> {
  const type = answer.headers["content-type"];
  if (type === multiplexed) return demultiplex(answer.body);
  if (type === raw) return terminalOutput(answer.body);
  try {
    return (await hasTerminal()) ? terminalOutput(answer.body) : demultiplex(answer.body);
  } catch (error) {
    answer.close();
    throw error;
  }
}

async function* terminalOutput(body: AsyncIterable<Uint8Array>): AsyncGenerator<OutputChunk> {
  for await (const data of body) yield { stream: "stdout", data };
}

/** An answer that is the connection to a process. `takesInput` is asked once, before the first write. */
export function processStream(
  answer: Answer,
  options: { tty: boolean; takesInput: () => Promise<boolean> },
): ProcessStream {
  const { body, input } = answer;
  const chunks = options.tty ? terminalOutput(body) : demultiplex(body);
  let takesInput: Promise<boolean> | undefined;
  return withWebStreams({
    [Symbol.asyncIterator]: () => chunks,
    async write(data) {
      takesInput ??= options.takesInput();
      if (!input || !(await takesInput) || !input.writable) return;
      await new Promise<void>((resolve) => {
        // A process that has ended reads no more, and its output says so.
        input.write(data, () => resolve());
      });
    },
    async end() {
      await new Promise<void>((resolve) => {
        if (input?.writable) input.end(() => resolve());
        else resolve();
      });
    },
    close: () => answer.close(),
  });
}
