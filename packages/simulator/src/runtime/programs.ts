import { type Program, type ProgramTable, parseSignal } from "@dryharbor/kernel";
import { programAt } from "@dryharbor/kernel/host";
import { inertProgram, loadedImageKit, serviceNames } from "@dryharbor/programs/image";
import type { Container } from "../core/containers/container.js";
import { findCommand, type Launch } from "../core/containers/launch.js";
import type { Daemon } from "../core/daemon.js";

/**
 * Returns the program of a container's first process. In an inert image, a command without a program runs a
 * silent stand-in. In a well-known one that is so for what the image itself brings, unless it would end by itself.
 */
export function firstProgram(
  daemon: Daemon,
  programs: ProgramTable,
  { image, config, ofBuild }: Container,
  launch: Launch,
): Program {
  if (!image?.inert || ofBuild) return launchedProgram(daemon, programs, launch);
  const known = image.like && loadedImageKit().resolveImage(image.like);
  const kit = loadedImageKit();
  const inert = inertProgram(stopSignal(config.StopSignal));
  const standIn = (command: string): Program => {
    if (!known) return inert;
    if (!kit.addsProgram(known, baseName(command))) return missingProgram(command);
    return (process) =>
      kit.endsByItself(known, command, process.argv.slice(1))
        ? missingProgram(command)(process)
        : inert(process);
  };
  return (
    entryPoint(daemon, programs, launch, config.Env ?? [], standIn) ??
    launchedProgram(daemon, programs, launch, standIn(launch.command))
  );
}

/**
 * Returns a program that does what a known image's entry point does: it becomes the program that its arguments name. No
 * shell reads the script, so that the program takes signals from the start. Returns `undefined` for any other command.
 */
function entryPoint(
  daemon: Daemon,
  programs: ProgramTable,
  { files, command, file }: Launch,
  environment: readonly string[],
  standIn: (command: string) => Program,
): Program | undefined {
  const kit = loadedImageKit();
  const script = file === undefined ? undefined : kit.entryPointOf(files, file);
  if (!script) return undefined;
  if (script.text !== undefined) {
    const starter = script.starter === undefined ? undefined : programs.get(script.starter);
    return starter ?? launchedProgram(daemon, programs, { files, command, file });
  }
  return (process) => {
    const find = (name: string): Launch => findCommand(files, name, environment, "");
    const argv = kit.becomes(script, process.argv.slice(1), (name) => isExecutable(find(name)));
    const program = argv
      ? launchedProgram(daemon, programs, find(argv[0]), standIn(argv[0]))
      : launchedProgram(daemon, programs, { files, command, file });
    const { uid, env, cwd } = process;
    const user = argv && uid === 0 ? kit.userOf(script, argv[0], process.files, cwd) : undefined;
    return process.become(program, { argv: argv ?? process.argv, env, cwd, ...(user && { user }) });
  };
}

function isExecutable({ files, file }: Launch): boolean {
  return file !== undefined && files.executable(file) !== undefined;
}

function baseName(path: string): string {
  return path.slice(path.lastIndexOf("/") + 1);
}

/**
 * Returns the program that a launch runs.
 *
 * @param otherwise runs when no program is registered for the command
 */
export function launchedProgram(
  { release }: Daemon,
  programs: ProgramTable,
  { files, command, file }: Launch,
  otherwise = missingProgram(command),
): Program {
  if (file === undefined) return otherwise;
  const { unrunnableExitCode } = release.containers;
  const lookup = { programs, files, unrunnableExitCode, missing: () => otherwise };
  return programAt(lookup, command, file) ?? otherwise;
}

/** Programs of the table that the host does not have: what only images bring, and a second program of one name. */
const ofImages: ReadonlySet<string> = new Set([...serviceNames, "bind-nslookup"]);

/** Returns the names of the programs that the host has. */
export function programsOfHost(programs: ProgramTable): readonly string[] {
  return [...programs.keys()].filter((name) => !ofImages.has(name));
}

function stopSignal(name = ""): string {
  return parseSignal(name) === 0 ? "SIGTERM" : name;
}

/** Returns a program that stands in for an executable file without one: it says so, and exits with 126. */
export function missingProgram(command: string): Program {
  return async ({ stderr }) => {
    stderr(
      `${baseName(command)}: the simulator has no such program; give one to createSimulator({ programs })\n`,
    );
    return 126;
  };
}
