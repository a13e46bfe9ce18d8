// Carries out the commands of the course by the real programs: docker and curl, typed into a shell, on whatever
// engine there is.
import { spawn } from "node:child_process";
import { chmod, mkdtemp, readFile, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { delimiter, dirname, join } from "node:path";
import type { Host } from "../course/host.js";
import type { Seen } from "../course/lesson.js";
import { readable, waitsForInput } from "./terminal-text.js";

/** A shell on a Docker host: an engine that `docker` finds, and the name `docker` for the host. */
export interface Shell {
  readonly perform: Host["perform"];
  /** Runs a line that is none of the course. */
  run(line: string): Promise<Seen>;
  close(): Promise<void>;
}

/** Milliseconds for one command. */
const patience = 60_000;

/** Opens a shell whose docker command talks to the engine at `dockerHost`. */
export async function openShell(dockerHost: string): Promise<Shell> {
  const directory = await mkdtemp(join(tmpdir(), "dryharbor-course-"));
  // A learner's host has the name `docker` in its /etc/hosts, and shows no progress of so small a page.
  const curl = [
    "exec",
    ...(await entering(dockerHost)),
    "curl",
    "-sS",
    "--connect-to",
    "docker:3000:127.0.0.1:3000",
  ];
  const path = process.env.PATH ?? "";
  await writeFile(join(directory, "curl"), `#!/bin/sh\nPATH='${path}'\n${curl.join(" ")} "$@"\n`);
  await chmod(join(directory, "curl"), 0o755);
  const environment = {
    PATH: `${directory}${delimiter}${path}`,
    DOCKER_HOST: dockerHost,
    DOCKER_CONFIG: directory,
    DOCKER_CLI_HINTS: "false",
    HOME: directory,
    LC_ALL: "C",
    TERM: "xterm",
  };
  const run = (line: string) => typed(spawnIn(["sh", "-c", line], environment), []);
  return {
    run,
    perform: ({ command, typed: lines }) =>
      lines === undefined
        ? run(command)
        : typed(spawnIn(["script", "-qec", command, "/dev/null"], environment), lines),
    close: () => rm(directory, { recursive: true, force: true }),
  };
}

/** The command that enters the network namespace of an engine of tools/engine-lab, whose ports are open there alone. */
async function entering(dockerHost: string): Promise<string[]> {
  const directory = dirname(dockerHost.replace(/^unix:\/\//, ""));
  const [, , init] = (await readFile(join(directory, "pids"), "utf8").catch(() => "")).split(" ");
  return init === undefined ? [] : ["nsenter", "-t", init, "-n"];
}

function spawnIn([program, ...words]: readonly string[], env: Record<string, string>) {
  return spawn(program!, words, { env, stdio: ["pipe", "pipe", "pipe"], timeout: patience });
}

/** Types the lines at the prompts that a program shows, one at each, and waits for its end. */
function typed(program: ReturnType<typeof spawnIn>, lines: readonly string[]): Promise<Seen> {
  const left = [...lines];
  const output = { stdout: "", stderr: "" };
  program.stderr.setEncoding("utf8").on("data", (text: string) => {
    output.stderr += text;
  });
  program.stdout.setEncoding("utf8").on("data", (text: string) => {
    output.stdout += text;
    const line = waitsForInput(output.stdout) ? left.shift() : undefined;
    if (line !== undefined) program.stdin.write(`${line}\n`);
  });
  // The input of a terminal stays open: `script` takes its end for one of the terminal.
  if (lines.length === 0) program.stdin.end();
  return new Promise((resolve, reject) => {
    program.once("error", reject);
    program.once("close", (code, signal) => {
      program.stdin.destroy();
      if (code === null)
        reject(new Error(`${program.spawnargs.at(-1)} was ended by ${signal}: ${output.stdout}`));
      else resolve({ stdout: readable(output.stdout), stderr: output.stderr, exitCode: code });
    });
  });
}

/** The version of this machine's docker command, e.g. `29.7.2`. */
export async function dockerVersion(): Promise<string> {
  const { stdout } = await typed(
    spawnIn(["docker", "--version"], { PATH: process.env.PATH ?? "", HOME: tmpdir() }),
    [],
  );
  return /version ([\d.]+)/.exec(stdout)?.[1] ?? stdout.trim();
}

/** Which of the programs that the course needs this machine lacks. */
export async function missingPrograms(): Promise<string[]> {
  const programs = ["docker", "curl", "script"];
  const found = await Promise.all(
    programs.map((name) =>
      typed(spawnIn(["sh", "-c", `command -v ${name}`], { PATH: process.env.PATH ?? "" }), []),
    ),
  );
  return programs.filter((_, index) => found[index]!.exitCode !== 0);
}
