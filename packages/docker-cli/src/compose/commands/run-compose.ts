// Runs one command line of compose: its own flags, then the command with its flags.

import type { Command, ProgramSurroundings } from "../../command/command.js";
import { failureOf } from "../../command/dispatch.js";
import type { FlagValues } from "../../command/flags.js";
import { helpOf } from "../../command/help.js";
import { FlagError, parseFlags } from "../../command/parse.js";
import { quoted } from "../../command/quoted.js";
import type { CommandIo } from "../../io.js";
import { type Release, releases } from "../../releases.js";
import type { ComposeContext } from "../actions/context.js";
import { ComposeError } from "../model/error.js";
import type { LoadContext, ProjectOptions } from "../model/load.js";
import { jsonProgress, type Progress, plainProgress, quietProgress } from "../progress/progress.js";
import { terminalProgress } from "../progress/terminal.js";
import { compose, composeCommands, type composeFlags, refusedCommands } from "./compose.js";
import type { ComposeCall, ComposeCommand } from "./compose-command.js";

type ComposeFlags = FlagValues<typeof composeFlags>;

/** Compose is of one release, whatever the engine is. */
const release: Release = releases["28.5"];

/**
 * Runs a command line, without the words `docker compose`.
 * @returns the exit code
 * @example await runCompose(["up", "-d"], { engine, io, root: docker, docker: (words) => runDocker(engine, release, words, io) });
 */
export async function runCompose(
  words: readonly string[],
  surroundings: ProgramSurroundings,
): Promise<number> {
  const { io } = surroundings;
  try {
    return await run(words, surroundings);
  } catch (error) {
    const failure =
      error instanceof ComposeError
        ? error
        : failureOf(error, { host: io.env.DOCKER_HOST || "unix:///var/run/docker.sock" }, io);
    if (failure.message !== "") io.stderr(`${failure.message}\n`);
    return failure.exitCode;
  }
}

const parse = (command: Command, words: readonly string[], interspersed: boolean) => {
  try {
    return parseFlags(command.flags, words, { interspersed, release: releases["28.5"] });
  } catch (error) {
    if (error instanceof FlagError) throw new ComposeError(error.message);
    throw error;
  }
};

async function run(words: readonly string[], surroundings: ProgramSurroundings): Promise<number> {
  const { io, root } = surroundings;
  const top = parse(compose, words, false);
  const flags = top.values as unknown as ComposeFlags;
  const [name, ...rest] = top.arguments;
  const help = (...path: Command[]) => io.stdout(helpOf([root, compose, ...path], release));
  if (flags.version && name === undefined) return run(["version"], surroundings);
  if (top.help || name === undefined || name === "help") {
    help(...composeCommands.filter((each) => each.name === rest[0] && name === "help"));
    return 0;
  }
  const command = composeCommands.find((each) => each.name === name);
  if (!command) {
    const reason = refusedCommands[name];
    if (reason !== undefined) throw new ComposeError(`compose ${name} is not supported here: ${reason}`);
    help();
    throw new ComposeError(`unknown docker command: ${quoted(`compose ${name}`)}`);
  }
  const parsed = parse(command, rest, command.interspersed);
  if (parsed.help) {
    help(command);
    return 0;
  }
  checkArguments(command, parsed.arguments.length);
  if (flags["dry-run"])
    throw new ComposeError("--dry-run is not supported here: undo a command instead, or use a second engine");
  const stop = new AbortController();
  const call: ComposeCall = {
    ...callOf(flags, surroundings),
    flags: parsed.values,
    given: parsed.given,
    arguments: parsed.arguments,
    release,
    signal: stop.signal,
    docker: surroundings.docker,
  };
  return interruptible(command, call, io, stop);
}

function checkArguments({ arguments: { least, most } }: ComposeCommand, count: number): void {
  if (most === 0 && count > 0)
    throw new ComposeError(`unknown command or argument: compose takes no argument here`);
  if (count < least) throw new ComposeError(`requires at least ${least} arg(s), only received ${count}`);
}

/** Ctrl-C ends a command that does not answer it itself, with 130. */
async function interruptible(
  command: ComposeCommand,
  call: ComposeCall,
  io: CommandIo,
  stop: AbortController,
): Promise<number> {
  if (command.ownSignals) return (await command.execute(call)) ?? 0;
  let interrupt: () => void = () => {};
  const interrupted = new Promise<number>((resolve) => {
    interrupt = () => {
      stop.abort();
      resolve(130);
    };
  });
  const ends = ["SIGINT", "SIGTERM"].map((name) => io.onSignal(name, interrupt));
  try {
    const executed = (async () => (await command.execute(call)) ?? 0)();
    // What fails after an interruption is of no interest.
    executed.catch(() => {});
    return await Promise.race([executed, interrupted]);
  } finally {
    for (const end of ends) end();
  }
}

function callOf(
  flags: ComposeFlags,
  { engine, io }: ProgramSurroundings,
): Pick<ComposeCall, "context" | "load" | "options" | "allResources" | "colours"> {
  if (flags.workdir !== "" && flags["project-directory"] !== "") {
    throw new ComposeError(
      'cannot specify DEPRECATED "--workdir" and "--project-directory". Please use only "--project-directory" instead',
    );
  }
  const directory = io.cwd;
  const absolute = (path: string) =>
    path.startsWith("/") ? path : `${directory === "/" ? "" : directory}/${path}`;
  const envFiles = (
    flags["env-file"].length > 0
      ? flags["env-file"]
      : (io.env.COMPOSE_ENV_FILES ?? "").split(",").filter(Boolean)
  ).map(absolute);
  const { progress, colours } = outputOf(flags, io);
  const warn = warnTo(io);
  let version: Promise<readonly [number, number]> | undefined;
  const context: ComposeContext = {
    engine,
    io,
    progress,
    warn,
    envFiles,
    apiVersion() {
      version ??= engine.system.version().then(({ ApiVersion }) => {
        const [major = 1, minor = 0] = ApiVersion.split(".").map(Number);
        return [major, minor] as const;
      });
      return version;
    },
  };
  const load: LoadContext = {
    environment: new Map(Object.entries(io.env)),
    directory,
    warn,
    async read(path) {
      if (!io.files.exists(path) || io.files.isDirectory(path)) return undefined;
      return new TextDecoder().decode(io.files.read(path));
    },
    async readInput() {
      const decoder = new TextDecoder();
      let text = "";
      for await (const piece of io.stdin) text += decoder.decode(piece, { stream: true });
      return text + decoder.decode();
    },
  };
  const options: ProjectOptions = {
    files: flags.file,
    projectName: flags["project-name"],
    projectDirectory: flags["project-directory"] || flags.workdir,
    envFiles,
    profiles: flags.profile,
  };
  return { context, load, options, allResources: flags["all-resources"], colours };
}

/** How progress and colours are shown. @throws {ComposeError} two settings contradict each other. */
function outputOf(flags: ComposeFlags, io: CommandIo): { progress: Progress; colours: boolean } {
  let ansi = flags["no-ansi"] ? "never" : flags.ansi;
  if (io.env.COMPOSE_ANSI && flags.ansi === "auto") ansi = io.env.COMPOSE_ANSI;
  const noColour = (io.env.NO_COLOR ?? "") !== "";
  const colours = !noColour && (ansi === "always" || (ansi === "auto" && io.isTerminal.stdout));
  const mode = flags.progress || io.env.COMPOSE_PROGRESS || "auto";
  const write = (text: string) => io.stderr(text);
  switch (mode) {
    case "auto": {
      const terminal = ansi === "always" || (ansi !== "never" && io.isTerminal.stderr);
      return { progress: terminal ? terminalProgress(io, !noColour) : plainProgress(write), colours };
    }
    case "tty":
      if (ansi === "never") throw new ComposeError("can't use --progress tty while ANSI support is disabled");
      return { progress: terminalProgress(io, !noColour), colours };
    case "plain":
      if (ansi === "always")
        throw new ComposeError("can't use --progress plain while ANSI support is forced");
      return { progress: plainProgress(write), colours };
    case "quiet":
    case "none":
      return { progress: quietProgress, colours };
    case "json":
      return { progress: jsonProgress(write), colours };
    default:
      throw new ComposeError(`unsupported --progress value ${quoted(mode)}`);
  }
}

/** Warnings as compose logs them: with a colour on a terminal, and as pairs of names and values elsewhere. */
function warnTo(io: CommandIo): (message: string) => void {
  const begun = io.now();
  return (message) => {
    if (io.isTerminal.stderr) {
      const seconds = String((io.now() - begun) / 1_000_000_000n).padStart(4, "0");
      io.stderr(`\x1b[33mWARN\x1b[0m[${seconds}] ${message.padEnd(44)} \n`);
      return;
    }
    const time = `${new Date(Number(io.now() / 1_000_000n)).toISOString().slice(0, 19)}Z`;
    const shown = /^[A-Za-z0-9\-._/@^+]+$/.test(message) ? message : quoted(message);
    io.stderr(`time="${time}" level=warning msg=${shown}\n`);
  };
}
