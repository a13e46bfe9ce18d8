// `docker cp`.

import { FileError } from "@dryharbor/kernel";
import { readTar, tarOf } from "@dryharbor/kernel/tar";
import { collectBytes, type PathStat } from "@dryharbor/sdk/port";
import { exactly } from "../../command/arguments.js";
import { type Call, command } from "../../command/command.js";
import { CommandError } from "../../command/errors.js";
import { toggle } from "../../command/flags.js";
import { asking } from "../../command/no-such.js";
import { called, landingOf, type Source, type Target } from "../../copy/landing.js";
import { localSource } from "../../copy/pack.js";
import { clean, linked, localPath, splitEntry } from "../../copy/paths.js";
import { localTarget, unpack } from "../../copy/unpack.js";
import { humanSize } from "../../format/units.js";
import { isIn } from "../../releases.js";
import { piecesOf } from "../../streams/pieces.js";

type CpCall = Call<{ readonly archive: boolean; readonly "follow-link": boolean; readonly quiet: boolean }>;

/** Bits of Go's file modes, which the engine tells. */
const isSymlink = 1 << 27;
const isDirectory = 2 ** 31;
const isDevice = 1 << 26;
const isIrregular = 1 << 19;

export const containerCp = command({
  name: "cp",
  short: "Copy files/folders between a container and the local filesystem",
  usage: "[OPTIONS] CONTAINER:SRC_PATH DEST_PATH|-\n\tdocker cp [OPTIONS] SRC_PATH|- CONTAINER:DEST_PATH",
  arguments: exactly(2),
  completes: "container or file",
  flags: {
    archive: toggle("a"),
    "follow-link": toggle("L"),
    quiet: toggle("q", { since: "26.1" }),
  },
  async run(call) {
    const [source = "", destination = ""] = call.arguments;
    if (source === "") throw new CommandError("source can not be empty");
    if (destination === "") throw new CommandError("destination can not be empty");
    const from = parted(source);
    const to = parted(destination);
    if (from.container !== "" && to.container !== "") {
      throw new CommandError("copying between containers is not supported");
    }
    try {
      if (from.container !== "") return await copyOut(call, from.container, from.path, to.path);
      if (to.container !== "") return await copyIn(call, from.path, to.container, to.path);
    } catch (error) {
      if (error instanceof FileError) throw new CommandError(error.message.toLowerCase());
      throw error;
    }
    throw new CommandError("must specify at least one container source");
  },
});

/** Parts an argument into a container and a path. A path that begins with a slash or a dot has no container. */
function parted(argument: string): { readonly container: string; readonly path: string } {
  const at = argument.indexOf(":");
  if (at < 0 || argument.startsWith("/") || argument.startsWith("."))
    return { container: "", path: argument };
  return { container: argument.slice(0, at), path: argument.slice(at + 1) };
}

/** Whether the command says how much it has copied. */
function tellsSize({ flags, given, io, release }: CpCall): boolean {
  if (!isIn(release, { since: "26.1" })) return false;
  return given.has("quiet") ? !flags.quiet : io.isTerminal.stdout;
}

/** @param content the bytes of the files alone, of which the command tells since 29 */
function tellSize(
  call: CpCall,
  what: "to" | "from",
  { bytes, content }: { readonly bytes: number; readonly content: number },
  where: string,
): void {
  const { io, release } = call;
  if (!tellsSize(call)) return;
  if (io.isTerminal.stderr) {
    io.stderr("\x1b7Preparing to copy...");
    io.stderr(`\x1b[?25l\x1b8\x1b[2KCopying ${what} container - ${humanSize(0, 3)}\x1b[?25h\x1b8\x1b[2K`);
  }
  const whole = humanSize(bytes, 3);
  const told =
    isIn(release, { until: "29" }) || content === bytes
      ? whole
      : `${humanSize(content, 3)} (transferred ${whole})`;
  io.stderr(`Successfully copied ${told} to ${where}\n`);
}

async function copyOut(call: CpCall, container: string, path: string, destination: string): Promise<void> {
  const { io } = call;
  const target = destination === "-" ? undefined : localPath(destination, io.cwd);
  if (target !== undefined) checkOutput(io.files, target);
  const at = call.flags["follow-link"] ? await endOfLink(call, container, path) : path;
  const { archive, stat } = await asking(call.release, "container:path", `${container}:${at}`, () =>
    call.engine.containers.getArchive(container, at),
  );
  if (target === undefined) {
    for await (const piece of piecesOf(archive)) {
      io.stdout(piece);
      await io.caughtUp();
    }
    return;
  }
  const bytes = await collectBytes(archive);
  const root = splitEntry(path).name;
  const source: Source = {
    isDirectory: has(stat, isDirectory),
    root,
    // What a link leads to is copied under the link's name.
    entries: called(readTar(bytes), splitEntry(at).name, root),
  };
  unpack(io.files, landingOf(source, localTarget(io.files, target)));
  const content = has(stat, isDirectory) ? bytes.length : stat.size;
  tellSize(call, "from", { bytes: bytes.length, content }, target);
}

async function copyIn(call: CpCall, source: string, container: string, destination: string): Promise<void> {
  const { engine, io, flags } = call;
  const path = await endOfLink(call, container, destination);
  const target = await containerTarget(call, container, path, destination);
  const options = { copyUIDGID: flags.archive, noOverwriteDirNonDir: true };
  if (source === "-") {
    if (target.kind !== "directory") {
      throw new CommandError(`destination "${container}:${destination}" must be a directory`);
    }
    await engine.containers.putArchive(container, path, io.stdin, options);
    // What comes from elsewhere is not counted.
    tellSize(call, "to", { bytes: 0, content: 0 }, `${container}:${path}`);
    return;
  }
  const { folder, entries } = landingOf(sourceOnMachine(call, source), target);
  const packed = [...entries];
  const bytes = tarOf(packed);
  await asking(call.release, "container:path", `${container}:${folder}`, () =>
    engine.containers.putArchive(container, folder, bytes, options),
  );
  const content = packed.reduce((sum, entry) => sum + entry.content.length, 0);
  tellSize(call, "to", { bytes: bytes.length, content }, `${container}:${path}`);
}

/** @throws {CommandError} there is nothing at the path */
function sourceOnMachine({ io, flags }: CpCall, path: string): Source {
  const local = localPath(path, io.cwd);
  try {
    return localSource(io.files, local, flags["follow-link"]);
  } catch (error) {
    if (!(error instanceof FileError)) throw error;
    if (error.code === "ELOOP") throw new CommandError("EvalSymlinks: too many links");
    const missing = flags["follow-link"] ? endOfLinks(io.files, clean(local)) : clean(local);
    throw new CommandError(`lstat ${missing}: ${error.message.toLowerCase()}`);
  }
}

/** The path at which links end that lead to nothing. */
function endOfLinks(files: CpCall["io"]["files"], path: string): string {
  let at = path;
  try {
    while (files.lstat(at).type === "symlink") at = linked(at, files.readlink(at));
  } catch (error) {
    if (!(error instanceof FileError)) throw error;
  }
  return at;
}

/** @throws {CommandError} what is there takes no copy */
async function containerTarget(
  call: CpCall,
  container: string,
  path: string,
  asGiven: string,
): Promise<Target> {
  const stat = await statOf(call, container, path);
  if (!stat) return { path, kind: "nothing" };
  const odd = has(stat, isDevice) ? "a device" : has(stat, isIrregular) ? "an irregular file" : undefined;
  if (odd !== undefined) {
    throw new CommandError(
      `destination "${container}:${asGiven}" must be a directory or a regular file: got ${odd}`,
    );
  }
  return { path, kind: has(stat, isDirectory) ? "directory" : "other" };
}

/** The path to which a link of a container leads; a path that is none stays. */
async function endOfLink(call: CpCall, container: string, path: string): Promise<string> {
  const stat = await statOf(call, container, path);
  return stat && has(stat, isSymlink) ? linked(path, stat.linkTarget) : path;
}

/** What is at a path of a container; `undefined` where that cannot be said. */
async function statOf({ engine }: CpCall, container: string, path: string): Promise<PathStat | undefined> {
  return engine.containers.statArchive(container, path).catch(() => undefined);
}

function has({ mode }: PathStat, bit: number): boolean {
  return Math.floor(mode / bit) % 2 === 1;
}

function checkOutput(files: CpCall["io"]["files"], path: string): void {
  const { directory } = splitEntry(clean(path));
  if (!files.exists(directory)) {
    throw new CommandError(`invalid output path: directory "${directory}" does not exist`);
  }
  try {
    if (/device$/.test(files.stat(path).type)) {
      throw new CommandError(
        `invalid output path: "${path}" must be a directory or a regular file: got a device`,
      );
    }
  } catch (error) {
    if (!(error instanceof FileError)) throw error;
    if (error.code !== "ENOENT")
      throw new CommandError(`stat ${clean(path)}: ${error.message.toLowerCase()}`);
  }
}
