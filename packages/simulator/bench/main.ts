// pnpm bench [-- --engine TARGET] [--release RELEASE]: what the simulator costs, and a real engine beside it.
import { execFileSync } from "node:child_process";
import { fileURLToPath } from "node:url";
import { parseArgs } from "node:util";
import { openEngine } from "@dryharbor/sdk";
import { createSimulator, type ReleaseName } from "@dryharbor/simulator";
import { type HttpTimings, measureHttp } from "./http/measure.js";
import { measure, type Timings } from "./measure.js";
import { operations } from "./operations.js";
import { populate } from "./population.js";
import { bytes, duration, markdownTable, ratio } from "./table.js";

const usage = `pnpm bench [-- options]
  --engine TARGET     also measure a real engine, e.g. unix:///var/run/docker.sock
                      (default: DRYHARBOR_BENCH_ENGINE; without it the simulator alone)
  --release RELEASE   the simulator's: 20.10, 26.1 or 28.5 (default)
  --lab RELEASE       also measure a real engine over HTTP, which tools/engine-lab starts for this
  --only PART         operations or http`;

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
      lab: { type: "string" },
      only: { type: "string" },
      help: { type: "boolean", default: false },
    },
  });
  if (values.help) {
    console.log(usage);
    return;
  }

  if (values.only !== "http") await operationsInProcess(values.engine, values.release as ReleaseName);
  if (values.only === "operations") return;
  progress("HTTP");
  const http = await measureHttp(values.lab);
  progress("");
  console.log(httpTable(http));
}

async function operationsInProcess(target: string, release: ReleaseName | undefined): Promise<void> {
  const simulated: Timings[] = [];
  for (const population of populations) {
    progress(`simulator with ${population.toLocaleString("en")} containers`);
    simulated.push(await measureSimulator(population, release));
  }
  let real: Timings | undefined;
  if (target !== "") {
    progress(`real engine at ${target}`);
    await using engine = await openEngine(target);
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

function httpTable({ inspect, connect, start }: HttpTimings): string {
  const real = (value: number | undefined): string => (value === undefined ? "" : rate(value));
  return markdownTable([
    ["over HTTP", "dryharbor serve", "beside it", "ratio", "target", "real engine", "to it", "target"],
    [
      "GET /networks/{id}, a second",
      rate(inspect.simulated),
      `${rate(inspect.bare)} (bare node:http)`,
      ratio(inspect.simulated / inspect.bare),
      "≥ 0.7",
      real(inspect.real),
      inspect.real === undefined ? "" : ratio(inspect.simulated / inspect.real),
      "",
    ],
    [
      "connect and disconnect, requests a second",
      rate(connect.simulated),
      `${rate(connect.stored)} (with --state)`,
      ratio(connect.stored / connect.simulated),
      "",
      real(connect.real),
      connect.real === undefined ? "" : ratio(connect.simulated / connect.real),
      "≥ 20",
    ],
    [
      "ready after (≤ 250 ms)",
      duration(start.simulated),
      `${duration(start.node)} (node alone)`,
      ratio(start.node / start.simulated),
      "",
      start.real === undefined ? "" : duration(start.real),
      start.real === undefined ? "" : ratio(start.real / start.simulated),
      "≥ 2",
    ],
  ]);
}

function rate(perSecond: number): string {
  return Math.round(perSecond).toLocaleString("en");
}

function progress(text: string): void {
  if (process.stderr.isTTY) process.stderr.write(`\r\x1b[K${text}`);
  else if (text !== "") process.stderr.write(`${text}\n`);
}

await main();
