// Runs the scenarios of the docker CLI twice on equal simulators: by the real docker of a release, and by
// @dryharbor/docker-cli. Both have to print the same.
import type { ReleaseName } from "@dryharbor/simulator";
import { dockerCli, labRoot } from "../clients.js";
import { runJob } from "../job.js";
import { simulatedSide } from "../sides.js";
import { differences } from "../transcript.js";
import { isCompared } from "./lines.js";
import { startOwnCli } from "./own-cli.js";
import { isOverPort } from "./scenarios.js";

/** Which comparison is made. */
export interface CliComparison {
  /** The release of the simulators. */
  readonly release: ReleaseName;
  /** The release of the two commands. Default: the one that this machine has for `release`. */
  readonly cli?: ReleaseName | undefined;
  /** The folders of scenarios, beside `clients/`. */
  readonly folders: readonly string[];
  /** Which scenarios to run. */
  wanted(scenario: string): boolean;
}

/** What a comparison found. */
export interface CliCompared {
  readonly commands: number;
  readonly differences: number;
  /** The scenarios in which something differed. */
  readonly differing: ReadonlySet<string>;
}

/** Compares the two commands of a release. */
export async function compareCli(
  { release, cli = labRoot(release), folders, wanted }: CliComparison,
  print: (line: string) => void,
): Promise<CliCompared> {
  const runs = (name: string) => wanted(name) && isOverPort(name);
  let commands = 0;
  let found = 0;
  const differing = new Set<string>();
  const [own, ...sides] = await Promise.all([
    startOwnCli(cli),
    simulatedSide(release),
    simulatedSide(release),
  ]);
  try {
    for (const folder of folders) {
      const job = { ...dockerCli(release, undefined, cli), folder };
      const [real, ours] = await Promise.all([
        runJob(job, sides[0], runs),
        runJob({ ...job, programs: [{ name: "docker", command: own.command }] }, sides[1], runs),
      ]);
      for (const [index, { scenario, steps }] of real.entries()) {
        commands += steps.length;
        for (const { line, text } of differences(steps, ours[index]!.steps)) {
          if (!isCompared(line, cli)) continue;
          found++;
          differing.add(scenario);
          print(`\n${cli} on ${release}, ${folder}/${scenario}: $ ${line}\n${text}`);
        }
      }
    }
  } finally {
    await Promise.all([own, ...sides].map((each) => each.close()));
  }
  print(`docker CLI ${cli} on ${release}: ${commands} commands, ${found} differences`);
  return { commands, differences: found, differing };
}
