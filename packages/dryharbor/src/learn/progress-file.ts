// Where the learner's progress is kept: a file in the configuration directory, as the XDG specification has it.
import { mkdir, readFile, rename, writeFile } from "node:fs/promises";
import { homedir } from "node:os";
import { dirname, isAbsolute, join } from "node:path";
import { noProgress, type Progress, readProgress } from "@dryharbor/lessons";
import { UsageError } from "@dryharbor/sdk/port";

/** The path of the file. */
export function progressFile(env: NodeJS.ProcessEnv = process.env): string {
  const { XDG_CONFIG_HOME: given = "" } = env;
  return join(isAbsolute(given) ? given : join(homedir(), ".config"), "dryharbor", "progress.json");
}

/** Reads the progress. Where there is none, or a file that cannot be read as such, nothing is solved. */
export async function loadProgress(file = progressFile()): Promise<Progress> {
  try {
    return readProgress(JSON.parse(await readFile(file, "utf8")));
  } catch {
    return noProgress;
  }
}

/**
 * Keeps the progress.
 * @throws {UsageError} the file cannot be written
 */
export async function keepProgress(progress: Progress, file = progressFile()): Promise<void> {
  try {
    await mkdir(dirname(file), { recursive: true });
    // A program that is ended in the middle leaves the old file.
    await writeFile(`${file}.new`, `${JSON.stringify(progress, undefined, 2)}\n`);
    await rename(`${file}.new`, file);
  } catch (error) {
    throw new UsageError(`your progress cannot be kept in ${file}: ${(error as NodeJS.ErrnoException).code}`);
  }
}
