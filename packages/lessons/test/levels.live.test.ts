// Every level is played on real engines, by the real docker command: what the lessons teach holds there. Where an engine
// lacks an image, another one takes its name, as `stand-ins.sh` makes it.
import { spawn } from "node:child_process";
import { mkdtemp, readFile, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { dirname, join } from "node:path";
import { fileURLToPath } from "node:url";
import { type Engine, openEngine } from "@dryharbor/sdk";
import { afterAll, afterEach, beforeAll, describe, expect, it } from "vitest";
import { findLevel, levels } from "../src/content/index.js";
import { type Level, levelReleases, type Machine, type Outcome, Session } from "../src/index.js";
import { followSteps, missingOf } from "./play-level.js";

const targets = (process.env.DRYHARBOR_ENGINES ?? "").split(",").filter(Boolean);
const predefined = new Set(["bridge", "host", "none"]);
/** A shell asks the terminal where its cursor is. */
const question = "\x1b[6n";

/**
 * Returns the levels that are played on an engine. All take many minutes, so a seed draws a twelfth of them, others on
 * each engine, and twelve seeds in a row play all.
 */
function drawn(target: string): Level[] {
  const seed = process.env.DRYHARBOR_SEED;
  if (seed === undefined) return [...levels];
  const part = (Number(seed) + 4 * targets.indexOf(target)) % 12;
  return levels.filter((_, index) => index % 12 === part);
}

describe.concurrent.each(targets)("on the real engine %s", (target) => {
  let engine: Engine;
  let directory: string;
  let had: Set<string>;
  let host: Host;

  beforeAll(async () => {
    engine = await openEngine(target);
    directory = await mkdtemp(join(tmpdir(), "dryharbor-lessons-"));
    had = await imagesOf(engine);
    host = await hostOf(target, directory);
    const made = await host.make(`${fileURLToPath(new URL("stand-ins.sh", import.meta.url))} ${directory}`);
    if (made.exitCode !== 0) throw new Error(`the images of the lessons cannot be made: ${made.stderr}`);
  }, 300_000);
  afterEach(() => clear(engine), 300_000);
  afterAll(async () => {
    for (const image of await imagesOf(engine))
      if (!had.has(image)) await engine.images.remove(image, { force: true });
    await engine.close();
    await rm(directory, { recursive: true, force: true });
  }, 300_000);

  it.sequential.for(drawn(target))(
    "$id goes as it says, and is solved by its steps",
    async (level, { skip }) => {
      const { Version } = await engine.system.version();
      const release = levelReleases.find((name) => Version.startsWith(`${name}.`));
      if (release && !level.releases.includes(release)) skip(`it is for ${level.releases.join(", ")}`);
      // The session must not close the engine, which all levels share.
      const machine: Machine = { engine, run: host.run, close: async () => undefined };
      const session = await Session.open({ level, open: () => machine, find: findLevel, patience: 10_000 });
      expect(await missingOf(session)).not.toEqual([]);
      expect(await followSteps(session)).toEqual([]);
      expect(await missingOf(session)).toEqual([]);
    },
  );
});

/** A shell on the engine's host. */
interface Host {
  readonly run: Machine["run"];
  /** Runs a command on this machine's own network, since images are made of Debian's packages. */
  make(command: string): Promise<Outcome>;
}

/** A shell whose docker command talks to the engine, and whose other programs are on the engine's network. */
async function hostOf(target: string, directory: string): Promise<Host> {
  // An engine of tools/engine-lab has a network namespace of its own.
  const lab = dirname(target.replace(/^unix:\/\//, ""));
  const [, , init] = (await readFile(join(lab, "pids"), "utf8").catch(() => "")).split(" ");
  const entering = init === undefined ? [] : ["nsenter", "-t", init, "-n"];
  const env = {
    PATH: process.env.PATH ?? "",
    DOCKER_HOST: target,
    DOCKER_CONFIG: directory,
    DOCKER_CLI_HINTS: "false",
    HOME: directory,
    LC_ALL: "C",
    TERM: "xterm",
  };
  // The course's host has the name docker.
  const curl = 'curl() { command curl -sS --connect-to docker:3000:127.0.0.1:3000 "$@"; }; ';
  return {
    make: (command) => typing(spawnIn(["bash", "-c", command], env), []),
    run: (command, typed) =>
      typed
        ? typing(spawnIn([...entering, "script", "-qec", command, "/dev/null"], env), typed)
        : typing(spawnIn([...entering, "bash", "-c", `${curl}${command}`], env), []),
  };
}

function spawnIn([program, ...words]: readonly string[], env: Record<string, string>) {
  return spawn(program!, words, { env, stdio: ["pipe", "pipe", "pipe"], timeout: 120_000 });
}

/** Types the lines at the prompts that a program shows, and waits for its end. */
function typing(program: ReturnType<typeof spawnIn>, lines: readonly string[]): Promise<Outcome> {
  const left = [...lines];
  const output = { stdout: "", stderr: "" };
  program.stderr.setEncoding("utf8").on("data", (text: string) => {
    output.stderr += text;
  });
  program.stdout.setEncoding("utf8").on("data", (text: string) => {
    output.stdout += text;
    const line = /[#$] $/.test(output.stdout.replaceAll(question, "")) ? left.shift() : undefined;
    if (line !== undefined) program.stdin.write(`${line}\n`);
  });
  if (lines.length === 0) program.stdin.end();
  return new Promise((resolve, reject) => {
    program.once("error", reject);
    program.once("close", (code) => {
      program.stdin.destroy();
      resolve({ exitCode: code ?? 255, stdout: output.stdout.replaceAll("\r", ""), stderr: output.stderr });
    });
  });
}

async function imagesOf(engine: Engine): Promise<Set<string>> {
  return new Set((await engine.images.list()).flatMap(({ RepoTags }) => RepoTags ?? []));
}

/** Removes the containers and networks of a level: the engine was empty. */
async function clear(engine: Engine): Promise<void> {
  for (const { Id } of await engine.containers.list({ all: true })) {
    await engine.containers.remove(Id, { force: true, v: true });
  }
  for (const { Id, Name } of await engine.networks.list())
    if (!predefined.has(Name)) await engine.networks.remove(Id);
}
