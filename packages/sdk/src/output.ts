import { readableStream } from "./bytes.js";

/** A piece of a process's output. With a TTY, all output arrives as `stdout`. */
export interface OutputChunk {
  stream: "stdout" | "stderr";
  data: Uint8Array;
}

/**
 * The streams of an attached process: iterate to read its output, and write to its standard input. `readable`
 * and `writable` offer the same as web streams.
 *
 * @example
 * const shell = await engine.exec.start(Id);
 * await shell.write("hostname\n");
 * await shell.end();
 * for await (const { stream, data } of shell) process[stream].write(data);
 */
export interface ProcessStream extends AsyncIterable<OutputChunk> {
  /**
   * The output as a web stream. Either read it or iterate, because each piece arrives once. Cancelling it
   * calls {@link close}.
   */
  readonly readable: ReadableStream<OutputChunk>;
  /** Standard input as a web stream. Closing it calls {@link end}. */
  readonly writable: WritableStream<Uint8Array | string>;
  /**
   * Writes to standard input. Does nothing when the process was started without standard input, or has ended.
   */
  write(data: Uint8Array | string): Promise<void>;
  /** Closes standard input and leaves the output open. */
  end(): Promise<void>;
  /** Detaches from the process without ending it. */
  close(): void;
}

/** The whole output of a process as text. */
export interface CollectedOutput {
  stdout: string;
  stderr: string;
}

/** Reads the output of a process to its end, and decodes it as UTF-8. */
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

/**
 * Adds the web streams to a {@link ProcessStream}. Drivers use it. The streams are made at their first use.
 */
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
