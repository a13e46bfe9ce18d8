// `dockerCommand`: the docker command as a function.
import type { Engine } from "@dryharbor/sdk/port";
import { clientOf, type SimulatedEngine } from "./client.js";
import { dispatch } from "./command/dispatch.js";
import { docker } from "./commands/docker.js";
import { complete } from "./completion/complete.js";
import { bareIo, type CommandIo } from "./io.js";
import { newestRelease, releaseOf, releases } from "./releases.js";
import { wordsOf } from "./words.js";

/** Options of {@link dockerCommand}. */
export interface DockerCommandOptions {
  /**
   * Which docker command it is: the one that goes with an engine of this release or version, such as `28.5` or `26.1.5`.
   * Default: the one that goes with this engine.
   */
  readonly release?: string | undefined;
  /** Where time comes from. Default: the machine's clock. */
  readonly time?: Partial<Pick<CommandIo, "now" | "sleep">> | undefined;
}

/** What a command printed, and how it ended. */
export interface CommandResult {
  readonly exitCode: number;
  readonly stdout: string;
  readonly stderr: string;
}

/** Runs one command line. Given words are taken as they are; a text is split as a shell splits simple words. */
export type DockerCommand = (
  command: string | readonly string[],
  io?: Partial<CommandIo>,
) => Promise<CommandResult>;

/**
 * Makes the docker command for an engine: a function that runs one command line, without the word `docker`, and
 * resolves to what it printed. It does not reject: what the engine refuses is printed, and so is a fault of the command
 * itself, in one line with exit code 125. A simulator is asked at the API version that the command speaks. With `DRYHARBOR_DEBUG` in its `env` it prints where that was, too.
 *
 * @example
 * const docker = dockerCommand(createSimulator());
 * await docker("network create backend");
 * const { stdout } = await docker(["network", "ls", "--format", "{{.Name}}"]);
 */
export function dockerCommand(
  asked: Engine | SimulatedEngine,
  { release, time = {} }: DockerCommandOptions = {},
): DockerCommand {
  const engine = clientOf(asked, release);
  let found: Promise<string> | undefined;
  const engineRelease = (): Promise<string> => {
    found ??= release === undefined ? versionOf(engine) : Promise.resolve(release);
    return found;
  };
  return async (command, io = {}) => {
    const collected = { stdout: collector(), stderr: collector() };
    const whole: CommandIo = {
      ...bareIo,
      ...time,
      ...io,
      stdout(data) {
        collected.stdout.add(data);
        io.stdout?.(data);
      },
      stderr(data) {
        collected.stderr.add(data);
        io.stderr?.(data);
      },
    };
    const words = typeof command === "string" ? wordsOf(command) : command;
    const exitCode = await runDocker(engine, await engineRelease(), words, whole);
    return { exitCode, stdout: collected.stdout.text(), stderr: collected.stderr.text() };
  };
}

/**
 * Runs one command line without keeping what it prints.
 *
 * @param release which docker command it is: the one that goes with an engine of this release or version
 * @returns the exit code
 */
export function runDocker(
  engine: Engine,
  release: string,
  words: readonly string[],
  io: CommandIo,
): Promise<number> {
  return dispatch(docker, words, { engine, io, release: releases[releaseOf(release)] });
}

/**
 * Returns what the last word of a command line may become, for a Tab key: commands, flags, and the names of containers,
 * images, networks and volumes.
 *
 * @param release which docker command it is: the one that goes with an engine of this release or version
 * @param words the words behind `docker`, up to the cursor. The last one may be empty
 * @returns whole words in order; `undefined` where the name of a file is wanted
 *
 * @example await completeDocker(engine, "28.5", ["network", "inspect", "br"]); // ["bridge"]
 */
export function completeDocker(
  engine: Engine,
  release: string,
  words: readonly string[],
): Promise<readonly string[] | undefined> {
  return complete(docker, words, releases[releaseOf(release)], engine);
}

/** The version of an engine, by which its docker command is known; the newest one's where it does not answer. */
export async function versionOf(engine: Engine): Promise<string> {
  try {
    return (await engine.system.version()).Version;
  } catch {
    return newestRelease;
  }
}

function collector(): { add(data: string | Uint8Array): void; text(): string } {
  const decoder = new TextDecoder();
  let text = "";
  return {
    add(data) {
      text += typeof data === "string" ? decoder.decode() + data : decoder.decode(data, { stream: true });
    },
    text: () => text + decoder.decode(),
  };
}
