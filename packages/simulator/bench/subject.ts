import { execFileSync } from "node:child_process";
import { readFileSync } from "node:fs";
import { join } from "node:path";
import { fileURLToPath, pathToFileURL } from "node:url";
import type { ReleaseName } from "@dryharbor/simulator";
import type { FaultFigures } from "./faults.js";
import type { ForkFigures } from "./forks.js";
import type { Budget } from "./measure.js";
import { type Rows, rowsOf } from "./rows.js";

/** A built simulator that is measured: the directory of its package, which may be another commit's. */
export interface Subject {
  readonly directory: string;
}

/** The simulator of this checkout. */
export const own: Subject = { directory: fileURLToPath(new URL("..", import.meta.url)) };

/** The URL of what `import "@dryharbor/simulator"` loads. */
export function entryOf({ directory }: Subject): string {
  const { exports } = JSON.parse(readFileSync(join(directory, "package.json"), "utf8")) as {
    exports: { ".": { import: { default: string } } };
  };
  return pathToFileURL(join(directory, exports["."].import.default)).href;
}

export interface OperationsOptions extends Budget {
  /** How many containers there are beside those that are worked on. */
  readonly population: number;
  readonly release: ReleaseName | undefined;
}

/** Each operation's time, measured in a process of its own. One that the subject cannot do is left out. */
export function measureOperations(subject: Subject, options: OperationsOptions): Rows {
  const timings = runProgram("operations-program.ts", entryOf(subject), JSON.stringify(options));
  return rowsOf(
    (timings as [string, number][]).map(([name, value]) => ({ name, value, unit: "milliseconds" })),
  );
}

/** What {@link measureMemory} finds. */
export interface Memory {
  readonly containers: number;
  readonly bytesPerContainer: number;
  readonly endpoints: number;
  readonly bytesPerFurtherEndpoint: number;
  readonly connectMilliseconds: number;
  readonly heapOfAll: number;
}

/** What running containers cost of the heap, and further endpoints of each. */
export function measureMemory(subject: Subject, containers: number, networks: number): Memory {
  return runProgram("memory-program.ts", entryOf(subject), String(containers), String(networks)) as Memory;
}

/** What faults cost those who have none. */
export function measureFaults(subject: Subject): FaultFigures {
  return runProgram("faults-program.ts", entryOf(subject)) as FaultFigures;
}

/** What forks cost, with so many containers. */
export function measureForks(subject: Subject, containers: number): ForkFigures {
  return runProgram("forks-program.ts", entryOf(subject), String(containers)) as ForkFigures;
}

/** Runs one of the programs here in a process of its own, and reads the JSON that it prints. */
function runProgram(file: string, ...args: string[]): unknown {
  const program = fileURLToPath(new URL(file, import.meta.url));
  const flags = ["--max-old-space-size=8192", "--import", import.meta.resolve("tsx")];
  return JSON.parse(execFileSync(process.execPath, [...flags, program, ...args], { encoding: "utf8" }));
}
