// Reads and writes the traces in `traces/`. Runs against real engines keep traces here, and the replay test
// reads them.

import { createHash } from "node:crypto";
import { mkdir, readdir, readFile, writeFile } from "node:fs/promises";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { gunzipSync, gzipSync } from "node:zlib";
import type { Trace } from "../src/index.js";

/**
 * `recorded`: generated sequences and scenarios. `regressions`: sequences on which simulator and engine once
 * disagreed.
 */
export type Shelf = "recorded" | "regressions";

/** Traces are compressed to a tenth, because an observation repeats much of the one before it. */
const extension = ".json.gz";

const folder = fileURLToPath(new URL("../traces", import.meta.url));

/** Writes a trace into the repository. Its file name is a hash of its commands. */
export async function keepTrace(shelf: Shelf, trace: Trace): Promise<string> {
  const commands = JSON.stringify(trace.steps.map(({ command }) => command));
  const name = createHash("sha256").update(commands).digest("hex").slice(0, 10);
  const directory = join(folder, shelf, trace.release);
  await mkdir(directory, { recursive: true });
  const file = join(directory, `${name}${extension}`);
  await writeFile(file, gzipSync(JSON.stringify(trace), { level: 9 }));
  return file;
}

/** Returns all traces of a shelf, by file name within it. */
export async function keptTraces(shelf: Shelf): Promise<Map<string, Trace>> {
  const traces = new Map<string, Trace>();
  const entries = await readdir(join(folder, shelf), { recursive: true, withFileTypes: true }).catch(
    () => [],
  );
  for (const entry of entries.filter(({ name }) => name.endsWith(extension))) {
    const file = join(entry.parentPath, entry.name);
    traces.set(
      file.slice(folder.length + 1),
      JSON.parse(gunzipSync(await readFile(file)).toString()) as Trace,
    );
  }
  return traces;
}
