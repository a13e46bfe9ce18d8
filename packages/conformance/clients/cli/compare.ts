// Runs the scenarios of the docker CLI twice on equal simulators: by the real docker of a release, and by
// @dryharbor/docker-cli. Both have to print the same.
import { type ChildProcess, spawn } from "node:child_process";
import { once } from "node:events";
import { mkdtemp, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import type { ReleaseName } from "@dryharbor/simulator";
import { dockerCli, labRoot } from "../clients.js";
import { runJob } from "../job.js";
import { readScenarios } from "../scenario.js";
import { simulatedSide } from "../sides.js";
import { differences } from "../transcript.js";

const path = (relative: string) => fileURLToPath(new URL(relative, import.meta.url));

/** Scenarios that make a swarm, which the port reads and does not change. */
const notOverPort = new Set(["swarm"]);

/** Lines that are run and not compared, each with its reason. */
const uncompared: readonly {
  readonly line: RegExp;
  readonly reason: string;
  /** The release that the reason is true of. Default: all. */
  readonly release?: ReleaseName;
}[] = [
  { line: /^docker plugin install /, reason: "the port has no call that installs a plugin" },
  {
    line: /^script .*docker run -it/,
    reason:
      "the small docker of this comparison leaves its terminal as it is; dryharbor's shell has a test of its own",
  },
  {
    line: /else with|\{\{\.Name\)\}\}|\{\{call /,
    reason:
      "Go 1.19, of which 20.10 is built, words three mistakes in templates otherwise; the parser speaks newer Go",
    release: "20.10",
  },
  {
    line: /^docker (images|image ls) --tree/,
    reason:
      "the tree of an engine with a store of content shows each platform's manifest, which ours does not yet",
    release: "29",
  },
  {
    line: /^docker pull -a /,
    reason: "the port's pull asks for `latest` where no tag is named, and the real command for all tags",
    release: "29",
  },
  {
    line: /RegistryConfig/,
    reason:
      "the command of 28.5 sorts the keys of what an engine of 29 has sorted for it, and ours has them in its own order",
    release: "29",
  },
];

/** What a comparison found. */
export interface CliCompared {
  readonly commands: number;
  readonly differences: number;
  /** The scenarios in which something differed. */
  readonly differing: ReadonlySet<string>;
}

/**
 * Compares the two commands of a release.
 *
 * @param folders the folders of scenarios, beside `clients/`
 * @param wanted which scenarios to run
 */
export async function compareCli(
  release: ReleaseName,
  folders: readonly string[],
  wanted: (scenario: string) => boolean,
  print: (line: string) => void,
): Promise<CliCompared> {
  const runs = (name: string) => wanted(name) && !notOverPort.has(name);
  let commands = 0;
  let found = 0;
  const differing = new Set<string>();
  const [own, ...sides] = await Promise.all([
    startOwnCli(labRoot(release)),
    simulatedSide(release),
    simulatedSide(release),
  ]);
  try {
    for (const folder of folders) {
      const job = { ...dockerCli(release), folder };
      const [real, ours] = await Promise.all([
        runJob(job, sides[0], runs),
        runJob({ ...job, programs: [{ name: "docker", command: own.command }] }, sides[1], runs),
      ]);
      for (const [index, { scenario, steps }] of real.entries()) {
        commands += steps.length;
        for (const { line, text } of differences(steps, ours[index]!.steps)) {
          if (uncompared.some((each) => (each.release ?? release) === release && each.line.test(line)))
            continue;
          found++;
          differing.add(scenario);
          print(`\n${release}, ${folder}/${scenario}: $ ${line}\n${text}`);
        }
      }
    }
  } finally {
    await Promise.all([own, ...sides].map((each) => each.close()));
  }
  print(`docker CLI ${labRoot(release)} on ${release}: ${commands} commands, ${found} differences`);
  return { commands, differences: found, differing };
}

/** The names of the scenarios that can be compared, in order. */
export async function scenarioNames(folders: readonly string[]): Promise<string[]> {
  const read = await Promise.all(folders.map((folder) => readScenarios(path(`../${folder}`))));
  return read.flat().flatMap(({ name }) => (notOverPort.has(name) ? [] : [name]));
}

/** Starts the process that has our command in memory. */
async function startOwnCli(release: ReleaseName): Promise<{ command: string[]; close(): Promise<void> }> {
  const folder = await mkdtemp(join(tmpdir(), "dryharbor-cli-"));
  const socket = join(folder, "cli.sock");
  const node = ["--conditions=@dryharbor/source", "--import", "tsx", path("serve.ts"), release, socket];
  const server: ChildProcess = spawn(process.execPath, node, {
    stdio: ["ignore", "pipe", "inherit"],
    cwd: path("."),
  });
  const ended = once(server, "exit");
  await Promise.race([
    once(server.stdout!, "data"),
    ended.then(() => Promise.reject(new Error("the command's process ended before it was ready"))),
  ]);
  return {
    command: ["perl", path("docker.pl"), socket],
    async close() {
      server.kill();
      await ended;
      await rm(folder, { recursive: true, force: true });
    },
  };
}
