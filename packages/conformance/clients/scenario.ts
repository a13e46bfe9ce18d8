import { readdir, readFile } from "node:fs/promises";
import { join } from "node:path";

/** Shell lines that belong together, from a file with one on each line. `#` begins a comment. */
export interface Scenario {
  readonly name: string;
  readonly lines: readonly string[];
}

export async function readScenarios(folder: string): Promise<Scenario[]> {
  const files = (await readdir(folder)).filter((file) => file.endsWith(".txt")).sort();
  return Promise.all(
    files.map(async (file) => {
      const lines = (await readFile(join(folder, file), "utf8")).split("\n");
      return {
        name: file.replace(/\.txt$/, ""),
        lines: lines.filter((line) => line.trim() !== "" && !line.startsWith("#")),
      };
    }),
  );
}
