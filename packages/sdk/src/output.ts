import { readableStream } from "./bytes.js";

/** A piece of what a process wrote. With a TTY everything arrives as `stdout`. */
export interface OutputChunk {
  stream: "stdout" | "stderr";
  data: Uint8Array;
}

/**
 * A process that one is attached to: iterate for its output, write to its standard input. The same as web streams are
 * `readable` and `writable`.
 *
 * @example
 * const shell = await engine.exec.start(Id);
 * await shell.write("hostname\n");
 * await shell.end();
 * for await (const { stream, data } of shell) process[stream].write(data);
 */
export interface ProcessStream extends AsyncIterable<OutputChunk> {
  /** The output as a web stream. Read this or iterate: each piece comes once. Cancelling it is {@link close}. */
  readonly readable: ReadableStream<OutputChunk>;
  /** Standard input as a web stream. Closing it is {@link end}. */
  readonly writable: WritableStream<Uint8Array | string>;
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

/** Adds the web streams to a {@link ProcessStream}: for drivers. They are made when somebody asks for them. */
export function withWebStreams(process: Omit<ProcessStream, "readable" | "writable">): ProcessStream {
  let readable: ReadableStream<OutputChunk> | undefined;
  let writable: WritableStream<Uint8Array | string> | undefined;
  return Object.defineProperties(process, {
    readable: {
      enumerable: true,
      get: () => {
        readable ??= readableStream(process, process.close);
        return readable;
      },
    },
    writable: {
      enumerable: true,
      get: () => {
        writable ??= new WritableStream<Uint8Array | string>({
          write: (data) => process.write(data),
          close: () => process.end(),
          abort: () => process.end(),
        });
        return writable;
      },
    },
  }) as ProcessStream;
}
