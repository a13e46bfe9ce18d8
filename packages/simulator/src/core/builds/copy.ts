import { FileError, type Files } from "@dryharbor/kernel";
import { readEveryEntry, type TarEntry, TarError } from "@dryharbor/kernel/tar";
import { EngineError, engineError } from "@dryharbor/sdk/port";
import { packedFiles } from "../archive/pack.js";
import { baseName, parentOf } from "../archive/path.js";
import { withinScope } from "../archive/scope.js";
import { unpack } from "../archive/unpack.js";
import { UnpackError } from "../archive/unpack-error.js";
import { earlyUnpacking, type UnpackStyle } from "../releases/archives.js";
import type { Release } from "../releases/release.js";
import type { Item, Source } from "./source.js";

/** A copy into the files of an image. */
export interface Copy {
  readonly release: Release;
  readonly source: Source;
  readonly items: readonly Item[];
  /** The files that are changed. */
  readonly files: Files;
  /** The path of those files on the host, which messages name. */
  readonly root: string;
  /** Absolute. A slash at its end says that it is a directory. */
  readonly destination: string;
  /** The owner of what is copied; `undefined` for the one that it has. */
  readonly owner: { readonly uid: number; readonly gid: number } | undefined;
  /** The archives among the files, decompressed, where they are unpacked. */
  readonly unpacked: ReadonlyMap<Item, Uint8Array>;
}

/** Returns where a COPY or an ADD copies to: relative to the working directory. */
export function destinationOf(workingDirectory: string, asked: string): string {
  if (asked.startsWith("/")) return asked;
  const parts: string[] = [];
  for (const part of `${workingDirectory}/${asked}`.split("/")) {
    if (part === "..") parts.pop();
    else if (part !== "" && part !== ".") parts.push(part);
  }
  const path = `/${parts.join("/")}`;
  return asked.endsWith("/") ? `${path}/` : path;
}

/** Carries a copy out. @throws 500 with what could not be done */
export function copy(copying: Copy): void {
  for (const item of copying.items) {
    try {
      copyItem(copying, item);
    } catch (error) {
      if (error instanceof EngineError) throw error;
      if (!(error instanceof FileError || error instanceof UnpackError || error instanceof TarError))
        throw error;
      throw engineError(500, `failed to copy files: ${error.message}`);
    }
  }
}

/** What is copied was accepted as a context, or made here: its links may lead anywhere. */
const style: UnpackStyle = {
  ...earlyUnpacking,
  refusesLinksOut: false,
  notGiven: (_entry, why) => why,
};

function copyItem(copying: Copy, item: Item): void {
  const { source, files, destination, unpacked, release } = copying;
  const from = withinScope(source.files, item.path);
  const to = withinScope(files, destination);
  refuseBelowFile(copying, to);
  const stat = source.files.stat(from);
  if (stat.type === "directory") {
    copyDirectory(copying, from, to);
    return;
  }
  const archive = unpacked.get(item);
  if (archive) {
    makeDirectories(copying, to, { uid: 0, gid: 0 });
    unpackAdded(release, files.rooted(to), archive);
    return;
  }
  const isDirectory = files.exists(to) && files.isDirectory(to);
  const path =
    isDirectory || destination.endsWith("/")
      ? withinScope(files, `${to}/${baseName(item.path)}`.replace(/^\/\//, "/"))
      : to;
  copyFile(copying, from, path);
}

/** Unpacks an archive, for which the directory that it goes to is the root. */
function unpackAdded({ archives }: Release, files: Files, archive: Uint8Array): void {
  try {
    unpack(files, "/", readEveryEntry(archive), { style: archives.unpacking });
  } catch (error) {
    if (!(error instanceof UnpackError || error instanceof TarError)) throw error;
    throw new UnpackError(archives.unpackFailure(error.message));
  }
}

/** Refuses a path that leads through a file. */
function refuseBelowFile({ files, root }: Copy, path: string): void {
  const parts = path.split("/").slice(1);
  for (let depth = 1; depth < parts.length; depth++) {
    const above = `/${parts.slice(0, depth).join("/")}`;
    if (!files.exists(above)) return;
    if (files.isDirectory(above)) continue;
    const below = `/${parts.slice(0, depth + 1).join("/")}`;
    throw new UnpackError(`lstat ${root}${below}: not a directory`);
  }
}

function copyDirectory(copying: Copy, from: string, to: string): void {
  const { source, files, owner, release } = copying;
  const existed = files.exists(to) && files.isDirectory(to);
  makeDirectories(copying, to, owner ?? { uid: 0, gid: 0 });
  const entries: TarEntry[] = [];
  for (const entry of packedFiles(release, source.files, from, "")) {
    entries.push(owner ? { ...entry, ...owner } : entry);
  }
  named(
    (why) => `failed to copy directory: ${release.archives.unpackFailure(why)}`,
    () =>
      unpack(
        files,
        to,
        entries.map((entry) => withCopiedMode(entry, owner)),
        { style, ...(owner && { owner }) },
      ),
  );
  if (owner && !existed) files.chown(to, owner.uid, owner.gid, false);
}

function copyFile(copying: Copy, from: string, to: string): void {
  const { source, files, owner, release } = copying;
  makeDirectories(copying, parentOf(to), owner ?? { uid: 0, gid: 0 });
  const [entry] = packedFiles(release, source.files, from, baseName(to));
  if (!entry) return;
  named(
    (why) => `failed to copy file: ${release.archives.unpackFailure(why)}`,
    () => unpack(files, parentOf(to), [withCopiedMode(entry, owner)], { style, ...(owner && { owner }) }),
  );
}

/**
 * Returns an entry with the mode of its copy, which does not have the file's type. An owner is given afterwards, and Linux
 * then takes what lets a program run as its owner.
 */
function withCopiedMode(entry: TarEntry, owner: Copy["owner"]): TarEntry {
  const mode = entry.mode & 0o7777;
  if (!owner || entry.type !== "file") return { ...entry, mode };
  const group = mode & 0o010 ? 0o2000 : 0;
  return { ...entry, mode: mode & ~(0o4000 | group) };
}

function named(told: (why: string) => string, act: () => void): void {
  try {
    act();
  } catch (error) {
    if (error instanceof UnpackError) throw new UnpackError(told(error.message), error.missing);
    throw error;
  }
}

/** Makes directories that are missing, and gives them to an owner. */
function makeDirectories({ files }: Copy, path: string, { uid, gid }: { uid: number; gid: number }): void {
  const missing: string[] = [];
  for (let at = path; at !== "/" && !files.exists(at); at = parentOf(at)) missing.push(at);
  try {
    for (const directory of missing.reverse()) {
      files.with({ umask: 0 }).mkdir(directory, 0o755);
      files.chown(directory, uid, gid, false);
    }
    if (!files.isDirectory(path)) throw new FileError("ENOTDIR");
  } catch (error) {
    if (!(error instanceof FileError)) throw error;
    throw new UnpackError(`failed to create new directory: mkdir ${path}: ${error.message.toLowerCase()}`);
  }
}

/** Returns whether data is a tar archive, as an ADD asks. */
export function isTar(data: Uint8Array): boolean {
  try {
    return !readEveryEntry(data).next().done;
  } catch {
    return false;
  }
}
