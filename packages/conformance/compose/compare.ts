// Runs commands of compose twice on equal simulators: by the real compose 2.40, and by @dryharbor/docker-cli. Both have
// to print the same, and to leave the same behind.
import { mkdir, mkdtemp, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { dirname, join } from "node:path";
import { dockerCommand } from "@dryharbor/docker-cli";
import { createSimulator, type ReleaseName, type Simulator } from "@dryharbor/simulator";
import { serve } from "@dryharbor/simulator/node";
import { machineFiles } from "../clients/cli/machine-files.js";
import { type Printed, realCompose } from "./real-compose.js";
import { stateOf } from "./state.js";

/** Files, and what is done with them. */
export interface ComposeCase {
  readonly files: Readonly<Record<string, string>>;
  /** Command lines without `docker compose`; `docker …` is done on both engines; `write FILE` takes it from `later`. */
  readonly commands: readonly string[];
  /** Files that a command writes. */
  readonly later?: Readonly<Record<string, string>>;
  readonly environment?: Readonly<Record<string, string>>;
  readonly release?: ReleaseName;
}

/** One way in which the two differ. */
export interface Difference {
  readonly command: string;
  readonly what: "exit code" | "stdout" | "stderr" | "state";
  readonly real: unknown;
  readonly ours: unknown;
}

/** Runs a case on both. Returns all differences, with the command after which each was seen. */
export async function compareCase(one: ComposeCase): Promise<Difference[]> {
  const base = await mkdtemp(join(tmpdir(), "compose-"));
  const folder = join(base, "shop");
  const [real, ours] = [simulatorOf(one), simulatorOf(one)];
  const served = await serve(real, { host: `unix://${join(base, "docker.sock")}` });
  try {
    await writeFiles(folder, one.files);
    const environment = {
      HOME: base,
      PATH: process.env.PATH ?? "",
      OUTER: "from outside",
      ...one.environment,
    };
    const found: Difference[] = [];
    const docker = dockerCommand(ours.engine);
    for (const command of one.commands) {
      if (command.startsWith("write ")) {
        const file = command.slice("write ".length);
        await writeFiles(folder, { [file]: one.later?.[file] ?? "" });
        continue;
      }
      if (command.startsWith("docker ")) {
        for (const { engine } of [real, ours]) await dockerCommand(engine)(command.slice("docker ".length));
        continue;
      }
      const words = command.split(" ");
      const [theirs, mine] = await Promise.all([
        realCompose(words, folder, { ...environment, DOCKER_HOST: served.host }),
        docker(["compose", ...words], { cwd: folder, files: machineFiles(folder), env: environment }),
      ]);
      found.push(...printedDifferently(command, theirs, mine));
      const states = await Promise.all([stateOf(real.engine), stateOf(ours.engine)]);
      for (const [place, pair] of unequal(states[0], states[1])) {
        found.push({ command: `${command}: ${place}`, what: "state", real: pair[0], ours: pair[1] });
      }
    }
    return found;
  } finally {
    await served.close();
    await rm(base, { recursive: true, force: true });
  }
}

const simulatorOf = ({ release = "28.5" }: ComposeCase): Simulator => createSimulator({ release });

async function writeFiles(folder: string, files: Readonly<Record<string, string>>): Promise<void> {
  for (const [name, content] of Object.entries(files)) {
    const path = join(folder, name);
    await mkdir(dirname(path), { recursive: true });
    await writeFile(path, content);
  }
}

function printedDifferently(command: string, real: Printed, ours: Printed): Difference[] {
  const found: Difference[] = [];
  const compare = (what: Difference["what"], a: unknown, b: unknown) => {
    if (JSON.stringify(a) !== JSON.stringify(b)) found.push({ command, what, real: a, ours: b });
  };
  compare("exit code", real.exitCode, ours.exitCode);
  compare("stdout", linesOf(real.stdout), linesOf(ours.stdout));
  compare("stderr", linesOf(real.stderr), linesOf(ours.stderr));
  return found;
}

/**
 * Lines in no order, since compose does much at the same time; ids, times and chosen addresses as symbols. So is how much
 * of a context is sent: compose compresses it as Go does.
 */
const linesOf = (text: string): string[] =>
  text
    .replace(/time="[^"]*"/g, "time")
    .replace(/^[0-9a-f]{64}$/gm, "<id>")
    .replace(/(?<=^ ---> (Running in )?|^Successfully built |intermediate container )[0-9a-f]{12}$/gm, "<id>")
    .replace(/(?<=^Sending build context to Docker daemon +)\S+/gm, "<size>")
    .replace(/(?<=-run-)[0-9a-f]{12}\b/g, "<random>")
    .replace(/"ID":"[0-9a-f]{12}"/g, '"ID":"<id>"')
    .replace(/"CreatedAt":"[^"]*"/g, '"CreatedAt":"<time>"')
    .replace(
      /"(Labels|Networks|Mounts)":"([^"]*)"/g,
      (_, key: string, list: string) => `"${key}":"${list.split(",").sort().join(",")}"`,
    )
    .replace(/(Less than a second|\d+ seconds?)( ago)?/g, "<age>")
    .split("\n")
    .map((line) => line.replace(/ +/g, " "))
    .sort();

/** The places at which two states differ. */
function unequal(a: unknown, b: unknown, path = ""): [string, [unknown, unknown]][] {
  if (JSON.stringify(a) === JSON.stringify(b)) return [];
  const isObject = (value: unknown): value is Record<string, unknown> =>
    typeof value === "object" && value !== null && !Array.isArray(value);
  if (!isObject(a) || !isObject(b)) return [[path, [a, b]]];
  return [...new Set([...Object.keys(a), ...Object.keys(b)])].flatMap((key) =>
    unequal(a[key], b[key], path ? `${path}.${key}` : key),
  );
}
