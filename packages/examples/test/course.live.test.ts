import { mkdtemp, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { type Engine, openEngine } from "@dryharbor/sdk";
import { releaseNames } from "@dryharbor/simulator";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { images } from "../src/course/course.js";
import { hostOf } from "../src/course/host.js";
import { openShell, type Shell } from "../src/transcript/at-docker.js";
import { recordOnSimulator } from "../src/transcript/on-simulator.js";
import { asText, comparable, record, type Transcript } from "../src/transcript/transcript.js";

const targets = (process.env.DRYHARBOR_ENGINES ?? "").split(",").filter(Boolean);

describe.concurrent.each(targets)("the course on the real engine %s", (target) => {
  let engine: Engine;
  let shell: Shell;
  let had: string[];
  let directory: string;
  let real: Transcript;

  beforeAll(async () => {
    engine = await openEngine(target);
    shell = await openShell(target);
    directory = await mkdtemp(join(tmpdir(), "dryharbor-stand-ins-"));
    had = await present(engine);
    if (had.length < images.length) await standIn(shell, directory);
  }, 300_000);
  afterAll(async () => {
    for (const image of images.filter((image) => !had.includes(image))) await engine.images.remove(image);
    await shell.close();
    await engine.close();
    await rm(directory, { recursive: true, force: true });
  });

  it.sequential("prints by the docker command what it prints on the simulator", async () => {
    // In the test, so that what a busy engine was late with is recorded again.
    real = await record({ engine, perform: shell.perform });
    expect(real.failed).toEqual([]);
    const { Version } = await engine.system.version();
    const release = releaseNames.find((name) => Version.startsWith(`${name}.`));
    const played = await inTurn(() => recordOnSimulator(release));
    expect(played.failed).toEqual([]);
    expect(comparable(asText(played))).toBe(comparable(asText(real)));
  });

  it.sequential("prints by the docker command in TypeScript what it prints by the real one", async ({
    skip,
  }) => {
    const { stdout: version } = await shell.run("docker version --format '{{.Client.Version}}'");
    const [major] = version.split(".");
    const release = releaseNames.find((name) => `${name}.`.startsWith(`${major}.`));
    if (release === undefined) skip(`the real docker is of ${version.trim()}, of which ours is not`);
    const fetchPage = async (url: string) => {
      const { stdout } = await shell.run(`curl ${new URL(url).host}`);
      return { text: async () => stdout };
    };
    await using host = hostOf(await openEngine(target), fetchPage, release);
    const ours = await record(host);
    expect(ours.failed).toEqual([]);
    expect(comparable(asText(ours))).toBe(comparable(asText(real)));
  });
});

let lastTurn: Promise<unknown> = Promise.resolve();

/** Simulated engines publish the course's port on this machine, where one at a time can have it. */
function inTurn<T>(work: () => Promise<T>): Promise<T> {
  const turn = lastTurn.then(work, work);
  lastTurn = turn;
  return turn;
}

/** The images of the course that the engine has. */
async function present(engine: Engine): Promise<string[]> {
  const tags = (await engine.images.list()).flatMap(({ RepoTags }) => RepoTags ?? []);
  return images.filter((image) => tags.includes(`${image}:latest`));
}

/** Where no registry can be reached, other images take the names. What they print is the same. */
async function standIn(shell: Shell, directory: string): Promise<void> {
  const script = fileURLToPath(new URL("stand-ins/make.sh", import.meta.url));
  const { exitCode, stderr } = await shell.run(`${script} ${directory}`);
  if (exitCode !== 0) throw new Error(`the images of the course cannot be made: ${stderr}`);
}
