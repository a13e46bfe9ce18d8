// `docker cp`.

import { FileError } from "@dryharbor/kernel";
import { readTar, type TarEntry, tarOf } from "@dryharbor/kernel/tar";
import { collectBytes, type PathStat } from "@dryharbor/sdk/port";
import { exactly } from "../../command/arguments.js";
import { type Call, command } from "../../command/command.js";
import { CommandError } from "../../command/errors.js";
import { toggle } from "../../command/flags.js";
import { localSource, packed } from "../../copy/pack.js";
import { clean, join, localPath, splitEntry } from "../../copy/paths.js";
import { type CopyEnd, prepareCopy, renamed } from "../../copy/prepare.js";
import { localDestination, unpackAll } from "../../copy/unpack.js";
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

function tellSize(call: CpCall, what: "to" | "from", bytes: number, where: string): void {
  const { io } = call;
  if (!tellsSize(call)) return;
  if (io.isTerminal.stderr) {
    io.stderr("\x1b7Preparing to copy...");
    io.stderr(`\x1b[?25l\x1b8\x1b[2KCopying ${what} container - ${humanSize(0, 3)}\x1b[?25h\x1b8\x1b[2K`);
  }
  io.stderr(`Successfully copied ${humanSize(bytes, 3)} to ${where}\n`);
}

async function copyOut(call: CpCall, container: string, source: string, destination: string): Promise<void> {
  const { engine, io, flags } = call;
  const target = destination === "-" ? "-" : localPath(destination, io.cwd);
  if (target !== "-") checkOutput(io.files, target);
  let path = source;
  let linkName = "";
  if (flags["follow-link"]) {
    const stat = await engine.containers.statArchive(container, path).catch(() => undefined);
    if (stat && has(stat, isSymlink)) {
      const real = stat.linkTarget.startsWith("/")
        ? stat.linkTarget
        : join(splitEntry(path).directory, stat.linkTarget);
      linkName = splitEntry(real).name === splitEntry(path).name ? "" : splitEntry(path).name;
      path = real;
    }
  }
  const { archive, stat } = await engine.containers.getArchive(container, path);
  if (target === "-") {
    for await (const piece of piecesOf(archive)) {
      io.stdout(piece);
      await io.caughtUp();
    }
    return;
  }
  const bytes = await collectBytes(archive);
  const from: CopyEnd = { path, exists: true, isDirectory: has(stat, isDirectory), linkName };
  const base = splitEntry(path).name;
  const entries = [...readTar(bytes)].map((entry) =>
    linkName === "" ? entry : renamed(entry, base, linkName),
  );
  const { directory, rename } = prepareCopy(from, localDestination(io.files, target));
  unpackAll(io.files, directory, entries.map(rename));
  tellSize(call, "from", bytes.length, target);
}

async function copyIn(call: CpCall, source: string, container: string, destination: string): Promise<void> {
  const { engine, io, flags } = call;
  let path = destination;
  let stat = await statOf(call, container, path);
  if (stat && has(stat, isSymlink)) {
    path = stat.linkTarget.startsWith("/")
      ? stat.linkTarget
      : join(splitEntry(path).directory, stat.linkTarget);
    stat = await statOf(call, container, path);
  }
  if (stat && (has(stat, isDevice) || has(stat, isIrregular))) {
    const what = has(stat, isDevice) ? "a device" : "an irregular file";
    throw new CommandError(
      `destination "${container}:${destination}" must be a directory or a regular file: got ${what}`,
    );
  }
  const to: CopyEnd = {
    path,
    exists: stat !== undefined,
    isDirectory: stat !== undefined && has(stat, isDirectory),
    linkName: "",
  };
  const options = { copyUIDGID: flags.archive };
  if (source === "-") {
    if (!to.isDirectory) {
      throw new CommandError(`destination "${container}:${destination}" must be a directory`);
    }
    await engine.containers.putArchive(container, path, io.stdin, options);
    return;
  }
  const local = localPath(source, io.cwd);
  let from: CopyEnd;
  try {
    from = localSource(io.files, local, flags["follow-link"]);
  } catch (error) {
    if (!(error instanceof FileError)) throw error;
    throw new CommandError(`lstat ${clean(local)}: ${error.message.toLowerCase()}`);
  }
  const entries: TarEntry[] = [...packed(io.files, from)];
  const { directory, rename } = prepareCopy(from, to);
  const bytes = tarOf(entries.map(rename));
  await engine.containers.putArchive(container, directory, bytes, options);
  tellSize(call, "to", bytes.length, `${container}:${path}`);
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
}
