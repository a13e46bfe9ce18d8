import { FileError, type OpenFile, type ProcessContext } from "@dryharbor/kernel";

/** Opens a file for reading. `-` is standard input. @throws {FileError} The file cannot be opened or read. */
export function inputFile(process: ProcessContext, path: string): AsyncIterable<Uint8Array> {
  if (path === "-") return process.stdin;
  return chunksOf(process, process.open(path));
}

async function* chunksOf(process: ProcessContext, file: OpenFile): AsyncGenerator<Uint8Array> {
  for (;;) {
    const data = await process.read(file, Number.POSITIVE_INFINITY);
    if (!data) return;
    yield data;
  }
}

/** Reads a whole file. `-` is standard input. @throws {FileError} The file cannot be opened or read. */
export async function wholeFile(process: ProcessContext, path: string): Promise<Uint8Array> {
  const chunks: Uint8Array[] = [];
  for await (const chunk of inputFile(process, path)) chunks.push(chunk);
  return joined(chunks);
}

/** Joins pieces of bytes. */
export function joined(chunks: readonly Uint8Array[]): Uint8Array {
  const whole = new Uint8Array(chunks.reduce((sum, { length }) => sum + length, 0));
  let at = 0;
  for (const chunk of chunks) {
    whole.set(chunk, at);
    at += chunk.length;
  }
  return whole;
}

/**
 * Calls `body` for each file of a command, or for standard input when there are none. Returns whether all
 * files could be read.
 *
 * @param failed called for a file that cannot be read, with the text of the error
 */
export async function eachFile(
  process: ProcessContext,
  paths: readonly string[],
  body: (chunks: AsyncIterable<Uint8Array>, path: string) => Promise<void>,
  failed: (path: string, problem: string) => void,
): Promise<boolean> {
  let all = true;
  for (const path of paths.length > 0 ? paths : ["-"]) {
    try {
      await body(inputFile(process, path), path);
    } catch (error) {
      if (!(error instanceof FileError)) throw error;
      failed(path, error.message);
      all = false;
    }
  }
  return all;
}
