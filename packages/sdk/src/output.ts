/** A piece of what a process wrote. With a TTY everything arrives as `stdout`. */
export interface OutputChunk {
  stream: "stdout" | "stderr";
  data: Uint8Array;
}

/** A process that one is attached to: iterate for its output, write to its standard input. */
export interface ProcessStream extends AsyncIterable<OutputChunk> {
  /** Writes to standard input. A no-op where the process was started without it, or has ended. */
  write(data: Uint8Array | string): Promise<void>;
  /** Closes standard input and leaves the output open. */
  end(): Promise<void>;
  /** Lets go of the process without ending it. */
  close(): void;
}

/** All that a process wrote, per stream and as text. */
export interface CollectedOutput {
  stdout: string;
  stderr: string;
}

/** Reads a stream of output to its end. */
export async function collectOutput(chunks: AsyncIterable<OutputChunk>): Promise<CollectedOutput> {
  const decoders = { stdout: new TextDecoder(), stderr: new TextDecoder() };
  const text: CollectedOutput = { stdout: "", stderr: "" };
  for await (const { stream, data } of chunks) {
    text[stream] += decoders[stream].decode(data, { stream: true });
  }
  text.stdout += decoders.stdout.decode();
  text.stderr += decoders.stderr.decode();
  return text;
}
