// What the real docker of a release has printed on the simulator, kept so that @dryharbor/docker-cli can be compared with
// it where that docker is not. Each scenario is run on a simulator of its own.
import { createHash } from "node:crypto";
import { readFile, writeFile } from "node:fs/promises";
import { fileURLToPath } from "node:url";
import type { ReleaseName } from "@dryharbor/simulator";
import { dockerCli } from "../clients.js";
import { type Job, runJob } from "../job.js";
import type { Scenario } from "../scenario.js";
import type { Step } from "../shell.js";
import { simulatedSide } from "../sides.js";
import { differences } from "../transcript.js";
import type { CliCompared } from "./compare.js";
import { isCompared } from "./lines.js";
import { startOwnCli } from "./own-cli.js";
import { cliFolders, cliScenarios } from "./scenarios.js";

/** A step: standard output, and where they are not empty and 0, standard error and exit code. */
type Kept = [stdout: string, stderr?: string, code?: Step["code"]];

interface KeptScenario {
  /** The scenario's lines, by which a recording is known that is older than they are. */
  readonly lines: string;
  readonly steps: readonly Kept[];
}

type Recording = Readonly<Record<string, KeptScenario>>;

const fileOf = (cli: ReleaseName) =>
  fileURLToPath(new URL(`../../traces/docker-cli/${cli}.json`, import.meta.url));

const linesOf = ({ lines }: Scenario) =>
  createHash("sha256").update(lines.join("\n")).digest("hex").slice(0, 12);

/** How many scenarios are played at once. */
const atOnce = 2;

/** Records what the real docker of a release prints. What is recorded of other scenarios stays. */
export async function recordCli(
  cli: ReleaseName,
  wanted: (scenario: string) => boolean,
  print: (line: string) => void,
): Promise<void> {
  const scenarios = await cliScenarios(cliFolders);
  const before = await readRecording(cli).catch((): Recording => ({}));
  const job = dockerCli(cli, undefined, cli);
  const recorded = new Map<string, KeptScenario>();
  await played(
    scenarios.filter(({ name }) => wanted(name)),
    cli,
    job,
    async (scenario, steps) => {
      print(`recorded ${scenario.folder}/${scenario.name}: ${steps.length} commands`);
      recorded.set(keyOf(scenario), {
        lines: linesOf(scenario),
        steps: steps.map((step) => kept(step, cli)),
      });
    },
  );
  const all = scenarios.flatMap((scenario) => {
    const found = recorded.get(keyOf(scenario)) ?? before[keyOf(scenario)];
    return found ? [[keyOf(scenario), found] as const] : [];
  });
  const lines = all.map(
    ([key, { lines, steps }]) =>
      `${JSON.stringify(key)}:{"lines":"${lines}","steps":[\n${steps.map((step) => JSON.stringify(step)).join(",\n")}\n]}`,
  );
  await writeFile(fileOf(cli), `{\n${lines.join(",\n")}\n}\n`);
}

/** Compares what our command prints with a recording. */
export async function replayCli(
  cli: ReleaseName,
  wanted: (scenario: string) => boolean,
  print: (line: string) => void,
): Promise<CliCompared> {
  const recording = await readRecording(cli);
  const scenarios = (await cliScenarios(cliFolders)).filter(({ name }) => wanted(name));
  for (const scenario of scenarios) {
    if (recording[keyOf(scenario)]?.lines === linesOf(scenario)) continue;
    throw new Error(
      `${keyOf(scenario)} is not as it was recorded: with the docker of ${cli}, run clients/cli/main.ts --record --release ${cli} --scenarios '^${scenario.name}$'`,
    );
  }
  let commands = 0;
  let found = 0;
  const differing = new Set<string>();
  const own = await startOwnCli(cli);
  try {
    const job = { ...dockerCli(cli), programs: [{ name: "docker", command: own.command }] };
    await played(scenarios, cli, job, async (scenario, steps) => {
      const expected = recording[keyOf(scenario)]!.steps.map((step, at) => asStep(step, steps[at]!));
      commands += steps.length;
      for (const { line, text } of differences(expected, steps)) {
        if (!isCompared(line, cli)) continue;
        found++;
        differing.add(scenario.name);
        print(`\n${cli} as recorded, ${keyOf(scenario)}: $ ${line}\n${text}`);
      }
    });
  } finally {
    await own.close();
  }
  print(`docker CLI ${cli} as recorded: ${commands} commands, ${found} differences`);
  return { commands, differences: found, differing };
}

/** Plays scenarios, each on a simulator that nobody has used, some at once. */
async function played(
  scenarios: readonly (Scenario & { readonly folder: string })[],
  release: ReleaseName,
  job: Job,
  take: (scenario: Scenario & { readonly folder: string }, steps: readonly Step[]) => Promise<void>,
): Promise<void> {
  const waiting = [...scenarios];
  const play = async (): Promise<void> => {
    for (let scenario = waiting.shift(); scenario; scenario = waiting.shift()) {
      const { folder, name } = scenario;
      const side = await simulatedSide(release);
      try {
        const [transcript] = await runJob({ ...job, folder }, side, (each) => each === name);
        await take(scenario, transcript!.steps);
      } finally {
        await side.close();
      }
    }
  };
  await Promise.all(Array.from({ length: atOnce }, play));
}

async function readRecording(cli: ReleaseName): Promise<Recording> {
  return JSON.parse(await readFile(fileOf(cli), "utf8")) as Recording;
}

function keyOf({ folder, name }: Scenario & { readonly folder: string }): string {
  return `${folder}/${name}`;
}

/** What is kept of a step: nothing of a line that is not compared. */
function kept({ line, stdout, stderr, code }: Step, cli: ReleaseName): Kept {
  if (!isCompared(line, cli)) return [""];
  if (code !== 0) return [stdout, stderr, code];
  return stderr === "" ? [stdout] : [stdout, stderr];
}

function asStep([stdout, stderr = "", code = 0]: Kept, { line, seconds }: Step): Step {
  return { line, stdout, stderr, code, seconds };
}
