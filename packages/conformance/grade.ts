// `grade`: grades any engine by what real ones showed, and by a simulator of a release.
import { writeFile } from "node:fs/promises";
import { openEngine } from "@dryharbor/sdk";
import { type Engine, UsageError } from "@dryharbor/sdk/port";
import { createSimulator, type ReleaseName, releaseNames } from "@dryharbor/simulator";
import { readArguments } from "@dryharbor/simulator/command";
import { labSimulator } from "./lab/simulator.js";
import { keptTraces } from "./lab/traces.js";
import { disposable, type Grade, grade, gradeAsHtml, gradeAsMarkdown, standing } from "./src/index.js";

const usage = `grade: how far an engine agrees with a release of Docker

  grade --engine unix:///var/run/docker.sock --as 28.5
  grade --engine unix:///run/podman/podman.sock --as 28.5 --report podman.html

  --engine URL       the engine, which must be empty but for the image busybox:latest: the commands remove
                     whatever they find
  --as RELEASE       the release to compare with: ${releaseNames.join(", ")}
  --report FILE      write a report, too, by its ending: .html, .md or .json; may be given several times
  --traces N         the number of recorded traces (all)
  --commands N       the number of generated commands (500)
  --seed N           the seed of the generator (1)
  --shrink SECONDS   how long to look for shorter scripts, for all kinds of disagreement together (60)
  --lab              the engine is one of tools/engine-lab, whose host and DNS servers are known

Compares with recorded traces of a real engine of that release, then with the simulator. Ends with 1 where the
engine does not agree in all.`;

const options = {
  engine: { type: "string" },
  as: { type: "string" },
  report: { type: "string", multiple: true },
  traces: { type: "string" },
  commands: { type: "string" },
  seed: { type: "string" },
  shrink: { type: "string" },
  lab: { type: "boolean" },
  help: { type: "boolean", short: "h" },
} as const;

/** Grades an engine. @returns the exit code: 1 where it does not agree in all */
export async function gradeCommand(args: readonly string[]): Promise<number> {
  const { values, positionals } = readArguments(args, options);
  if (values.help) {
    console.log(usage);
    return 0;
  }
  if (positionals.length > 0)
    throw new UsageError(`grade takes options only, not "${positionals[0]}": see grade --help`);
  if (values.engine === undefined || values.as === undefined)
    throw new UsageError(
      "grade needs an engine and a release, as in: grade --engine unix:///var/run/docker.sock --as 28.5",
    );
  const release = releaseNames.find((name) => name === values.as);
  if (!release)
    throw new UsageError(`there is no release "${values.as}": choose one of ${releaseNames.join(", ")}`);
  const reports = (values.report ?? []).map((file) => ({ file, write: writerOf(file) }));
  const [most, commands, seed, shrink] = [
    numberOf("--traces", values.traces, Number.MAX_SAFE_INTEGER),
    numberOf("--commands", values.commands, 500),
    numberOf("--seed", values.seed, 1),
    numberOf("--shrink", values.shrink, 60),
  ];

  await using engine = await openEngine(values.engine);
  const subject = await standing(engine);
  const { Version, Components } = await engine.system.version();
  const name = `${Components.find((each) => /podman/i.test(each.Name)) ? "Podman" : "the engine"} ${Version}`;
  const traces = [...(await keptTraces("recorded")).values()]
    .filter((trace) => trace.release === release)
    .slice(0, most);
  const result = await grade({
    subject,
    traces,
    reference: values.lab ? disposable(() => labSimulator(release)) : await likeOf(engine, release),
    ...(!values.lab && { leaveOut: isOfLab }),
    commands,
    seed,
    shrinkMilliseconds: shrink * 1000,
    onProgress: (done) => console.error(`${done} commands`),
  });
  const run = `${traces.length} recorded traces, and ${commands} generated commands of seed ${seed}`;
  const heading = { engine: name, release, run };
  for (const { file, write } of reports) await writeFile(file, write(result, heading));
  console.log(table(result));
  return result.agreed === result.comparisons && result.kinds.length === 0 ? 0 : 1;
}

function numberOf(option: string, given: string | undefined, usual: number): number {
  const number = given === undefined ? usual : Number(given);
  if (Number.isSafeInteger(number) && number >= 0) return number;
  throw new UsageError(`${option} takes a whole number, not "${given}"`);
}

type Writer = typeof gradeAsHtml;

function writerOf(file: string): Writer {
  if (file.endsWith(".html")) return gradeAsHtml;
  if (file.endsWith(".md")) return gradeAsMarkdown;
  if (file.endsWith(".json"))
    return (result, heading) => `${JSON.stringify({ ...heading, ...result }, null, 2)}\n`;
  throw new UsageError(`a report ends in .html, .md or .json, and not as ${file}`);
}

/** Simulators with the image that the engine has. */
async function likeOf(engine: Engine, release: ReleaseName) {
  const { Config, Size } = await engine.images.inspect("busybox:latest");
  const image = { config: Config ?? {}, size: Size };
  return disposable(
    () => createSimulator({ release, pull: "deny", images: { "busybox:latest": image } }).engine,
  );
}

/** Whether an entry tells of the lab's own DNS servers, which an engine elsewhere cannot ask. */
function isOfLab(entry: string): boolean {
  return /^dns in .*(\bup\.test\b|192\.0\.2\.53)/.test(entry);
}

function table({ concepts, kinds, comparisons, agreed }: Grade): string {
  const rows = [...concepts, { concept: "all", comparisons, agreed }].map((row) => {
    const share = row.comparisons === 0 ? 100 : Math.floor((1000 * row.agreed) / row.comparisons) / 10;
    const own = kinds.filter(({ concept }) => concept === row.concept || row.concept === "all").length;
    return `${row.concept.padEnd(12)}${`${row.agreed} of ${row.comparisons}`.padStart(18)}${`${share.toFixed(1)} %`.padStart(9)}${`${own} kinds of disagreement`.padStart(30)}`;
  });
  return rows.join("\n");
}
