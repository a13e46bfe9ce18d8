import { FileError, type OpenFile, type ProcessContext } from "@dryharbor/kernel";

/** What is in a file, or for `-` comes on standard input. @throws {FileError} it cannot be opened or read */
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

/** Everything at once. @throws {FileError} it cannot be opened or read */
export async function wholeFile(process: ProcessContext, path: string): Promise<Uint8Array> {
  const chunks: Uint8Array[] = [];
  for await (const chunk of inputFile(process, path)) chunks.push(chunk);
  return joined(chunks);
}

function joined(chunks: readonly Uint8Array[]): Uint8Array {
  const whole = new Uint8Array(chunks.reduce((sum, { length }) => sum + length, 0));
  let at = 0;
  for (const chunk of chunks) {
    whole.set(chunk, at);
    at += chunk.length;
  }
  return whole;
}

/**
 * Goes through the files of a command in turn, standard input where there are none, and says which cannot be
 * had; whether all could.
 *
 * @param failed what is wrong with one
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
