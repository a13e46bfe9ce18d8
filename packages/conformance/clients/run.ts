import type { ReleaseName } from "@dryharbor/simulator";
import { jobsFor } from "./clients.js";
import { folderOf, isOf, type Job, runJob, type Transcripts } from "./job.js";
import { readScenarios } from "./scenario.js";
import { prepare, type Side } from "./sides.js";
import { differences } from "./transcript.js";

export interface ClientsRun {
  readonly release: ReleaseName;
  readonly real: Side;
  /** Opens the engine to compare with. It is called for each client. */
  other(job: Job): Promise<Side>;
  /** The clients to run, by name. Default: all. */
  readonly clients?: RegExp;
  readonly scenarios?: (name: string) => boolean;
}

/** What one client printed on the two engines. */
export interface Compared {
  readonly job: Job;
  readonly real: Transcripts;
  readonly differences: number;
}

/** The names of the scenarios that the clients of a release run. */
export async function namesFor(release: ReleaseName): Promise<string[]> {
  const jobs = jobsFor(release);
  const names = jobs.map(async (job) =>
    (await readScenarios(folderOf(job))).flatMap(({ name }) => (isOf(job, name) ? [name] : [])),
  );
  return [...new Set((await Promise.all(names)).flat())].sort();
}

/**
 * How often a differing scenario is repeated. It counts only if it differs every time, because clients race.
 */
const repeats = 2;

/** Runs every client on both engines, one client after another. */
export async function runClients(run: ClientsRun, print: (line: string) => void): Promise<Compared[]> {
  const { release, clients = /./, scenarios: wanted = () => true } = run;
  const results = [];
  for (const job of jobsFor(release).filter(({ client }) => clients.test(client))) {
    if (!(await readScenarios(folderOf(job))).some(({ name }) => wanted(name) && isOf(job, name))) continue;
    const first = await runBoth(job, run, wanted, print);
    let differing = first.differing;
    for (let repeat = 0; repeat < repeats && differing.size > 0; repeat++) {
      print(`again, for it may be chance: ${[...differing.keys()].join(", ")}`);
      const names = differing;
      differing = (await runBoth(job, run, (name) => names.has(name), print)).differing;
    }
    const differences = [...differing.values()].reduce((sum, count) => sum + count, 0);
    results.push({ job, real: first.real, differences });
  }
  // What the last scenario leaves would be in the way of other tests, which want an empty engine.
  if (results.length > 0) await prepare(run.real);
  return results;
}

/** Runs one client on both engines and counts the differing lines of each scenario. */
async function runBoth(
  job: Job,
  run: ClientsRun,
  wanted: (name: string) => boolean,
  print: (line: string) => void,
): Promise<{ real: Transcripts; differing: Map<string, number> }> {
  const { release } = run;
  const began = performance.now();
  const subnet = await prepare(run.real);
  const real = await runJob(job, run.real, wanted);
  const halfway = performance.now();
  const side = await run.other(job);
  let other: Transcripts;
  try {
    await prepare(side, subnet);
    other = await runJob(job, side, wanted);
  } finally {
    await side.close();
  }
  let count = 0;
  const differing = new Map<string, number>();
  for (const [index, { scenario, steps }] of real.entries()) {
    for (const { line, text } of differences(steps, other[index]!.steps)) {
      count++;
      differing.set(scenario, (differing.get(scenario) ?? 0) + 1);
      print(`\n${job.client} on ${release}, ${scenario}: $ ${line}\n${text}`);
    }
  }
  const lines = real.reduce((sum, { steps }) => sum + steps.length, 0);
  const seconds = (from: number, to: number) => `${((to - from) / 1000).toFixed(0)} s`;
  print(
    `clients: ${job.client} on ${release}: ${lines} commands, ${count} differences` +
      ` (${seconds(began, halfway)} and ${seconds(halfway, performance.now())})`,
  );
  return { real, differing };
}
