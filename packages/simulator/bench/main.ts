// pnpm bench [-- --engine TARGET] [--release RELEASE]: what the simulator costs, and a real engine beside it.
import { execFileSync } from "node:child_process";
import { fileURLToPath } from "node:url";
import { parseArgs } from "node:util";
import { openEngine } from "@dryharbor/sdk";
import { createSimulator, type ReleaseName } from "@dryharbor/simulator";
import { measure, type Timings } from "./measure.js";
import { operations } from "./operations.js";
import { populate } from "./population.js";
import { bytes, duration, markdownTable, ratio } from "./table.js";

const usage = `pnpm bench [-- options]
  --engine TARGET     also measure a real engine, e.g. unix:///var/run/docker.sock
                      (default: DRYHARBOR_BENCH_ENGINE; without it the simulator alone)
  --release RELEASE   the simulator's: 20.10, 26.1 or 28.5 (default)`;

/** How many containers are there while operations are measured. */
const populations = [10, 100, 1_000, 100_000];

const targets = { realEngine: 1000, population: 1.5, bytesPerContainer: 4096 };

interface Heap {
  readonly containers: number;
  readonly bytesPerContainer: number;
  readonly endpoints: number;
  readonly bytesPerFurtherEndpoint: number;
  readonly connectMilliseconds: number;
  readonly heapOfAll: number;
}

async function main(): Promise<void> {
  const { values } = parseArgs({
    // `pnpm bench -- --engine X` hands the `--` on.
    args: process.argv.slice(2).filter((argument) => argument !== "--"),
    options: {
      engine: { type: "string", default: process.env.DRYHARBOR_BENCH_ENGINE ?? "" },
      release: { type: "string" },
      help: { type: "boolean", default: false },
    },
  });
  if (values.help) {
    console.log(usage);
    return;
  }

  const simulated: Timings[] = [];
  for (const population of populations) {
    progress(`simulator with ${population.toLocaleString("en")} containers`);
    simulated.push(await measureSimulator(population, values.release as ReleaseName | undefined));
  }
  let real: Timings | undefined;
  if (values.engine !== "") {
    progress(`real engine at ${values.engine}`);
    await using engine = await openEngine(values.engine);
    real = await measure(engine, { rounds: 3, time: 0, iterations: 5, warmup: false });
  }
  progress("memory");
  const heap = measureHeap();
  progress("");

  console.log(timeTable(simulated, real));
  console.log(
    markdownTable([
      ["memory", "", "target"],
      [
        `heap of a running container with one endpoint, of ${heap.containers.toLocaleString("en")}`,
        bytes(heap.bytesPerContainer),
        `≤ ${bytes(targets.bytesPerContainer)}`,
      ],
      ["heap of a further endpoint", bytes(heap.bytesPerFurtherEndpoint), ""],
      [`heap of ${heap.endpoints.toLocaleString("en")} endpoints in one process`, bytes(heap.heapOfAll), ""],
      ["connecting each of them", duration(heap.connectMilliseconds), ""],
    ]),
  );
}

async function measureSimulator(population: number, release: ReleaseName | undefined): Promise<Timings> {
  await using simulator = createSimulator(release === undefined ? {} : { release });
  await populate(simulator.engine, population);
  return await measure(simulator.engine, { rounds: 5, time: 150, iterations: 100, warmup: true });
}

function measureHeap(): Heap {
  const program = fileURLToPath(new URL("heap.ts", import.meta.url));
  const flags = ["--max-old-space-size=8192", "--import", "tsx"];
  return JSON.parse(execFileSync(process.execPath, [...flags, program], { encoding: "utf8" })) as Heap;
}

function timeTable(simulated: readonly Timings[], real: Timings | undefined): string {
  const few = simulated[populations.indexOf(100)]!;
  const many = simulated.at(-1)!;
  return markdownTable([
    [
      "median of one operation",
      ...populations.map((population) => `${population.toLocaleString("en")} containers`),
      `${populations.at(-1)!.toLocaleString("en")} to 100 (≤ ${targets.population})`,
      ...(real ? ["real engine", `real to simulated (changes: ≥ ${targets.realEngine})`] : []),
    ],
    ...operations.map(({ name }) => [
      name,
      ...simulated.map((timings) => duration(timings.get(name)!)),
      ratio(many.get(name)! / few.get(name)!),
      ...(real ? [duration(real.get(name)!), ratio(real.get(name)! / few.get(name)!)] : []),
    ]),
  ]);
}

function progress(text: string): void {
  if (process.stderr.isTTY) process.stderr.write(`\r\x1b[K${text}`);
  else if (text !== "") process.stderr.write(`${text}\n`);
}

await main();
