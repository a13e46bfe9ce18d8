// Finds the command that a line calls, reads its flags, and runs it.
import { ConnectionError, type Engine, EngineError } from "@dryharbor/sdk/port";
import type { CommandIo } from "../io.js";
import { isIn, type Release } from "../releases.js";
import type { Call, Command } from "./command.js";
import { crash } from "./crash.js";
import { CommandError } from "./errors.js";
import { adviceAfter, type Flag, type Flags } from "./flags.js";
import { helpOf } from "./help.js";
import { noContext } from "./no-context.js";
import { FlagError, type Parsed, parseFlags } from "./parse.js";
import { commandAt, findCommand, type Path, pathText } from "./path.js";
import { quoted } from "./quoted.js";
import { Session } from "./session.js";
import { badFlags, checkArguments, unknownCommand } from "./wording.js";

const usualHost = "unix:///var/run/docker.sock";

/** What a line is run with. */
export interface Surroundings {
  readonly engine: Engine;
  readonly io: CommandIo;
  readonly release: Release;
}

/** Runs a command line, without the word `docker`. @returns the exit code */
export async function dispatch(
  root: Command,
  words: readonly string[],
  surroundings: Surroundings,
): Promise<number> {
  const { io } = surroundings;
  // The engine is given; where it is said to be only shows in errors.
  const place = { host: io.env.DOCKER_HOST || usualHost };
  try {
    return await dispatched(root, words, surroundings, place);
  } catch (error) {
    const failure = failureOf(error, { ...place, release: surroundings.release }, io);
    if (failure.message !== "") io.stderr(`${failure.message}\n`);
    return failure.exitCode;
  }
}

/** The text and exit code of an error that ends a command. */
export function failureOf(error: unknown, place: Place, io: CommandIo): CommandError {
  if (error instanceof CommandError) return error;
  if (error instanceof EngineError || error instanceof ConnectionError)
    return new CommandError(messageOf(error, place));
  return crash(error, io);
}

/** Where the engine is, and which docker command cannot reach it. */
interface Place {
  readonly host: string;
  readonly release?: Release;
}

/** What docker says of an error of a call to the engine. */
export function messageOf(error: unknown, place: Place = { host: usualHost }): string {
  if (error instanceof EngineError) return `Error response from daemon: ${error.message}`;
  if (error instanceof ConnectionError) return unreachable(error, place);
  if (error instanceof CommandError) return error.message;
  throw error;
}

/** Since 29 the command tells of a socket that is not there, or that it may not use. */
function unreachable({ cause }: ConnectionError, { host, release }: Place): string {
  const { code } = (cause ?? {}) as { readonly code?: string };
  if (release && isIn(release, { since: "29" })) {
    if (code === "EACCES") return `permission denied while trying to connect to the docker API at ${host}`;
    if (code === "ENOENT") {
      const why = `dial unix ${host.replace(/^unix:\/\//, "")}: connect: no such file or directory`;
      return `failed to connect to the docker API at ${host}; check if the path is correct and if the daemon is running: ${why}`;
    }
  }
  return `Cannot connect to the Docker daemon at ${host}. Is the docker daemon running?`;
}

async function dispatched(
  root: Command,
  words: readonly string[],
  { engine, io, release }: Surroundings,
  place: { host: string },
): Promise<number> {
  // The flags of `docker` itself end at the first word that is none.
  const top: Path = [root];
  const globals = parsedFor(top, words, release, io, false);
  const level = globals.values["log-level"] as string;
  if (globals.help === "-h") warnOfShortHelp(io, release);
  if (!globals.help && !/^(panic|fatal|error|warn|warning|info|debug|trace)?$/i.test(level)) {
    throw new CommandError(`Unable to parse logging level: ${level}`);
  }
  if (globals.help) return print(io, helpOf(top, release));
  if (globals.values.version === true) {
    return print(io, `Docker version ${release.version}, build ${release.commit}\n`);
  }
  place.host = (globals.values.host as readonly string[]).at(-1) ?? place.host;
  const session = new Session(
    engine,
    io,
    release,
    place.host,
    (globals.values.config as string) || io.env.DOCKER_CONFIG || `${io.env.HOME ?? ""}/.docker`,
  );

  let path = top;
  let rest: readonly string[] = globals.arguments;
  if (rest.length === 0)
    return print(io, helpOf(top, release), release.mistakes === "run" ? "stdout" : "stderr");
  if (rest[0] === "help") return helpCommand(root, rest.slice(1), release, io);
  // A group's own flags may come before the word that names its command.
  for (;;) {
    const here = commandAt(path);
    if (!here.commands) break;
    const before = path === top ? undefined : parsedFor(path, rest, release, io, false);
    if (before?.help) return print(io, helpOf(path, release));
    const [word, ...more] = before?.arguments ?? rest;
    if (word === undefined) return print(io, helpOf(path, release), "stderr");
    const next = findCommand(here, release, word);
    if (!next) {
      // What is wrong with the flags behind such a word goes before the word.
      if (parsedFor(path, more, release, io, true).help) return print(io, helpOf(path, release));
      throw unknownCommand(path, release, word);
    }
    path = [...path, next];
    rest = more;
  }

  const command = commandAt(path);
  if (command.program) {
    const docker = (words: readonly string[]) => dispatch(root, words, { engine, io, release });
    return command.program(rest, { engine, io, root, docker });
  }
  command.before?.(io, release);
  const parsed = parsedFor(path, rest, release, io, command.interspersed);
  if (parsed.help) return print(io, helpOf(path, release));
  checkEndpoint(globals.values, session, release);
  await checkVersions(path, parsed, release, session);
  checkArguments(path, release, parsed.arguments.length);
  const call: Call = {
    engine,
    io,
    release,
    flags: parsed.values,
    given: parsed.given,
    arguments: parsed.arguments,
    path: pathText(path),
    session,
  };
  return (await command.run?.(call)) ?? 0;
}

/** Refuses addresses, contexts and certificates that no client could use. @throws {CommandError} */
function checkEndpoint(
  flags: Readonly<Record<string, unknown>>,
  { host, io, configFolder }: Session,
  release: Release,
): void {
  const refuse = (why: string) =>
    new CommandError(
      `${release.name === "20.10" ? "" : "Failed to initialize: "}unable to resolve docker endpoint: ${why}`,
    );
  if ((flags.host as readonly string[]).length > 1) throw refuse("Please specify only one -H");
  const context = flags.context as string;
  if (context !== "" && context !== "default") throw refuse(noContext(release, configFolder, context));
  if (!/^(unix|tcp|npipe|fd|ssh|http|https):\/\//.test(host)) {
    throw refuse(`${release.name === "20.10" ? "I" : "i"}nvalid bind address format: ${host}`);
  }
  const port = host.match(/^tcp:\/\/[^/]*(:[^/:\]]*)$/)?.[1];
  if (port !== undefined && !/^:\d*$/.test(port)) {
    throw refuse(`parse ${quoted(host)}: invalid port ${quoted(port)} after host`);
  }
  if (flags.tls === true || flags.tlsverify === true) {
    const authority = (flags.tlscacert as string) || `${configFolder}/ca.pem`;
    if (!io.files.exists(authority)) throw refuse(`open ${authority}: no such file or directory`);
  }
}

/** Reads the flags of the last command of a path. @throws {CommandError} */
function parsedFor(
  path: Path,
  words: readonly string[],
  release: Release,
  io: CommandIo,
  interspersed: boolean,
): Parsed {
  const flags: Flags = Object.fromEntries(
    Object.entries(commandAt(path).flags).filter(([, flag]) => isIn(release, flag)),
  );
  const advices: string[] = [];
  const onUse = (name: string, flag: Flag<unknown>): void => {
    const advice = adviceAfter(flag, release);
    if (advice !== undefined) advices.push(`Flag --${name} has been deprecated, ${advice}\n`);
  };
  try {
    const parsed = parseFlags(flags, words, { interspersed, release, onUse });
    if (advices.length > 0) io.stdout(advices.join(""));
    // Flags that this release does not have are as if nobody had given them.
    const initial = Object.entries(commandAt(path).flags).map(([name, { initial }]) => [name, initial]);
    return { ...parsed, values: { ...Object.fromEntries(initial), ...parsed.values } };
  } catch (error) {
    if (error instanceof FlagError) throw badFlags(path, release, error.message);
    throw error;
  }
}

/** Refuses commands and flags that the engine is too old for. */
async function checkVersions(path: Path, parsed: Parsed, release: Release, session: Session): Promise<void> {
  const flags = commandAt(path).flags;
  const wanted: [string, string][] = [
    ...path.flatMap(({ api }, depth): [string, string][] =>
      api === undefined ? [] : [[pathText(path.slice(0, depth + 1) as unknown as Path), api]],
    ),
  ];
  const asked = [...parsed.given].flatMap((name): [string, string][] => {
    const api = flags[name]?.api;
    return api === undefined ? [] : [[`"--${name}"`, api]];
  });
  if (wanted.length + asked.length === 0) return;
  const { ApiVersion } = await session.ping();
  const spoken = olderOf(ApiVersion, release.apiVersion);
  const tooNew = ([, api]: [string, string]) => olderOf(api, spoken) !== api && api !== spoken;
  const refused = wanted.find(tooNew);
  if (refused) {
    throw new CommandError(
      `${refused[0]} requires API version ${refused[1]}, but the Docker daemon API version is ${spoken}`,
    );
  }
  const problems = asked
    .filter(tooNew)
    .map(
      ([name, api]) => `${name} requires API version ${api}, but the Docker daemon API version is ${spoken}`,
    );
  if (problems.length > 0) throw new CommandError(problems.join("\n"));
}

/** The older of two API versions. */
export function olderOf(one: string, other: string): string {
  const [a = 0, b = 0] = one.split(".").map(Number);
  const [c = 0, d = 0] = other.split(".").map(Number);
  return a < c || (a === c && b <= d) ? one : other;
}

function helpCommand(root: Command, words: readonly string[], release: Release, io: CommandIo): number {
  let path: Path = [root];
  for (const [at, word] of words.entries()) {
    const next = findCommand(commandAt(path), release, word);
    if (!next) throw new CommandError(`unknown help topic: ${words.slice(at).join(" ")}`);
    path = [...path, next];
  }
  return print(io, helpOf(path, release));
}

function warnOfShortHelp(io: CommandIo, release: Release): void {
  io.stderr(
    `Flag shorthand -h has been deprecated, ${release.mistakes === "see" ? "please use" : "use"} --help\n`,
  );
}

function print(io: CommandIo, text: string, stream: "stdout" | "stderr" = "stdout"): number {
  io[stream](text);
  return 0;
}
