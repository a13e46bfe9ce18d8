// pnpm bench [-- options]: what the simulator costs, and beside it a real engine or another commit.
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { openEngine, UsageError } from "@dryharbor/sdk";
import type { ReleaseName } from "@dryharbor/simulator";
import { readArguments } from "../src/node/command/arguments.js";
import { runAgainst } from "./against.js";
import { measureBrowserSize } from "./browser-size.js";
import { git, NotMeasurable } from "./checkout.js";
import type { Figures } from "./figures.js";
import { measureHttp } from "./http/measure.js";
import { type LabEngine, startLabEngine } from "./lab.js";
import { measure } from "./measure.js";
import { progress } from "./progress.js";
import { packageSectionNames, sectionNames, sectionsOf, withSections } from "./readme.js";
import { measureStart } from "./start.js";
import { measureFaults, measureForks, measureMemory, measureOperations, own } from "./subject.js";
import { measureTraffic } from "./traffic/measure.js";

const parts = ["operations", "memory", "start", "http", "traffic", "faults", "forks"] as const;

/** The parts that need no real engine beside the simulator. */
const alone: ReadonlySet<string> = new Set(["memory", "start", "faults", "forks"]);

const usage = `pnpm bench [-- options]
  --engine TARGET     also measure a real engine, e.g. unix:///var/run/docker.sock, but not over HTTP
                      (default: DRYHARBOR_BENCH_ENGINE; without it the simulator alone)
  --lab RELEASE       also measure a real engine that tools/engine-lab starts for this
  --release RELEASE   the simulator's: 20.10, 26.1 or 28.5 (default)
  --only PART         ${parts.join(", ")}
  --write             write the tables into the READMEs: needs --lab, unless --only leaves one alone that has none
  --against REF       compare with another commit, and fail if something costs 1.3 times as much
  --short             with --against: in a minute or two, without what takes long`;

async function main(): Promise<number> {
  const { values } = readArguments(
    // `pnpm bench -- --engine X` hands the `--` on.
    process.argv.slice(2).filter((argument) => argument !== "--"),
    {
      engine: { type: "string" },
      release: { type: "string" },
      lab: { type: "string" },
      only: { type: "string" },
      write: { type: "boolean" },
      against: { type: "string" },
      short: { type: "boolean" },
      help: { type: "boolean" },
    },
  );
  if (values.help) {
    console.log(usage);
    return 0;
  }
  if (values.against !== undefined) return await compareWith(values.against, values.short ?? false);

  const wanted = parts.filter((part) => values.only === undefined || values.only === part);
  if (wanted.length === 0) throw new UsageError(`--only is one of ${parts.join(", ")}`);
  const besideReal = wanted.some((part) => !alone.has(part));
  if (values.write && besideReal && values.lab === undefined) {
    throw new UsageError("--write needs --lab RELEASE: the README has a real engine beside the simulator");
  }
  const figures = await measureAll(wanted, {
    engine: values.engine ?? process.env.DRYHARBOR_BENCH_ENGINE ?? "",
    lab: values.lab,
    release: values.release as ReleaseName | undefined,
  });
  const sections = sectionsOf(figures);
  console.log([...sections.values()].join("\n"));
  if (values.write) {
    for (const [path, names] of [
      ["../../../README.md", sectionNames],
      ["../README.md", packageSectionNames],
    ] as const) {
      const readme = fileURLToPath(new URL(path, import.meta.url));
      const own = new Map([...sections].filter(([name]) => names.some((each) => each === name)));
      writeFileSync(readme, withSections(readFileSync(readme, "utf8"), own));
    }
  }
  return 0;
}

/** @returns the status to exit with: 1 if a row is over the limit, 2 if there is nothing to compare with */
async function compareWith(reference: string, short: boolean): Promise<number> {
  try {
    return (await runAgainst(reference, short)) ? 0 : 1;
  } catch (error) {
    if (!(error instanceof NotMeasurable)) throw error;
    console.error(`Nothing to compare with: ${error.message}`);
    return 2;
  }
}

async function measureAll(
  wanted: readonly (typeof parts)[number][],
  options: {
    readonly engine: string;
    readonly lab: string | undefined;
    readonly release: ReleaseName | undefined;
  },
): Promise<Figures> {
  const directory = mkdtempSync(join(tmpdir(), "bench-"));
  const needsEngine = wanted.some((part) => !alone.has(part));
  // Declared first, so that it is done last: the engine is stopped by what is in there.
  using _ = { [Symbol.dispose]: () => rmSync(directory, { recursive: true, force: true }) };
  using lab =
    options.lab === undefined || !needsEngine
      ? undefined
      : startLabEngine(options.lab, join(directory, "engine"));
  try {
    return {
      commit: commit(),
      ...(lab && { engine: options.lab! }),
      ...(wanted.includes("operations") && { operations: await operationsFigures(options, lab) }),
      ...(wanted.includes("memory") && { memory: memoryFigures() }),
      ...(wanted.includes("start") && { start: startFigures() }),
      ...(wanted.includes("http") && { http: await httpFigures(lab) }),
      ...(wanted.includes("faults") && { faults: faultFigures() }),
      ...(wanted.includes("forks") && { forks: forkFigures() }),
      ...(wanted.includes("traffic") && { traffic: await trafficFigures(lab) }),
    };
  } finally {
    progress("");
  }
}

async function operationsFigures(
  { engine, release }: { readonly engine: string; readonly release: ReleaseName | undefined },
  lab: LabEngine | undefined,
): Promise<NonNullable<Figures["operations"]>> {
  const measured = (population: number) => {
    progress(`simulator with ${population.toLocaleString("en")} containers`);
    return measureOperations(own, {
      population,
      release,
      rounds: 5,
      time: 150,
      iterations: 100,
      warmup: true,
    });
  };
  const simulated = { few: measured(100), many: measured(100_000) };
  const target = lab ? `unix://${lab.socketPath}` : engine;
  if (target === "") return simulated;
  progress(`real engine at ${target}`);
  await using opened = await openEngine(target);
  return { ...simulated, real: await measure(opened, { rounds: 3, time: 0, iterations: 5, warmup: false }) };
}

function memoryFigures() {
  progress("memory");
  return measureMemory(own, 100_000, 10);
}

function faultFigures() {
  progress("faults");
  return measureFaults(own);
}

function forkFigures() {
  progress("forks");
  return measureForks(own, 10_000);
}

function startFigures() {
  progress("start");
  return { rows: measureStart(own, 20), browser: measureBrowserSize(own) };
}

async function httpFigures(lab: LabEngine | undefined) {
  progress("HTTP");
  return await measureHttp(own, lab);
}

async function trafficFigures(lab: LabEngine | undefined) {
  progress("traffic");
  return await measureTraffic(own, lab);
}

/** What is measured, in words. */
function commit(): string {
  const changed = git("status", "--porcelain") !== "";
  return `${git("rev-parse", "--short", "HEAD")}${changed ? " with changes that are in no commit" : ""}`;
}

try {
  process.exitCode = await main();
} catch (error) {
  if (!(error instanceof UsageError)) throw error;
  console.error(`${error.message}\n\n${usage}`);
  process.exitCode = 2;
}
