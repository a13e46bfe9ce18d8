// What `docker build` sends: the files of a folder, but for those that its `.dockerignore` names.

import { FileError } from "@dryharbor/kernel";
import { PathList } from "@dryharbor/kernel/path-list";
import { readTar, type TarEntry, TarError, tarOf } from "@dryharbor/kernel/tar";
import { collectBytes } from "@dryharbor/sdk/port";
import { CommandError } from "../../command/errors.js";
import { join, localPath } from "../../copy/paths.js";
import type { CommandFiles, CommandIo } from "../../io.js";

/** A context, and the Dockerfile in it; empty for the usual one. */
export interface BuildContext {
  readonly archive: Uint8Array;
  readonly dockerfile: string;
}

const usual = "Dockerfile";

/**
 * Packs the folder, or takes what standard input has.
 *
 * @param place what the command's argument says
 * @param file the flag `--file`
 * @throws {CommandError} there is nothing to build
 */
export async function buildContext(io: CommandIo, place: string, file: string): Promise<BuildContext> {
  if (place === "-") return fromInput(await collectBytes(io.stdin), file);
  const folder = localPath(place, io.cwd);
  if (io.files.exists(folder)) return fromFolder(io, folder, file);
  if (/^(https?:\/\/|git:\/\/|git@|github\.com\/)/.test(place)) {
    throw new CommandError(
      "unable to prepare context: nothing is downloaded here: build a folder, or - for standard input",
    );
  }
  throw new CommandError(`unable to prepare context: path ${JSON.stringify(place)} not found`);
}

function fromInput(input: Uint8Array, file: string): BuildContext {
  if (file === "-") {
    throw new CommandError("invalid argument: can't use stdin for both build context and dockerfile");
  }
  if (isArchive(input)) return { archive: input, dockerfile: file };
  if (file !== "") {
    throw new CommandError(
      "unable to prepare context from STDIN: ambiguous Dockerfile source: both stdin and flag correspond to Dockerfiles",
    );
  }
  return { archive: tarOf([textFile(usual, input, 0o644)]), dockerfile: usual };
}

async function fromFolder(io: CommandIo, spelt: string, file: string): Promise<BuildContext> {
  const { files } = io;
  const folder = files.realpath(spelt);
  if (!files.isDirectory(folder)) {
    throw new CommandError(`unable to prepare context: context must be a directory: ${folder}`);
  }
  const own = file === "-" ? undefined : dockerfileIn(io, folder, file);
  const inside = own?.startsWith(`${folder}/`) ? own.slice(folder.length + 1) : undefined;
  const ignored = join(folder, ".dockerignore");
  const list = new PathList(files.exists(ignored) ? new TextDecoder().decode(files.read(ignored)) : "");
  // The engine reads these two, whatever they say of themselves.
  const kept = new Set([".dockerignore", ...(inside === undefined ? [] : [inside])]);
  const entries = [...packed(files, folder, "", (path) => list.has(path) && !kept.has(path), list, kept)];
  if (inside !== undefined) return { archive: tarOf(entries), dockerfile: inside };
  const text = own === undefined ? await collectBytes(io.stdin) : files.read(own);
  const name = `.dockerfile.${randomName()}`;
  const before = entries.find((entry) => entry.name === ".dockerignore")?.content;
  const lines = `${before ? new TextDecoder().decode(before) : ".dockerignore"}\n${name}\n`;
  const archive = tarOf([
    ...entries.filter((entry) => entry.name !== ".dockerignore"),
    textFile(".dockerignore", new TextEncoder().encode(lines), 0o600),
    textFile(name, text, 0o600),
  ]);
  // Docker ends such an archive right after its last file.
  const padding = (512 - (text.length % 512)) % 512;
  return { archive: archive.subarray(0, archive.length - 1024 - padding), dockerfile: name };
}

/** Returns the path of the Dockerfile, which need not be in the folder. */
function dockerfileIn(io: CommandIo, folder: string, file: string): string {
  const { files } = io;
  let path = file === "" ? join(folder, usual) : localPath(file, io.cwd);
  const lower = join(folder, usual.toLowerCase());
  if (file === "" && !files.exists(path) && files.exists(lower)) path = lower;
  try {
    return files.realpath(path);
  } catch (error) {
    if (!(error instanceof FileError)) throw error;
    throw new CommandError(
      `unable to prepare context: unable to evaluate symlinks in Dockerfile path: lstat ${path}: ${error.message.toLowerCase()}`,
    );
  }
}

function* packed(
  files: CommandFiles,
  folder: string,
  name: string,
  isIgnored: (name: string) => boolean,
  list: PathList,
  kept: ReadonlySet<string>,
): Generator<TarEntry> {
  const directory = name === "" ? folder : `${folder}/${name}`;
  for (const child of files.list(directory).sort()) {
    const path = name === "" ? child : `${name}/${child}`;
    const stat = files.lstat(`${folder}/${path}`);
    const ignored = isIgnored(path);
    if (stat.type === "directory") {
      if (!ignored) yield entryOf(`${path}/`, "directory", stat);
      const holds = [...kept].some((each) => each.startsWith(`${path}/`));
      if (!ignored || holds || list.hasExceptionBelow(path)) {
        yield* packed(files, folder, path, isIgnored, list, kept);
      }
    } else if (!ignored && stat.type === "symlink") {
      yield { ...entryOf(path, "symlink", stat), linkName: files.readlink(`${folder}/${path}`) };
    } else if (!ignored && stat.type === "file") {
      yield { ...entryOf(path, "file", stat), content: files.read(`${folder}/${path}`) };
    }
  }
}

/** All files of a context belong to root. */
function entryOf(
  name: string,
  type: "file" | "directory" | "symlink",
  { mode, mtime }: { readonly mode: number; readonly mtime: bigint },
): TarEntry {
  return {
    name,
    type,
    mode,
    uid: 0,
    gid: 0,
    userName: "",
    groupName: "",
    mtime: (mtime / 1_000_000_000n) * 1_000_000_000n,
    linkName: "",
    major: 0,
    minor: 0,
    content: new Uint8Array(),
  };
}

function textFile(name: string, content: Uint8Array, mode: number): TarEntry {
  return { ...entryOf(name, "file", { mode, mtime: 0n }), content };
}

function randomName(): string {
  return Array.from({ length: 20 }, () => Math.floor(Math.random() * 36).toString(36)).join("");
}

const compressed: readonly (readonly number[])[] = [
  [0x1f, 0x8b, 0x08],
  [0x42, 0x5a, 0x68],
  [0xfd, 0x37, 0x7a, 0x58, 0x5a, 0x00],
  [0x28, 0xb5, 0x2f, 0xfd],
];

/** Returns whether data is an archive rather than a Dockerfile. */
function isArchive(data: Uint8Array): boolean {
  if (compressed.some((start) => start.every((byte, at) => data[at] === byte))) return true;
  try {
    return !readTar(data).next().done;
  } catch (error) {
    if (error instanceof TarError) return false;
    throw error;
  }
}
