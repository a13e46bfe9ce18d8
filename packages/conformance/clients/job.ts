import { chmod, cp, mkdir, mkdtemp, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import type { Fault } from "@dryharbor/simulator";
import { readScenarios, type Scenario } from "./scenario.js";
import { type Place, runLine, type Step } from "./shell.js";
import type { Side } from "./sides.js";
import { normalTranscript } from "./transcript.js";

/** A program of tools/engine-lab or of this machine. */
interface Program {
  /** The name by which scenarios call it. */
  readonly name: string;
  /** The command that it stands for. The arguments of a call are added. */
  readonly command: readonly string[];
}

/** A client and its scenarios, which all run on one engine. */
export interface Job {
  /** The client's name, e.g. `docker CLI 28.5`. */
  readonly client: string;
  /**
   * The folder of its scenarios, beside this file. It is copied for each scenario, so lines can use its
   * files.
   */
  readonly folder: string;
  /** The names of the scenarios to run. Default: all. */
  readonly only?: readonly string[] | undefined;
  readonly environment?: Readonly<Record<string, string>>;
  readonly programs: readonly Program[];
  /** Faults of the simulated side. */
  readonly faults?: readonly Fault[];
}

export function folderOf({ folder }: Job): string {
  return fileURLToPath(new URL(folder, import.meta.url));
}

export function isOf({ only }: Job, scenario: string): boolean {
  return only === undefined || only.includes(scenario);
}

export type Transcripts = readonly { readonly scenario: string; readonly steps: readonly Step[] }[];

/** Runs a job's scenarios one after another: all, or those whose names `wanted` accepts. */
export async function runJob(
  job: Job,
  side: Side,
  wanted: (name: string) => boolean = () => true,
): Promise<Transcripts> {
  const home = await mkdtemp(join(tmpdir(), "dryharbor-clients-"));
  try {
    const bin = join(home, "bin");
    await mkdir(bin);
    for (const { name, command } of job.programs) {
      await writeFile(join(bin, name), `#!/bin/sh\nexec ${command.join(" ")} "$@"\n`);
      await chmod(join(bin, name), 0o755);
    }
    const folder = folderOf(job);
    const transcripts = [];
    for (const { name, lines } of await readScenarios(folder)) {
      if (!wanted(name) || !isOf(job, name)) continue;
      const directory = join(home, name);
      await cp(folder, directory, { recursive: true });
      const environment = {
        ...ownEnvironment(),
        PATH: `${bin}:/usr/local/bin:/usr/bin:/bin`,
        DOCKER_CONFIG: join(home, "config"),
        DOCKER_HOST: side.url,
        SHARED: side.shared,
        LC_ALL: "C.UTF-8",
        TZ: "UTC",
        ...job.environment,
      };
      await rm(side.shared, { recursive: true, force: true });
      await mkdir(side.shared);
      const steps = await runLines(lines, { within: side.within, directory, environment });
      const paths = [side.shared, home, side.dataRoot, side.url.replace(/^unix:\/\//, "")];
      transcripts.push({ scenario: name, steps: normalTranscript(steps, paths) });
    }
    return transcripts;
  } finally {
    for (const folder of [home, side.shared]) await rm(folder, { recursive: true, force: true });
  }
}

async function runLines(lines: Scenario["lines"], place: Place): Promise<Step[]> {
  const steps = [];
  for (const line of lines) steps.push(await runLine(line, place));
  return steps;
}

/** The variables by which the lab finds its roots. */
function ownEnvironment(): Record<string, string> {
  return Object.fromEntries(
    ["HOME", "XDG_CACHE_HOME", "ENGINE_LAB_ROOTS"].flatMap((name) => {
      const value = process.env[name];
      return value === undefined ? [] : [[name, value]];
    }),
  );
}
